// Commands that say something to a run that waits for it.
import type { Command as Commander } from "commander";
import type { Add } from "./add.ts";
import { describe } from "./help.ts";

export function answerCommands(root: Commander, add: Add): void {
  describe(
    add(root, "signal <run> <name>", async () => (await import("../commands/answers.ts")).signal)
      .option("--data <json>", "the payload: the result of the task that waits for it")
      .option("--reason <text>", "recorded with the signal"),
    {
      summary: "Send a signal to a run.",
      examples: [
        ["gleitzeit signal RUN paid", ""],
        [`gleitzeit signal RUN paid --data '{"amount": 12}'`, "with a payload"],
      ],
      notes:
        "A signal answers every wait of its name that stands; one that comes before is kept for the next, in order.",
    },
  );
  describe(
    add(root, "approve <run> <task>", async () => (await import("../commands/answers.ts")).approve)
      .option("--reason <text>", "recorded with the decision")
      .option("--edit <json>", "what you change: `edit` of the task's result"),
    {
      summary: "Approve what a task of a run asks.",
      examples: [
        ["gleitzeit approve RUN ask", "`gleitzeit show RUN` shows what is asked"],
        [`gleitzeit approve RUN ask --edit '{"amount": 10}'`, "with a change"],
      ],
      notes: "Exit 6 when its `approvers` or `not_by` do not let you. One person counts once.",
    },
  );
  describe(
    add(root, "reject <run> <task>", async () => (await import("../commands/answers.ts")).reject)
      .option("--reason <text>", "recorded with the decision, and told as the task's error")
      .option("--edit <json>", "recorded with the decision"),
    {
      summary: "Reject what a task of a run asks: the task fails with APPROVAL_REJECTED.",
      examples: [[`gleitzeit reject RUN ask --reason "too early"`, ""]],
    },
  );
}
