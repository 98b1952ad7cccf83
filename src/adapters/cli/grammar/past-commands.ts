// Commands about what has happened: comparing runs, running their past again, and going another way from there.
import type { Command as Commander } from "commander";
import { type Add, several } from "./add.ts";
import { describe } from "./help.ts";

export function pastCommands(root: Commander, add: Add): void {
  describe(
    add(root, "diff <run> <other>", async () => (await import("../commands/diff.ts")).diff)
      .option("--exit-code", "exit 3 when they differ")
      .option("--timing", "durations too")
      .option("--html <file>", "write it as a page; nothing in it is fetched from elsewhere"),
    {
      summary: "Compare two runs task by task: where they begin to differ, then all the rest.",
      examples: [
        ["gleitzeit diff RUN OTHER", ""],
        ["gleitzeit diff RUN OTHER --exit-code --quiet", "for scripts"],
        ["gleitzeit diff RUN OTHER --html diff.html", "to look at, or to send"],
      ],
      notes:
        "Params, results and outputs are compared by structure; ids of runs, instants and durations are no difference. Runs inside runs, elements and turns of agents are tasks like any other.",
    },
  );
  describe(
    add(root, "replay [run]", async () => (await import("../commands/replay.ts")).replay)
      .option(
        "--mode <mode>",
        "view: what happened, step by step; stub: decided again, with what was recorded",
      )
      .option(
        "--against <file>",
        "stub: with this document, or with --all those of a folder, in place of their own",
      )
      .option("--all", "stub: every recorded run")
      .option("--workflow <name>", "with --all: only runs of this workflow, by id or name")
      .option("--format <format>", "with --all: text, json, junit or markdown"),
    {
      summary: "Go through the past of a run, or let today's engine decide it again.",
      examples: [
        ["gleitzeit replay RUN", "every event, and what it changed"],
        ["gleitzeit replay RUN --mode stub", "would it go the same way today?"],
        ["gleitzeit replay RUN --against workflow.yaml", "and with another document?"],
        ["gleitzeit replay --all --against workflows/ --format junit", "a gate for changes"],
      ],
      notes:
        "A stub replay calls nobody and writes nothing: results, signals, decisions and delays are those of the record. Exit 3 when something goes another way; what depends on erased values is told as unknown.",
    },
  );
  describe(
    add(root, "fork <run>", async () => (await import("../commands/fork.ts")).fork)
      .option(
        "--from <task|revision>",
        "where it goes another way: this task runs again, or all after this event",
      )
      .addOption(
        several("--set <path=json>", "another input, other params, or a result in place of the recorded one"),
      )
      .option("--workflow <file>", "another document; what is the same in it is taken over")
      .option("--files <which>", "recorded: those that the run saw; current: as they are now")
      .option("--dry-run", "only say what would be taken over, and what would be done again")
      .option("--watch", "show also what tasks print while they run")
      .option("--reason <text>", "recorded with the new run"),
    {
      summary: "A new run that goes another way from some task or event of an earlier one.",
      examples: [
        ["gleitzeit fork RUN --from report", "this task again, and what follows from it"],
        [`gleitzeit fork RUN --from fetch --set 'tasks.fetch.result={"rows": 3}'`, "with another result"],
        [
          "gleitzeit fork RUN --from 'chat[2]' --set 'tasks.chat.params.prompt=\"be brief\"'",
          "an agent, from a turn on",
        ],
        ["gleitzeit fork RUN --workflow workflow.yaml --dry-run", "what would a changed document do again?"],
      ],
      notes:
        "Results of what came before are those of the record: nobody is called for them again. The earlier run stays as it is; `gleitzeit diff` compares the two.",
    },
  );
}
