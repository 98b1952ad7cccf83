// Commands about what was sent to webhooks.
import type { Command as Commander } from "commander";
import { type Add, several } from "./add.ts";
import { describe } from "./help.ts";

export function webhookDeliveryCommands(webhooks: Commander, add: Add): void {
  describe(
    add(webhooks, "test <id>", async () => (await import("../commands/webhooks-state.ts")).testWebhook),
    {
      summary: "Send a delivery that tells nothing, now, and show what came of it.",
      examples: [["gleitzeit webhooks test ID", "exit 1 where it did not arrive"]],
    },
  );
  describe(
    add(
      webhooks,
      "deliveries <id>",
      async () => (await import("../commands/webhooks-deliveries.ts")).listDeliveries,
    )
      .option("--status <status>", "pending, delivered, failed or parked")
      .option("--limit <n>", "how many (default: 50)")
      .option("--cursor <cursor>", "older ones, as the page before said"),
    {
      summary: "What was sent to an endpoint, each attempt and its answer, the newest first.",
      examples: [["gleitzeit webhooks deliveries ID --status parked", ""]],
    },
  );
  describe(
    add(
      webhooks,
      "redeliver <id> <delivery>",
      async () => (await import("../commands/webhooks-deliveries.ts")).redeliver,
    ).option("--reason <text>", "recorded with it"),
    {
      summary: "Have a worker send a delivery once more: the same id, the same bytes.",
      examples: [["gleitzeit webhooks redeliver ID DELIVERY", ""]],
      notes: "It comes out of its order, and says so in the header gleitzeit-out-of-order.",
    },
  );
  describe(
    add(webhooks, "replay <id>", async () => (await import("../commands/webhooks-deliveries.ts")).replay)
      .option("--from <place>", "`start`, a cursor, a time, or how long ago (default: start)")
      .option("--to <place>", "`now`, a cursor, a time, or how long ago (default: now)")
      .addOption(several("--type <type>", "only these types"))
      .option("--only <which>", "all, missing (never delivered) or failed (given up); default: missing")
      .option("--source <id>", "what is missing at that endpoint, instead of at this one")
      .option("--reason <text>", "recorded with it"),
    {
      summary: "Have a worker send what stands in a stretch of the log, one after the other.",
      examples: [
        ["gleitzeit webhooks replay ID --only missing", "everything that never arrived"],
        ["gleitzeit webhooks replay ID --from 2h --only all --type 'run.*'", ""],
      ],
    },
  );
  describe(
    add(webhooks, "listen", async () => (await import("../commands/webhooks-listen.ts")).listen)
      .option("--port <port>", "on 127.0.0.1 (default: any that is free, which is said)")
      .option("--secret-file <file>", "verify with the secret in there; otherwise with those of this store"),
    {
      summary: "Receive deliveries on this machine, verify them and print them, until it is interrupted.",
      examples: [["gleitzeit webhooks listen --port 9000", "for: webhooks create http://127.0.0.1:9000"]],
      notes: "This machine has to be allowed: webhooks: {allow: {hosts: [127.0.0.1]}} in the configuration.",
    },
  );
}
