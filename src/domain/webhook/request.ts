// What may be asked of an endpoint when it is made or changed, whichever way in it comes.
import { z } from "zod";
import { RUN_EVENT_TYPES } from "../run/index.ts";
import { didYouMean } from "../workflow/index.ts";
import { ClientCertificate } from "./certificate.ts";
import { isKnownGlob, WEBHOOK_TYPES } from "./event-types.ts";

const LONGEST_URL = 2048;
const LONGEST_TEXT = 1000;
const MOST_HEADERS = 20;
const MOST_RATE = 10_000;

const Url = z.string().superRefine((text, context) => {
  const problem = urlProblem(text);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});

/** Where it may lead is judged at each attempt, since names change what they stand for. */
function urlProblem(text: string): string | undefined {
  if (text.length > LONGEST_URL) return `is longer than ${LONGEST_URL} characters`;
  const found = z.url({ protocol: /^https?$/ }).safeParse(text);
  if (!found.success) return "must be an absolute address, http: or https:";
  return /^https?:\/\/[^/?#]*@/i.test(text) ? "holds no user name or password; a header can" : undefined;
}

const Glob = z.string().superRefine((glob, context) => {
  if (isKnownGlob(glob, RUN_EVENT_TYPES)) return;
  const known = [...WEBHOOK_TYPES, ...RUN_EVENT_TYPES.map((type) => `event.${type}`)];
  const meant = didYouMean(glob, known) || "; `gleitzeit webhooks create --help` lists them";
  context.addIssue({ code: "custom", message: `no event type is or fits ${JSON.stringify(glob)}${meant}` });
});

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** Ours, the signature's, and those that say how a message is framed. */
const RESERVED =
  /^(?:webhook-.*|gleitzeit-.*|host|content-length|content-type|transfer-encoding|connection|keep-alive|upgrade|te|trailer|expect|proxy-.*)$/i;
// Beyond tabs and printable characters of Latin-1 nothing is sent: a line break would begin another header.
const VALUE = /^[\t\x20-\x7e\u00a0-\u00ff]{0,4096}$/;

/** What is wrong with headers of one's own, by name; values are not repeated. */
export function headersProblem(headers: Readonly<Record<string, string>>): string | undefined {
  const names = Object.keys(headers);
  if (names.length > MOST_HEADERS) return `at most ${MOST_HEADERS} headers`;
  for (const [name, value] of Object.entries(headers)) {
    if (!NAME.test(name)) return `${JSON.stringify(name)} is no name of a header`;
    if (RESERVED.test(name)) return `${name} is not yours to set`;
    if (!VALUE.test(value)) return `the value of ${name} holds what no header can, such as a line break`;
  }
  return undefined;
}

const Headers = z.record(z.string(), z.string()).superRefine((headers, context) => {
  const problem = headersProblem(headers);
  if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
});

const Text = z.string().min(1).max(LONGEST_TEXT);

const Filter = z
  .strictObject({
    workflow: Text.exactOptional().describe("Its id or its name."),
    tag: Text.exactOptional(),
    run: z.uuid().exactOptional(),
    cel: Text.exactOptional().describe("A condition on `event`: its `type`, `subject`, `time` and `data`."),
  })
  .meta({ id: "WebhookFilter" });

const Changeable = {
  url: Url.describe("Where deliveries are sent."),
  events: z
    .array(Glob)
    .min(1)
    .max(100)
    .describe("Types, with `*` for any characters; all of the catalogue when left out."),
  filter: Filter,
  ordered: z.boolean().describe("One run's events one after the other; the default."),
  payload: z
    .enum(["full", "thin"])
    .describe("`thin`: ids and a link, and nothing that a run was given or gave."),
  max_rate: z.number().positive().max(MOST_RATE).describe("Deliveries a second."),
  headers: Headers.describe("Sent with each delivery; kept encrypted and never shown."),
  client_certificate: ClientCertificate,
  challenge: z
    .boolean()
    .describe(
      "An address is sent a `webhook.challenge` before it is taken, and refused unless it answers with that word.",
    ),
  description: Text,
};

export const WebhookRequest = z
  .strictObject({
    url: Changeable.url,
    events: Changeable.events.exactOptional(),
    filter: Filter.exactOptional(),
    ordered: Changeable.ordered.exactOptional(),
    payload: Changeable.payload.exactOptional(),
    max_rate: Changeable.max_rate.exactOptional(),
    headers: Changeable.headers.exactOptional(),
    client_certificate: ClientCertificate.exactOptional(),
    challenge: Changeable.challenge.exactOptional(),
    description: Text.exactOptional(),
    start: z
      .string()
      .exactOptional()
      .describe("`now`, `start`, or a cursor: what was appended after it is sent. `now` when left out."),
    signature: z
      .enum(["v1", "v1a"])
      .exactOptional()
      .describe(
        "`v1`: HMAC with a secret that both sides know, the default; `v1a`: Ed25519 with a public key.",
      ),
  })
  .meta({ id: "WebhookRequest" });
export type WebhookRequest = z.infer<typeof WebhookRequest>;

/** Null takes a setting away. */
export const WebhookUpdate = z
  .strictObject({
    url: Changeable.url.exactOptional(),
    events: Changeable.events.nullable().exactOptional(),
    filter: Filter.nullable().exactOptional(),
    ordered: Changeable.ordered.exactOptional(),
    payload: Changeable.payload.exactOptional(),
    max_rate: Changeable.max_rate.nullable().exactOptional(),
    headers: Changeable.headers.nullable().exactOptional(),
    client_certificate: ClientCertificate.nullable().exactOptional(),
    challenge: Changeable.challenge.exactOptional(),
    description: Text.nullable().exactOptional(),
  })
  .meta({ id: "WebhookUpdate" });
export type WebhookPatch = z.infer<typeof WebhookUpdate>;
