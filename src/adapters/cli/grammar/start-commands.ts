// Commands that make something to run: code, a folder of files, a project.
import type { Command as Commander } from "commander";
import type { Add } from "./add.ts";
import { withCassette } from "./cassette-options.ts";
import { describe } from "./help.ts";

export function startCommands(root: Commander, add: Add): void {
  describe(
    withCassette(add(root, "exec <code>", async () => (await import("../commands/exec.ts")).exec))
      .option("--timeout <seconds>", "for the code; also 5m")
      .option("--context <json>", "what the code finds in `context`: a JSON object")
      .option("--watch", "show also what it prints while it runs")
      .option("--reason <text>", "recorded with the run"),
    {
      summary: "Run a few lines of Python as a run of one task.",
      examples: [
        ["gleitzeit exec 'result = 6 * 7'", ""],
        [`gleitzeit exec 'result = sum(context["prices"])' --context '{"prices": [3, 4]}'`, ""],
        ["gleitzeit exec - < count.py", "code from standard input"],
      ],
    },
  );
  describe(
    withCassette(add(root, "batch <directory>", async () => (await import("../commands/batch.ts")).batch))
      .option("--pattern <glob>", "which files; ** looks into folders", "*")
      .option("--prompt <text>", "what a model is asked about each file")
      .option("--model <name>", "which model is asked")
      .option("--vision", "the files are pictures: the same as --method llm/vision")
      .option("--method <method>", "what is called for each file (default: llm/chat)")
      .option("--params <json>", "further params of the call: a JSON object")
      .option("--output <file>", "write the results there: .json, .csv or .md")
      .option("--watch", "show also what tasks print while they run")
      .option("--reason <text>", "recorded with the run"),
    {
      summary: "Do the same with each file of a directory: a run with one task for each.",
      examples: [
        [`gleitzeit batch letters --pattern '*.txt' --prompt "Summarise it." --output summaries.md`, ""],
        [
          `gleitzeit batch data --method python/execute --params '{"file": "count.py"}' --output counts.csv`,
          "a script that lies in the directory",
        ],
      ],
      notes: "A file that fails fails only itself; `gleitzeit retry RUN` repeats only those.",
    },
  );
  describe(
    add(root, "init <name>", async () => (await import("../commands/init.ts")).init).option(
      "--type <type>",
      "python, llm, mcp, mixed or approval",
      "python",
    ),
    {
      summary: "Write a small project that runs at once. Nothing is written over.",
      examples: [["gleitzeit init harbour --type mixed", "then: gleitzeit run harbour/workflow.yaml"]],
    },
  );
}
