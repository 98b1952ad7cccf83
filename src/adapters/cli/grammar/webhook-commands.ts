// Commands about webhooks.
import type { Command as Commander } from "commander";
import { type Add, several } from "./add.ts";
import { describe } from "./help.ts";
import { webhookDeliveryCommands } from "./webhook-delivery-commands.ts";

const TYPES =
  "Types: run.submitted run.started run.paused run.resumed run.succeeded run.failed run.cancelled task.started task.succeeded task.failed task.retrying task.skipped task.cancelled approval.requested approval.decided signal.received webhook.parked webhook.disabled webhook.recovered, and event.TYPE for every event as it is stored; * stands for any characters. Secrets and headers are kept encrypted.";

const withSettings = (command: Commander): Commander =>
  command
    .addOption(
      several("--event <type>", "types to send, such as 'run.*'; all of the catalogue when left out"),
    )
    .option("--workflow <id>", "only runs of that workflow, by its id or name")
    .option("--tag <tag>", "only runs with that tag")
    .option("--run <run>", "only that run")
    .option("--cel <condition>", "only events for which it holds: a condition on `event`")
    .option("--ordered", "one run's events one after the other, as is the default")
    .option("--no-ordered", "what fails holds up nothing behind it")
    .option("--payload <kind>", "full, or thin: ids and a link")
    .option("--max-rate <number>", "deliveries a second at most")
    .option("--headers <file>", "a JSON object of headers to send along; `-` is standard input")
    .option("--client-certificate <file>", "a certificate to show there, and its key, in one PEM file")
    .option("--challenge", "take an address only if it answers a challenge with its word")
    .option("--no-challenge", "take an address as it is, as is the default")
    .option("--description <text>", "what it is for");

export function webhookCommands(root: Commander, add: Add): void {
  const webhooks = describe(root.command("webhooks"), {
    summary: "Endpoints that are told what happens, signed, in order, until they have it.",
    examples: [["gleitzeit webhooks list", ""]],
  });
  withSettings(
    describe(
      add(webhooks, "create <url>", async () => (await import("../commands/webhooks.ts")).createWebhook)
        .option("--start <place>", "`now`, `start`, or a cursor: what was recorded after it is sent")
        .option("--signature <kind>", "v1: a shared secret; v1a: Ed25519, and a public key to verify with"),
      {
        summary: "Tell a URL what happens from now on; prints the secret to verify deliveries with, once.",
        examples: [
          ["gleitzeit webhooks create https://example.com/hook --event 'run.*'", ""],
          [
            "gleitzeit webhooks create http://127.0.0.1:9000 --cel 'event.data.error.code == \"TASK_TIMEOUT\"'",
            "",
          ],
        ],
        notes: `A worker sends what is due. Addresses that are not public have to be allowed under webhooks.allow. ${TYPES}`,
      },
    ),
  );
  describe(
    add(webhooks, "list", async () => (await import("../commands/webhooks.ts")).listWebhooks),
    { summary: "Endpoints and how they stand.", examples: [["gleitzeit webhooks list --json", ""]] },
  );
  describe(
    add(webhooks, "show <id>", async () => (await import("../commands/webhooks.ts")).showWebhook),
    { summary: "One endpoint.", examples: [["gleitzeit webhooks show ID", ""]] },
  );
  withSettings(
    describe(
      add(webhooks, "update <id>", async () => (await import("../commands/webhooks.ts")).updateWebhook)
        .option("--url <url>", "another address")
        .addOption(
          several(
            "--clear <setting>",
            "take away: event, filter, max-rate, headers, client-certificate or description",
          ),
        ),
      {
        summary: "Change what an endpoint is told, and how; what is not named stays.",
        examples: [["gleitzeit webhooks update ID --event run.failed --clear filter", ""]],
        notes: "A filter is replaced as a whole. Deliveries that have begun are sent as they began.",
      },
    ),
  );
  describe(
    add(webhooks, "delete <id>", async () => (await import("../commands/webhooks.ts")).deleteWebhook).option(
      "--reason <text>",
      "recorded with it",
    ),
    {
      summary: "End an endpoint; its history stays in the log.",
      examples: [["gleitzeit webhooks delete ID", ""]],
    },
  );
  describe(
    add(webhooks, "rotate <id>", async () => (await import("../commands/webhooks.ts")).rotateWebhook)
      .option("--overlap <duration>", "sign with the old secret too for so long (default: 24h)")
      .option("--signature <kind>", "v1 or v1a; as it is when left out"),
    {
      summary: "Give an endpoint another secret, printed once.",
      examples: [["gleitzeit webhooks rotate ID --overlap 2h", ""]],
    },
  );
  describe(
    add(webhooks, "enable <id>", async () => (await import("../commands/webhooks-state.ts")).enableWebhook)
      .option("--from <place>", "`cursor`: all that has come since it stopped; `now`; or a cursor")
      .option("--reason <text>", "recorded with it"),
    {
      summary: "Send to an endpoint again that was disabled.",
      examples: [["gleitzeit webhooks enable ID --from now", "what came meanwhile is not sent"]],
    },
  );
  describe(
    add(
      webhooks,
      "disable <id>",
      async () => (await import("../commands/webhooks-state.ts")).disableWebhook,
    ).option("--reason <text>", "recorded with it"),
    { summary: "Send nothing until it is enabled.", examples: [["gleitzeit webhooks disable ID", ""]] },
  );
  webhookDeliveryCommands(webhooks, add);
}
