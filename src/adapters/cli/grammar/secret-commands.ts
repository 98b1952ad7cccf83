// Commands about secrets.
import type { Command as Commander } from "commander";
import type { Add } from "./add.ts";
import { describe } from "./help.ts";

const VALUE =
  "The value is what stands on standard input, without the line break at its end; on a terminal you are asked for it and it is not shown. It is never an argument: those are seen by others and kept in histories.";

export function secretCommands(root: Commander, add: Add): void {
  const secrets = describe(root.command("secrets"), {
    summary:
      "Secrets that documents and the configuration name as ${secret.NAME}: kept encrypted, never shown.",
    examples: [["gleitzeit secrets list", ""]],
  });
  describe(
    add(secrets, "set <name>", async () => (await import("../commands/secrets.ts")).setSecret),
    {
      summary: "Keep a secret in the vault, in place of the one that had its name.",
      examples: [
        ["gleitzeit secrets set SHOP_KEY", "asks for it"],
        ["gleitzeit secrets set SHOP_KEY < key.txt", ""],
      ],
      notes: VALUE,
    },
  );
  describe(
    add(secrets, "list", async () => (await import("../commands/secrets.ts")).listSecrets),
    {
      summary: "Names of the secrets in the vault, and when each was set.",
      examples: [["gleitzeit secrets list --json", ""]],
    },
  );
  describe(
    add(secrets, "rotate [name]", async () => (await import("../commands/secrets.ts")).rotateSecret).option(
      "--key",
      "give the vault itself another key",
    ),
    {
      summary: "Give a secret another value, or the vault another key.",
      examples: [
        ["gleitzeit secrets rotate SHOP_KEY < new-key.txt", "calls get it from now on, retries too"],
        ["gleitzeit secrets rotate --key", ""],
      ],
      notes: VALUE,
    },
  );
  describe(
    add(secrets, "delete <name>", async () => (await import("../commands/secrets.ts")).deleteSecret),
    {
      summary: "Take a secret out of the vault.",
      examples: [["gleitzeit secrets delete SHOP_KEY", ""]],
    },
  );
}
