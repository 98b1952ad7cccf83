// Commands about the server.
import type { Command as Commander } from "commander";
import type { Add } from "./add.ts";
import { describe } from "./help.ts";

export function serverCommands(root: Commander, add: Add): void {
  describe(
    add(root, "serve", async () => (await import("../commands/serve.ts")).serve)
      .option("--host <host>", "where to listen (default: 127.0.0.1)")
      .option("--port <port>", "0: any that is free (default: 8080)"),
    {
      summary: "Answer over HTTP, and drive every run that nobody alive drives.",
      examples: [
        ["gleitzeit serve", "on this machine alone, as long as there is no key"],
        ["gleitzeit serve --host 0.0.0.0 --port 8080", "for others, who need a key"],
      ],
      notes:
        "An interrupt ends it in order: requests are answered, streams end, runs go on where they stood when somebody drives them again.",
    },
  );
  const keys = describe(root.command("keys"), {
    summary: "Who may ask the server, and for what.",
    examples: [["gleitzeit keys create --role operator --name ci", ""]],
  });
  describe(
    add(keys, "create", async () => (await import("../commands/keys.ts")).createKey)
      .requiredOption("--role <role>", "viewer, operator, approver, admin or auditor")
      .option("--name <text>", "whose it is; kept in the directory of names, not in the log")
      .option("--tenant <id>", "whose runs it is for (default: main)")
      .option("--expires <when>", "an instant, or how long from now, such as 90d"),
    {
      summary: "Make a key. Its secret is shown once.",
      examples: [["gleitzeit keys create --role operator --name ci --expires 90d", ""]],
    },
  );
  describe(
    add(keys, "list", async () => (await import("../commands/keys.ts")).listKeys),
    { summary: "Keys, also those that are over.", examples: [["gleitzeit keys list", ""]] },
  );
  describe(
    add(keys, "rotate <id>", async () => (await import("../commands/keys.ts")).rotateKey).option(
      "--grace <duration>",
      "so long the secret before counts too, such as 1h (default: not at all)",
    ),
    {
      summary: "A new secret under the same id.",
      examples: [["gleitzeit keys rotate 0123456789abcdef --grace 1h", ""]],
    },
  );
  describe(
    add(keys, "revoke <id>", async () => (await import("../commands/keys.ts")).revokeKey).option(
      "--reason <text>",
      "why, for whoever reads the log",
    ),
    {
      summary: "Let a key in no more, at once and at every server on this store.",
      examples: [['gleitzeit keys revoke 0123456789abcdef --reason "left the team"', ""]],
    },
  );
}
