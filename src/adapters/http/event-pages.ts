// Events in pages: those of the log that somebody may see and asked for, and where the next page begins.
import type { Position, RunId } from "../../domain/index.ts";
import {
  decode,
  type EventJson,
  eventJson,
  followPages,
  type Reading,
  type StoredEvent,
  type ValuesForm,
} from "../../engine/index.ts";
import { Refused } from "./refusal.ts";

export type EventFilter = {
  /** Streams whose names begin so; always of one tenant. */
  readonly streams: string;
  readonly wants: (type: string) => boolean;
};

/** `RunSucceeded`, `Task*`; several with commas between. Only streams of runs are shown. */
export function filterOf(
  { tenant }: Pick<Reading, "tenant">,
  asked: { readonly type?: string | undefined; readonly stream?: string | undefined; readonly run?: RunId },
): EventFilter {
  const { type, run, stream = run === undefined ? `run-${tenant}.` : `run-${tenant}.${run}` } = asked;
  if (!stream.startsWith(`run-${tenant}.`)) {
    const detail = `stream: begins with run-${tenant}., which are the streams that are shown, not ${stream.slice(0, 50)}`;
    throw new Refused({ code: "INVALID_PARAMS", detail });
  }
  const globs = type?.split(",").filter((one) => one !== "");
  return {
    streams: stream,
    wants: globs === undefined ? () => true : (one) => globs.some((glob) => fits(glob, one)),
  };
}

const fits = (glob: string, type: string): boolean =>
  glob.endsWith("*") ? type.startsWith(glob.slice(0, -1)) : glob === type;

export const wantedOf = (events: readonly StoredEvent[], { wants }: EventFilter): readonly StoredEvent[] =>
  events.filter(({ type }) => wants(type));

export const shownEvents = (
  events: readonly StoredEvent[],
  reading: Reading,
  form?: ValuesForm,
): Promise<readonly EventJson[]> =>
  Promise.all(events.map((stored) => eventJson(decode(stored), reading, form)));

/** For one answer; the cursor goes on behind them. */
const MOST_PAGES = 100;

export type EventPage = { readonly events: readonly StoredEvent[]; readonly next: Position | "start" };

type Asked = {
  readonly after: Position | "start";
  readonly limit: number;
  readonly filter: EventFilter;
  /** Aborted when an empty page is better than none. */
  readonly enough: AbortSignal;
};

/** At least one event, or what there is when it is enough. The cursor moves on also where nothing was wanted. */
export async function pageOf(reading: Reading, { after, limit, filter, enough }: Asked): Promise<EventPage> {
  const { events } = reading.store;
  const found: StoredEvent[] = [];
  let next = after;
  for (let looked = 0; looked < MOST_PAGES; looked += 1) {
    const page = await events.readAll(next, limit, filter.streams);
    for (const stored of page.events) {
      if (filter.wants(stored.type)) found.push(stored);
      if (found.length === limit) return { events: found, next: stored.position };
    }
    next = page.next;
    if (!page.atHead) continue;
    if (found.length > 0 || enough.aborted) return { events: found, next };
    return firstOf(reading, next, { limit, filter, enough });
  }
  return { events: found, next };
}

async function firstOf(
  { store: { events } }: Reading,
  after: Position | "start",
  { limit, filter, enough }: Omit<Asked, "after">,
): Promise<EventPage> {
  let next = after;
  for await (const page of followPages(events, next, {
    filter: filter.streams,
    pageSize: limit,
    signal: enough,
  })) {
    next = page.next;
    const wanted = wantedOf(page.events, filter);
    if (wanted.length > 0) return { events: wanted, next };
  }
  return { events: [], next };
}
