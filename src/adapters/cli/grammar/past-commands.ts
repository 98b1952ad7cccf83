// Commands about what has happened: comparing runs, running their past again, and going another way from there.
import type { Command as Commander } from "commander";
import type { Add } from "./add.ts";
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
}
