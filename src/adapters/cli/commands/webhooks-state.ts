// webhooks enable|disable|test: whether an endpoint is sent to, and whether that arrives.
import { z } from "zod";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { CursorOption, optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { lines } from "../view/text.ts";
import { webhookText } from "../view/webhook-text.ts";

const Enabling = z.object({
  from: z
    .union([z.enum(["cursor", "now"]), CursorOption], { error: "must be `cursor`, `now` or a cursor" })
    .default("cursor"),
  reason: z.string().optional(),
});

export const enableWebhook: Command = async ({ args: [id = ""], options }, context) => {
  const { from, reason } = optionsOf(Enabling, options);
  const { desk, actor, head } = await context.parts.webhooks(true);
  const place = from === "cursor" ? undefined : from === "now" ? await head() : from;
  const webhook = await desk.enable(id, await actor(), place, reason);
  answer(context, webhook, () => webhookText(webhook));
  return EXIT.done;
};

const Why = z.object({ reason: z.string().optional() });

export const disableWebhook: Command = async ({ args: [id = ""], options }, context) => {
  const { reason } = optionsOf(Why, options);
  const { desk, actor } = await context.parts.webhooks(true);
  const webhook = await desk.disable(id, await actor(), reason);
  answer(context, webhook, () => webhookText(webhook));
  return EXIT.done;
};

export const testWebhook: Command = async ({ args: [id = ""] }, context) => {
  const { desk, actor } = await context.parts.webhooks(true);
  const tested = await desk.test(id, await actor(), context.terminal.interrupted);
  const { url, outcome, durationMs, status, code, message, address, response } = tested;
  const document = {
    id: tested.id,
    url,
    outcome,
    status: status ?? null,
    code: code ?? null,
    message: message ?? null,
    durationMs,
    address: address ?? null,
    response: response ?? null,
  };
  answer(context, document, () => {
    const said = response === undefined ? "" : `${lines(response.trimEnd())}\n`;
    if (outcome === "delivered") return `${lines(url)} answered ${status} in ${durationMs} ms\n${said}`;
    return `${lines(url)} did not take it: ${lines(message ?? code ?? "")} (${durationMs} ms)\n${said}`;
  });
  return outcome === "delivered" ? EXIT.done : EXIT.failed;
};
