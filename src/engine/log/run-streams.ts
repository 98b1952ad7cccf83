// The events of a run and of its children, in the order of the log, a page of each stream at a time.
import { isObject, type Position, parseJson, StreamName } from "../../domain/index.ts";
import type { EventStore, StoredEvent } from "../ports/index.ts";

const PAGE = 100;

const utf8 = new TextDecoder();

type Source = { readonly stream: StreamName; readonly waiting: StoredEvent[] };

/** Up to a position, such as that of a checkpoint, which does not cover what came later. */
export async function* runStreams(
  { read }: Pick<EventStore, "read">,
  run: StreamName,
  children: boolean,
  upTo: Position,
): AsyncGenerator<StoredEvent> {
  const sources = new Map<StreamName, Source>();
  const seen = new Set<StreamName>([run]);

  async function open(stream: StreamName, from: number): Promise<void> {
    const waiting = (await read(stream, from, PAGE)).filter(({ position }) => position <= upTo);
    if (waiting.length > 0) sources.set(stream, { stream, waiting });
    else sources.delete(stream);
  }

  await open(run, 0);
  for (let source = first(sources); source; source = first(sources)) {
    const event = source.waiting.shift();
    if (!event) throw new Error("a source without an event");
    yield event;
    if (source.waiting.length === 0) await open(source.stream, event.revision + 1);
    const child = children ? childOf(event) : undefined;
    if (child && !seen.has(child)) await open(child, 0);
    if (child) seen.add(child);
  }
}

function first(sources: ReadonlyMap<StreamName, Source>): Source | undefined {
  let least: Source | undefined;
  const at = (source: Source): Position => source.waiting[0]?.position ?? 0n;
  for (const source of sources.values()) if (!least || at(source) < at(least)) least = source;
  return least;
}

function childOf({ type, data, stream }: StoredEvent): StreamName | undefined {
  if (type !== "ChildRunStarted") return undefined;
  const started = parseJson(utf8.decode(data));
  const run = isObject(started) && typeof started.run === "string" ? started.run : "";
  return StreamName.safeParse(`${stream.slice(0, stream.indexOf("."))}.${run}`).data;
}
