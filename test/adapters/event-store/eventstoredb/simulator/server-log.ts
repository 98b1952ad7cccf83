// What a server of EventStoreDB keeps: one order over all streams, system events of its own in between.
export type Proposed = {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
};

export type Recorded = Proposed & {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  /** In ticks of 100 nanoseconds. */
  readonly created: string;
};

export type Expected = "any" | "no-stream" | "stream-exists" | bigint;

export type Outcome =
  | { readonly kind: "written"; readonly revision: bigint; readonly position: bigint }
  | { readonly kind: "wrong-version"; readonly expected: Expected; readonly current: bigint | undefined }
  | { readonly kind: "too-large" };

export type ServerLog = {
  append(stream: string, expected: Expected, events: readonly Proposed[]): Outcome;
  all(): readonly Recorded[];
  of(stream: string): readonly Recorded[] | undefined;
  /** Called after each append; the answer ends it. */
  watch(call: () => void): () => void;
};

/** The server's default for one append, everything counted. */
export const MAX_APPEND_BYTES = 1024 * 1024;
/** After so many appends the server writes something of its own. */
const SYSTEM_EVERY = 3;

export function serverLog(): ServerLog {
  const all: Recorded[] = [];
  const streams = new Map<string, Recorded[]>();
  const watchers = new Set<() => void>();
  let position = 1_000n;
  let appends = 0;

  function write(stream: string, events: readonly Proposed[]): Recorded | undefined {
    const written = streams.get(stream) ?? [];
    streams.set(stream, written);
    for (const event of events) {
      position += 100n + BigInt(event.data.length + event.metadata.length);
      const created = String(BigInt(Date.now()) * 10_000n);
      const recorded = { ...event, stream, revision: BigInt(written.length), position, created };
      written.push(recorded);
      all.push(recorded);
    }
    return written.at(-1);
  }

  function append(stream: string, expected: Expected, events: readonly Proposed[]): Outcome {
    if (sizeOf(events) > MAX_APPEND_BYTES) return { kind: "too-large" };
    const written = streams.get(stream) ?? [];
    const current = written.length === 0 ? undefined : BigInt(written.length - 1);
    if (!fits(expected, current)) return repeated(written, expected, events);
    const last = write(stream, events);
    if (!last) return { kind: "wrong-version", expected, current };
    appends += 1;
    if (appends % SYSTEM_EVERY === 0) write("$stats-127.0.0.1:2113", [systemEvent()]);
    for (const call of [...watchers]) call();
    return { kind: "written", revision: last.revision, position: last.position };
  }

  write("$settings", [systemEvent()]);
  return {
    append,
    all: () => all,
    of: (stream) => streams.get(stream),
    watch: (call) => {
      watchers.add(call);
      return () => watchers.delete(call);
    },
  };
}

function fits(expected: Expected, current: bigint | undefined): boolean {
  if (expected === "any") return true;
  if (expected === "no-stream") return current === undefined;
  return expected === "stream-exists" ? current !== undefined : current === expected;
}

/** The server knows an append again by ids that stand at the expected place, and only there. */
function repeated(written: readonly Recorded[], expected: Expected, events: readonly Proposed[]): Outcome {
  const next = typeof expected === "bigint" ? Number(expected) + 1 : 0;
  const standing = written.slice(next, next + events.length);
  const last = standing.at(-1);
  const isSame = standing.length === events.length && events.every(({ id }, i) => standing[i]?.id === id);
  if (isSame && last) return { kind: "written", revision: last.revision, position: last.position };
  return { kind: "wrong-version", expected, current: written.at(-1)?.revision };
}

const sizeOf = (events: readonly Proposed[]): number =>
  events.reduce((sum, { type, data, metadata }) => sum + 2 * type.length + data.length + metadata.length, 0);

const systemEvent = (): Proposed => ({
  id: crypto.randomUUID(),
  type: "$statsCollected",
  contentType: "application/json",
  data: new TextEncoder().encode('{"proc-cpu":1}'),
  metadata: new Uint8Array(0),
});
