// Commands that run something, or ask something of a run.
import { type Command as Commander, Option } from "commander";
import type { Command } from "../context.ts";
import { type Add, several } from "./add.ts";
import { withCassette } from "./cassette-options.ts";
import { describe } from "./help.ts";

export function runCommands(root: Commander, add: Add): void {
  describe(
    withCassette(add(root, "run <file|name>", async () => (await import("../commands/run.ts")).run))
      .addOption(several("--input <name=value>", "an input of the workflow; once for each"))
      .option("--inputs <file>", "all inputs in one JSON or YAML file; - reads JSON from standard input")
      .option("--id <id>", "your own name for the run; the same request again is the same run")
      .option("--idempotency-key <key>", "the same as --id")
      .option("--priority <priority>", "low, normal, high, urgent, or 1 to 3")
      .option("--timeout <seconds>", "for the whole run; also 5m, 1h30m")
      .option("--subject <name>", "whose personal data it holds: sealed, and destroyed by `gleitzeit erase`")
      .option("--detach", "only submit it: a worker drives it, or `gleitzeit resume`")
      .option("--watch", "show also what tasks print while they run")
      .option("--output <file>", "write the run's JSON document there, whole or not at all")
      .option("--reason <text>", "recorded with the run"),
    {
      summary: "Run a workflow, a file or a registered name, and wait for its end.",
      examples: [
        ["gleitzeit run workflow.yaml", "watch it on the terminal"],
        ["gleitzeit run workflow.yaml --input seats=4 --input class=cabin", "with inputs"],
        ["gleitzeit run workflow.yaml --json | jq .outputs", "for other programs"],
        ["gleitzeit run workflow.yaml --detach", "prints the run's id"],
        [
          "gleitzeit run workflow.yaml --record calls",
          "then --play calls: the same run, and nobody is called",
        ],
        ["gleitzeit run nightly-report", "registered by `gleitzeit workflows register`; also NAME@VERSION"],
        ["gleitzeit run workflow.yaml --id nightly-2026-03-01", "once, however often it is called"],
      ],
      notes:
        "Exit: 0 succeeded, 1 failed or cancelled, 3 the document or an input is not valid, 130 interrupted (resumable).",
    },
  );
  const asks: readonly (readonly [string, () => Promise<Command>, string, string])[] = [
    [
      "pause",
      async () => (await import("../commands/requests.ts")).pause,
      "Start nothing more of a run; what runs is finished.",
      "before maintenance",
    ],
    [
      "cancel",
      async () => (await import("../commands/requests.ts")).cancel,
      "Stop a run for good.",
      "wrong inputs",
    ],
  ];
  for (const [name, load, summary, reason] of asks) {
    describe(add(root, `${name} <run>`, load).option("--reason <text>", "recorded with the request"), {
      summary,
      examples: [[`gleitzeit ${name} RUN --reason "${reason}"`, ""]],
    });
  }
  describe(
    withCassette(add(root, "resume <run>", async () => (await import("../commands/requests.ts")).resume))
      .addOption(several("--set <path=json>", "change an input, params, or the result of what failed"))
      .option("--watch", "show also what tasks print while they run")
      .option("--reason <text>", "recorded with the request"),
    {
      summary: "Go on with a run that was paused, interrupted, or whose process died.",
      examples: [
        ["gleitzeit resume RUN", "nothing that has ended runs again"],
        [
          "gleitzeit resume RUN --set inputs.seats=4",
          "what the run was paused for is tried with another input",
        ],
        [
          "gleitzeit resume RUN --set 'tasks.fetch.result={\"rows\": 3}'",
          "or goes on with a result of yours",
        ],
      ],
    },
  );
  describe(
    withCassette(add(root, "retry [run]", async () => (await import("../commands/requests.ts")).retry))
      .option("--all", "every failed run that was not retried yet; with --error")
      .option("--error <code>", "with --all: in which something failed with this code")
      .option("--watch", "show also what tasks print while they run")
      .option("--reason <text>", "recorded with the new run"),
    {
      summary: "A new run, linked to a failed one, that takes over what succeeded and repeats the rest.",
      examples: [
        ["gleitzeit retry RUN", "of a batch: only the items that failed"],
        ["gleitzeit retry --all --error CONNECTION_REFUSED", "when what they called is back"],
      ],
      notes:
        "The document and its files are those of the failed run, also when they have changed on the disk since: `gleitzeit run` takes them as they are now.",
    },
  );
  describe(
    withCassette(add(root, "worker", async () => (await import("../commands/worker.ts")).worker)).addOption(
      new Option("--protocols <protocol...>", "only runs all of whose tasks speak these"),
    ),
    {
      summary: "Drive every run that nobody alive drives, until interrupted.",
      examples: [
        ["gleitzeit worker", "as many at once on one store as you like"],
        ["gleitzeit worker --protocols python/v1 echo/v1 --json", "one line for each run that ends"],
      ],
      notes:
        "A run whose process died is taken over within seconds. Interrupted, it leaves its runs to others.",
    },
  );
}
