// One event on one line.
import type { RecordedRunEvent } from "../../../domain/index.ts";
import type { Channel } from "../terminal.ts";
import { paint } from "./paint.ts";
import { fitted, line } from "./text.ts";

export function eventText(
  { event, revision, recordedAt, run }: RecordedRunEvent,
  withRun: boolean,
  out: Channel,
): string {
  const { dim, bold } = paint(out.color);
  const { values: _, ...control }: { readonly values?: unknown } = event.data;
  const where = withRun ? `${run}  ` : "";
  const place = `${recordedAt}  ${where}${String(revision).padStart(4)}  `;
  const members = Object.entries(control).toSorted(([a], [b]) => rank(a) - rank(b));
  const facts = members.map(([name, value]) => `${name}=${plain(value)}`);
  const room = out.columns - place.length - event.type.length - 2;
  return `${dim(place)}${bold(event.type)}  ${fitted(line(facts.join(" ")), Math.max(20, room))}\n`;
}

/** What it is about comes first, the rest as it is stored. */
const rank = (name: string): number => ["task", "attempt"].indexOf(name) + 1 || 3;

const plain = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
