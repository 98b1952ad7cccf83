// What leaves the log in the forms of other programs, line by line.
import type { LoggedEvent } from "../../engine/index.ts";
import { cloudEvents } from "./cloudevents.ts";
import { csv } from "./csv.ts";
import type { Facts, Format } from "./facts.ts";
import { jsonl } from "./jsonl.ts";
import { ocsf } from "./ocsf.ts";
import { openLineage } from "./openlineage.ts";

const FORMATS = {
  jsonl,
  cloudevents: cloudEvents,
  ocsf,
  openlineage: openLineage,
  csv,
} satisfies Readonly<Record<string, (facts: Facts) => Format>>;

export type LineFormat = keyof typeof FORMATS;

/** Holds one event at a time. */
export async function* exportLines(
  format: LineFormat,
  events: AsyncIterable<LoggedEvent>,
  facts: Facts,
): AsyncGenerator<string> {
  const { head, line } = FORMATS[format](facts);
  if (head !== undefined) yield head;
  for await (const event of events) {
    const text = await line(event);
    if (text !== undefined) yield text;
  }
}
