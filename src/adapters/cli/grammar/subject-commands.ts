// Commands about persons, and about what is kept.
import type { Command as Commander } from "commander";
import type { Add } from "./add.ts";
import { describe } from "./help.ts";

export function subjectCommands(root: Commander, add: Add): void {
  describe(
    add(root, "erase <subject>", async () => (await import("../commands/erase.ts")).erase).requiredOption(
      "--reason <text>",
      "recorded in clear: it must not name the person",
    ),
    {
      summary: "Destroy the key of a person's runs, so that nobody can read them any more.",
      examples: [["gleitzeit erase customer-4711 --reason 'request of 1 March'", ""]],
      notes:
        "What the runs did stays in the log, and what they were given does not. A run that is under way fails with SUBJECT_ERASED. Exit: 0 erased, also when it was before; 1 put off by a hold; 4 nothing is held on that subject.",
    },
  );
  const hold = describe(root.command("hold"), {
    summary: "Forbid that a person or a run is erased or removed, and allow it again.",
    examples: [["gleitzeit hold add customer-4711 --reason 'case 12'", ""]],
  });
  describe(
    add(hold, "add <subject|run>", async () => (await import("../commands/hold.ts")).holdAdd).option(
      "--reason <text>",
      "recorded in clear: it must not name the person",
    ),
    {
      summary: "Hold a subject, or one run.",
      examples: [
        ["gleitzeit hold add customer-4711 --reason 'case 12'", "erase answers `deferred` from now on"],
      ],
    },
  );
  describe(
    add(hold, "release <subject|run>", async () => (await import("../commands/hold.ts")).holdRelease).option(
      "--reason <text>",
      "recorded in clear: it must not name the person",
    ),
    {
      summary: "Release it; an erasure that waited for that is done at once.",
      examples: [["gleitzeit hold release customer-4711", ""]],
    },
  );
  describe(
    add(hold, "list", async () => (await import("../commands/hold.ts")).holdList),
    {
      summary: "What is held: since when, by whom and why, and whether an erasure waits for the release.",
      examples: [["gleitzeit hold list", ""]],
      notes: "Persons are shown by their pseudonyms: names are kept nowhere beside the runs.",
    },
  );
  const retention = describe(root.command("retention"), {
    summary: "Which runs are past their time, and to let them leave the store for archives.",
    examples: [["gleitzeit retention show", ""]],
  });
  describe(
    add(retention, "show", async () => (await import("../commands/retention.ts")).retentionShow),
    {
      summary: "The rules of the configuration, the folder of archives, and which runs would leave now.",
      examples: [["gleitzeit retention show", ""]],
    },
  );
  describe(
    add(retention, "run", async () => (await import("../commands/retention.ts")).retentionRun).option(
      "--dry-run",
      "only say which runs would leave",
    ),
    {
      summary: "Archive the runs that are past their time, and remove them from the store.",
      examples: [["gleitzeit retention run", "each run is a bundle that `gleitzeit verify` reads"]],
      notes:
        "A run leaves when its archive is on the disk, was read back and verified; `serve` does the same now and then (`retention.every`). Stopped at any point it loses nothing, and does the rest the next time. Exit: 0 all of it done; 5 something could not be archived, or an archive is gone: then the runs are still there.",
    },
  );
}
