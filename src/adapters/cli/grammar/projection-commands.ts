// Commands about what is computed from the log.
import type { Command as Commander } from "commander";
import type { Add } from "./add.ts";
import { describe } from "./help.ts";

export function projectionCommands(root: Commander, add: Add): void {
  const projections = describe(root.command("projections"), {
    summary: "Read models: what is computed from the log and kept, so that lists need not read it all again.",
    examples: [["gleitzeit projections list", ""]],
  });
  describe(
    add(projections, "list", async () => (await import("../commands/projections.ts")).listProjections),
    {
      summary: "Each read model: how far it has read the log, its rows, and their hash.",
      examples: [["gleitzeit projections list --json", ""]],
      notes: "The same log gives the same hash, on every machine. Lag counts events, up to 10000.",
    },
  );
  describe(
    add(
      projections,
      "rebuild [name]",
      async () => (await import("../commands/projections.ts")).rebuildProjections,
    ).option("--verify", "fail when what was kept was not what the log says"),
    {
      summary: "Compute read models again beside those in use, compare the two, and swap.",
      examples: [
        ["gleitzeit projections rebuild --verify", "exit 3 and the first difference, if there is one"],
        ["gleitzeit projections rebuild run-list", ""],
      ],
      notes: "Others may read and run meanwhile. Nothing is lost: all of it follows from the log.",
    },
  );
}
