// Commands that only look.
import type { Command as Commander } from "commander";
import { type Add, several } from "./add.ts";
import { describe } from "./help.ts";

export function readCommands(root: Commander, add: Add): void {
  describe(
    add(root, "validate <file...>", async () => (await import("../commands/validate.ts")).validate),
    {
      summary: "Check documents: every problem with its file, line and column.",
      examples: [["gleitzeit validate workflows/*.yaml", ""]],
    },
  );
  describe(
    add(root, "import <file...>", async () => (await import("../commands/import.ts")).importDocuments).option(
      "--rewrite",
      "write the words of today into the files; comments and everything else stay",
    ),
    {
      summary: "Check documents of the Python original: what is refused, what behaves differently now.",
      examples: [
        ["gleitzeit import workflows/*.yaml", "looks only"],
        ["gleitzeit import old.yaml --rewrite", "`parameters` becomes `params`, and so on"],
      ],
      notes:
        "Exit: 0 everything runs, 3 something is refused, 4 there is no such file. docs/migrating.md has the rest.",
    },
  );
  describe(
    add(root, "list", async () => (await import("../commands/list.ts")).list)
      .addOption(several("--status <status>", "only runs that stand so; once for each"))
      .option("--workflow <name>", "only runs of this workflow, by id or name")
      .option("--error <code>", "in which something failed with this code")
      .option("--task <task>", "in which this task failed, or which are at it")
      .option("--tag <tag>", "whose document has this tag")
      .option("--retrying", "in which a task waits for its next attempt")
      .option("--stuck <time>", "not over, and nothing has happened for that long: 10m")
      .option("--since <when>", "submitted then or later: 2h, 2026-03-01, 2026-03-01T12:00:00Z")
      .option("--limit <n>", "at most that many, up to 500", "50")
      .option("--cursor <cursor>", "go on where a page ended"),
    {
      summary: "List runs, newest first.",
      examples: [
        ["gleitzeit list --status failed --since 24h", ""],
        ["gleitzeit list --stuck 10m", "what has stopped moving"],
        ["gleitzeit list --json --limit 500", "pages: pass nextCursor to --cursor"],
      ],
    },
  );
  describe(
    add(root, "failures", async () => (await import("../commands/failures.ts")).listFailures)
      .option("--by <what>", "a line for each code, task, model or workflow", "code")
      .option("--since <when>", "failed then or later: 2h, 2026-03-01, 2026-03-01T12:00:00Z")
      .option("--limit <n>", "at most that many causes, up to 500", "50"),
    {
      summary: "What has failed: a line for each cause, how often, and an example.",
      examples: [
        ["gleitzeit failures --since 24h", ""],
        ["gleitzeit failures --by task", "which tasks, of which workflows"],
      ],
    },
  );
  describe(
    add(root, "show <run>", async () => (await import("../commands/show.ts")).show)
      .option("--at <revision>", "as it stood after this event of its own")
      .option("--task <task>", "one task: params, attempts, what it waited for"),
    {
      summary: "Show a run: status, tasks, outputs, errors.",
      examples: [
        ["gleitzeit show RUN", ""],
        ["gleitzeit show RUN --at 12", "in the past"],
        ["gleitzeit show RUN --task report", ""],
      ],
    },
  );
  describe(
    add(root, "timeline <run>", async () => (await import("../commands/timeline.ts")).showTimeline).option(
      "--html <file>",
      "write it as a page with a picture; nothing in it is fetched from elsewhere",
    ),
    {
      summary: "Who waited for what, how long, and which tasks made the run take its time.",
      examples: [
        ["gleitzeit timeline RUN", ""],
        ["gleitzeit timeline RUN --html run.html", "to look at, or to send"],
      ],
    },
  );
  describe(
    add(root, "why <run> [task]", async () => (await import("../commands/why.ts")).why),
    {
      summary: "What a run or one of its tasks waits for, or what led here, in sentences.",
      examples: [
        ["gleitzeit why RUN", ""],
        ["gleitzeit why RUN report", "one task, and what stands before it"],
      ],
    },
  );
  describe(
    add(root, "events [run]", async () => (await import("../commands/events.ts")).events)
      .option("--all", "of every run")
      .option("--after <cursor>", "after this position; also start, now")
      .option("--follow", "stay, and print what comes")
      .addOption(several("--type <type>", "only events of this type, * stands for anything; once for each")),
    {
      summary: "Print the events of a run, or of all runs.",
      examples: [
        ["gleitzeit events RUN", ""],
        ["gleitzeit events --all --follow --type 'Run*'", ""],
        ["gleitzeit events RUN --json", "one JSON document a line"],
      ],
    },
  );
  describe(
    add(root, "logs <run>", async () => (await import("../commands/logs.ts")).logs)
      .option("--task <task>", "only of this task")
      .option("--attempt <n>", "only of this attempt")
      .option("--follow", "stay until the run ends"),
    {
      summary: "What tasks wrote: stdout, stderr, answers, and the evidence of failures.",
      examples: [["gleitzeit logs RUN --task report", ""]],
    },
  );
  describe(
    add(root, "status", async () => (await import("../commands/status.ts")).status),
    {
      summary: "Counts by status, the last runs, what comes due, and where it is kept.",
      examples: [["gleitzeit status", ""]],
    },
  );
}
