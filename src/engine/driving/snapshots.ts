// Snapshots of long runs: the state up to some event, kept beside the log, so that going on with a run reads only what
// came after it.
//
// Invariants:
//  1. A snapshot counts only if its checksum holds, it is of this version's fold, and its event stands at its revision:
//     whatever else is found is as good as none, and the run is folded from its first event.
//  2. It is made of acknowledged events only, between two steps; while one is being written no other is.
//  3. The longer a run, the fewer: making one costs a piece of work for each task, and at least a quarter as many events
//     lie between two.
import {
  asError,
  type EventId,
  type Graph,
  isRunSnapshot,
  type Revision,
  type RunId,
  type RunState,
  type StreamName,
  snapshotOf,
  stateFrom,
  type TaskId,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Host } from "../host.ts";

type Needs = Pick<Host, "events" | "snapshots" | "sha256" | "log">;

const utf8 = { encode: new TextEncoder(), decode: new TextDecoder() };

export type SnapshotKeeper = {
  /** `event` is the last one that the state has seen. */
  readonly offer: (driven: Driven, event: EventId) => void;
  /** Nobody goes on with the run here. */
  readonly forget: (run: RunId) => void;
  /** Nothing is being written any more. */
  readonly settled: () => Promise<void>;
};

export function snapshotKeeper({
  snapshots,
  sha256,
  log,
  limits,
}: Needs & Pick<Host, "limits">): SnapshotKeeper {
  const last = new Map<RunId, Revision>();
  const writing = new Map<RunId, Promise<void>>();

  const isDue = ({ facts, state: { head, tasks }, snapshotAt = 0 }: Driven): boolean =>
    head.revision - (last.get(facts.run) ?? snapshotAt) >= Math.max(limits.snapshotEvents, tasks.length / 4);

  return {
    offer: (driven, event) => {
      const { state } = driven;
      const { run, stream } = driven.facts;
      if (!snapshots || !isDue(driven) || writing.has(run)) return;
      const snapshot = snapshotOf(state);
      if (!snapshot) return;
      last.set(run, state.head.revision);
      const bytes = sealed(JSON.stringify({ event, state: snapshot }), sha256);
      const written = snapshots
        .put(stream, bytes)
        .catch((error: unknown) => log.debug({ run, error: asError(error) }, "no snapshot could be kept"))
        .finally(() => writing.delete(run));
      writing.set(run, written);
    },
    forget: (run) => last.delete(run),
    settled: async () => {
      await Promise.all(writing.values());
    },
  };
}

/** The state of a run as far as its snapshot goes; undefined when there is none that counts. */
export async function restored(
  { events, snapshots, sha256, log }: Needs,
  stream: StreamName,
  graph: Graph,
  reusable: ReadonlyMap<TaskId, Revision>,
): Promise<RunState | undefined> {
  const bytes = await snapshots?.get(stream);
  if (!bytes) return undefined;
  const found = opened(bytes, sha256);
  const state = found && stateFrom(found.state, graph, reusable);
  const [event] = state ? await events.readMany(stream, [state.head.revision]) : [];
  if (event && event.id === found?.event) return state;
  log.debug({ stream }, "a snapshot was left aside: it is damaged, of another version, or of another log");
  return undefined;
}

function sealed(text: string, sha256: Host["sha256"]): Uint8Array {
  return utf8.encode.encode(`${sha256(utf8.encode.encode(text))}\n${text}`);
}

function opened(bytes: Uint8Array, sha256: Host["sha256"]) {
  const end = bytes.indexOf(10);
  const body = bytes.subarray(end + 1);
  if (end < 0 || utf8.decode.decode(bytes.subarray(0, end)) !== sha256(body)) return undefined;
  const read: unknown = JSON.parse(utf8.decode.decode(body));
  if (typeof read !== "object" || read === null || !("event" in read) || !("state" in read)) return undefined;
  return isRunSnapshot(read.state) ? { event: read.event, state: read.state } : undefined;
}
