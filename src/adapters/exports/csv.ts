// CSV as RFC 4180 has it, and safe to open in a spreadsheet: what would be a formula there begins with an apostrophe.
//
// 1. The columns are these, in this order, for ever; new ones come at the end.
// 2. They hold control fields alone: nothing that a run was given or came to.
// 3. A cell that begins with an apostrophe of its own gains one too, so that taking one away gives back what it was.
import { jcs } from "../../domain/index.ts";
import type { LoggedEvent } from "../../engine/index.ts";
import { type Facts, type Format, numberAt, textAt } from "./facts.ts";

type Column = (event: LoggedEvent, workflow: string) => string | number | undefined;

const COLUMNS: Readonly<Record<string, Column>> = {
  position: ({ position }) => String(position),
  stream: ({ stream }) => stream,
  revision: ({ revision }) => revision,
  id: ({ id }) => id,
  type: ({ type }) => type,
  schema_version: ({ schemaVersion }) => schemaVersion,
  recorded_at: ({ recordedAt }) => recordedAt,
  tenant: ({ metadata }) => metadata.tenant,
  actor_type: ({ metadata }) => metadata.actor.type,
  actor_id: ({ metadata }) => metadata.actor.id,
  on_behalf_of: ({ metadata }) => metadata.actor.onBehalfOf,
  correlation_id: ({ metadata, run }) => metadata.correlationId ?? run,
  causation_id: ({ metadata }) => metadata.causationId,
  run: ({ run }) => run,
  workflow: (_, workflow) => workflow,
  task: (event) => textAt(event, "task"),
  attempt: (event) => numberAt(event, "attempt"),
  error_code: ({ control: { error } }) => inside(error, "code"),
  duration_ms: (event) => numberAt(event, "durationMs"),
  provider: (event) => textAt(event, "provider"),
  instance: (event) => textAt(event, "instance"),
  model: (event) => textAt(event, "model"),
  input_tokens: ({ control: { usage } }) => inside(usage, "inputTokens"),
  output_tokens: ({ control: { usage } }) => inside(usage, "outputTokens"),
  cost_micros: ({ control: { usage } }) => inside(usage, "costMicros"),
  control: ({ control }) => jcs(control),
};

function inside(value: unknown, name: string): string | number | undefined {
  const members = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const found: unknown = members.find(([key]) => key === name)?.[1];
  return typeof found === "string" || typeof found === "number" ? found : undefined;
}

export const csv = ({ workflowOf }: Pick<Facts, "workflowOf">): Format => ({
  head: row(Object.keys(COLUMNS)),
  line: async (event) => {
    const workflow = event.run === undefined ? "" : ((await workflowOf(event.stream))?.name ?? "");
    return row(Object.values(COLUMNS).map((column) => String(column(event, workflow) ?? "")));
  },
});

const row = (cells: readonly string[]): string => `${cells.map(cell).join(",")}\r\n`;

/** How formulas begin; full-width signs are read as the narrow ones where these are usual. */
const FORMULA = /^['=+\-@\t\r\n＝＋－＠]/;

export function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
