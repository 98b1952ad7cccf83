// Commands about a store as a whole.
import type { Command as Commander } from "commander";
import type { Add } from "./add.ts";
import { describe } from "./help.ts";

export function storeCommands(root: Commander, add: Add): void {
  const store = describe(root.command("store"), {
    summary: "The store as a whole: check it, bring it up to date, copy it, put a copy back.",
    examples: [["gleitzeit store check", ""]],
  });
  describe(
    add(store, "check", async () => (await import("../commands/store.ts")).checkStore),
    {
      summary: "Read every event and blob: is everything there, in order, and readable?",
      examples: [["gleitzeit store check --json", "counts, and every problem with its place"]],
      notes: "Exit: 0 whole, 5 not. Nothing is ever repaired.",
    },
  );
  describe(
    add(store, "migrate", async () => (await import("../commands/store.ts")).migrateStore)
      .option("--dry-run", "only say what would be done")
      .option("--backup <file>", "where the copy goes; beside the store by default")
      .option("--no-backup", "make no copy first"),
    {
      summary: "Bring a store that an older version wrote up to date, after copying it.",
      examples: [
        ["gleitzeit store migrate --dry-run", "which version it has, and where the copy would go"],
        ["gleitzeit store migrate", ""],
      ],
      notes:
        "A store that another process works with is refused. Stopped at any instant, it is as it was or up to date.",
    },
  );
  describe(
    add(store, "backup <file>", async () => (await import("../commands/store.ts")).backupStore),
    {
      summary: "Copy the store into a file, as it stands at one instant, while others go on writing.",
      examples: [["gleitzeit store backup backups/2026-03-01.db", ""]],
      notes:
        "The store's key and the names of actors are copied to `keys/` beside the file: keep them as safe as it.",
    },
  );
  describe(
    add(store, "restore <file>", async () => (await import("../commands/store.ts")).restoreStore),
    {
      summary: "Put a backup where the store belongs. A store that is there is never replaced.",
      examples: [["gleitzeit store restore backups/2026-03-01.db", ""]],
    },
  );
}
