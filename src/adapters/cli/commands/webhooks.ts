// webhooks create|list|show|update|delete|rotate: endpoints and their settings.
import { readFile } from "node:fs/promises";
import { z } from "zod";
import {
  GleitzeitError,
  isObject,
  type JsonObject,
  parseJson,
  WebhookRequest,
  WebhookUpdate,
} from "../../../domain/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { CursorOption, DurationOption, optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { table } from "../view/table.ts";
import { lines } from "../view/text.ts";
import { webhookColumns, webhookText } from "../view/webhook-text.ts";

const Settings = z.object({
  event: z.array(z.string()).optional(),
  workflow: z.string().optional(),
  tag: z.string().optional(),
  run: z.string().optional(),
  cel: z.string().optional(),
  ordered: z.boolean().optional(),
  payload: z.string().optional(),
  maxRate: z.coerce.number({ error: "must be a number" }).optional(),
  headers: z.string().optional(),
  clientCertificate: z.string().optional(),
  challenge: z.boolean().optional(),
  description: z.string().optional(),
});

const Creation = Settings.extend({
  start: z
    .union([z.enum(["now", "start"]), CursorOption], { error: "must be `now`, `start` or a cursor" })
    .default("now"),
  signature: z.string().optional(),
});

export const createWebhook: Command = async ({ args: [url = ""], options }, context) => {
  const { start, signature, ...settings } = optionsOf(Creation, options);
  const more = signature === undefined ? {} : { signature };
  const request = checked(WebhookRequest, { url, ...(await settingsIn(settings, context)), ...more });
  const { desk, actor, head } = await context.parts.webhooks(true);
  const from = start === "now" ? await head() : start;
  const { webhook, secret } = await desk.create(request, from, await actor());
  answer(context, { ...webhook, secret }, () => `${webhookText(webhook)}${secretText(secret)}`);
  return EXIT.done;
};

const secretText = (secret: string): string => `secret ${secret}\nkeep it: it is not shown again\n`;

/** As the request names them, and as an error in one is told: by its option. */
async function settingsIn(settings: z.infer<typeof Settings>, context: Context): Promise<JsonObject> {
  const { event, workflow, tag, run, cel, ordered, payload, maxRate, headers, description } = settings;
  const { clientCertificate, challenge } = settings;
  const filter = {
    ...(workflow !== undefined && { workflow }),
    ...(tag !== undefined && { tag }),
    ...(run !== undefined && { run }),
    ...(cel !== undefined && { cel }),
  };
  return {
    ...(event && { events: event }),
    ...(Object.keys(filter).length > 0 && { filter }),
    ...(ordered !== undefined && { ordered }),
    ...(payload !== undefined && { payload }),
    ...(maxRate !== undefined && { max_rate: maxRate }),
    ...(headers !== undefined && { headers: await headersIn(headers, context) }),
    ...(clientCertificate !== undefined && { client_certificate: await certificateIn(clientCertificate) }),
    ...(challenge !== undefined && { challenge }),
    ...(description !== undefined && { description }),
  };
}

/** The key's block, wherever it stands in the file; the rest are certificates. */
async function certificateIn(file: string): Promise<JsonObject> {
  const pem = new TextDecoder().decode(await fileNamed("--client-certificate", file));
  const key = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*-----END [A-Z ]*PRIVATE KEY-----/.exec(pem)?.[0] ?? "";
  return { certificate: pem.replace(key, ""), key };
}

const MOST_BYTES = 256 * 1024;

async function headersIn(file: string, { terminal }: Context): Promise<JsonObject> {
  const bytes = file === "-" ? await terminal.readInput(MOST_BYTES) : await fileNamed("--headers", file);
  try {
    const headers = parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    if (isObject(headers)) return headers;
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof TypeError)) throw error;
  }
  throw new GleitzeitError("USAGE_ERROR", `--headers: ${file} is no JSON object of names and values`);
}

async function fileNamed(option: string, file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new GleitzeitError("USAGE_ERROR", `${option}: ${why}`, { cause: error });
  }
}

const OPTIONS: Readonly<Record<string, string>> = {
  events: "--event",
  max_rate: "--max-rate",
  client_certificate: "--client-certificate",
  url: "the URL",
};

function checked<S extends z.ZodType>(schema: S, request: JsonObject): z.infer<S> {
  const parsed = schema.safeParse(request);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const [first = "", second] = (issue?.path ?? []).map(String);
  const option = OPTIONS[first] ?? `--${first === "filter" ? (second ?? first) : first}`;
  throw new GleitzeitError("USAGE_ERROR", `${option}: ${issue?.message ?? "not valid"}`);
}

export const listWebhooks: Command = async (_, context) => {
  const { desk } = await context.parts.webhooks(false);
  const items = await desk.list();
  answer(context, { items }, () =>
    items.length === 0
      ? "nobody is told of anything; `gleitzeit webhooks create URL` tells one\n"
      : table(items, webhookColumns, context.terminal.out),
  );
  return EXIT.done;
};

export const showWebhook: Command = async ({ args: [id = ""] }, context) => {
  const { desk } = await context.parts.webhooks(false);
  const webhook = await desk.show(id);
  answer(context, webhook, () => webhookText(webhook));
  return EXIT.done;
};

const CLEARED = ["event", "filter", "max-rate", "headers", "client-certificate", "description"] as const;
const Update = Settings.extend({
  url: z.string().optional(),
  clear: z.array(z.enum(CLEARED, { error: `must be one of ${CLEARED.join(", ")}` })).default([]),
});

const NAMES = {
  event: "events",
  filter: "filter",
  "max-rate": "max_rate",
  headers: "headers",
  "client-certificate": "client_certificate",
  description: "description",
} as const;

export const updateWebhook: Command = async ({ args: [id = ""], options }, context) => {
  const { url, clear, ...settings } = optionsOf(Update, options);
  const cleared = Object.fromEntries(clear.map((name) => [NAMES[name], null]));
  const changes = { ...cleared, ...(await settingsIn(settings, context)), ...(url !== undefined && { url }) };
  if (Object.keys(changes).length === 0)
    throw new GleitzeitError(
      "USAGE_ERROR",
      "name what is to change; `gleitzeit webhooks update --help` lists it",
    );
  const patch = checked(WebhookUpdate, changes);
  const { desk, actor } = await context.parts.webhooks(true);
  const webhook = await desk.update(id, patch, await actor());
  answer(context, webhook, () => webhookText(webhook));
  return EXIT.done;
};

const Why = z.object({ reason: z.string().optional() });

export const deleteWebhook: Command = async ({ args: [id = ""], options }, context) => {
  const { reason } = optionsOf(Why, options);
  const { desk, actor } = await context.parts.webhooks(true);
  await desk.remove(id, await actor(), reason);
  answer(context, { id, deleted: true }, () => (context.globals.quiet ? "" : lines(`${id}: deleted\n`)));
  return EXIT.done;
};

const DAY_MS = 24 * 60 * 60 * 1000;
const Rotation = z.object({
  overlap: DurationOption.default(DAY_MS),
  signature: z.enum(["v1", "v1a"], { error: "must be v1 or v1a" }).optional(),
});

export const rotateWebhook: Command = async ({ args: [id = ""], options }, context) => {
  const { overlap, signature } = optionsOf(Rotation, options);
  const { desk, actor } = await context.parts.webhooks(true);
  const { webhook, secret } = await desk.rotate(id, overlap, await actor(), signature);
  answer(context, { ...webhook, secret }, () => {
    const until = typeof webhook.oldSecretUntil === "string" ? webhook.oldSecretUntil : "";
    return `${secretText(secret)}until ${until} deliveries are signed with the old one too\n`;
  });
  return EXIT.done;
};
