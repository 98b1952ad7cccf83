// The events of one step, encoded and folded as they are decided, appended together.
import {
  type Actor,
  begin,
  commit,
  type EventId,
  evolve,
  type Metadata,
  type Millis,
  type Revision,
  type RunEvent,
  rollback,
} from "../../domain/index.ts";
import type { Driven, LiveEvent } from "../driven.ts";
import type { Kit } from "../host.ts";
import type { Encoded } from "../log/encode.ts";
import type { Appended, Blob } from "../ports/index.ts";

export type Because = { readonly actor: Actor; readonly cause?: EventId; readonly blobs?: readonly Blob[] };

export type Batch = {
  readonly live: readonly LiveEvent[];
  /** Encodes and folds them; false, with nothing done, when they do not fit beside what is there. */
  readonly add: (events: readonly RunEvent[], because: Because) => boolean;
  readonly append: () => Promise<Appended>;
  /** The append stands: what was pending is at hand for the next step. */
  readonly keep: () => void;
  /** As if it had never been. */
  readonly discard: () => void;
};

export function openBatch(kit: Kit, { facts, state, pending }: Driven, now: Millis): Batch {
  const live: LiveEvent[] = [];
  const encoded: Encoded[] = [];
  const first = state.head.revision;
  const { appendBytes, appendEvents } = kit.events.limits;
  let bytes = 0;
  const { stream, sealing: key } = facts;
  const sealedAt = (revision: Revision) => key && { stream, revision, key };
  begin(state);

  const add = (events: readonly RunEvent[], because: Because): boolean => {
    const meta = metadata(kit, facts, because);
    const more = events.map((event, i) =>
      kit.encode(
        event,
        meta,
        now,
        i === 0 ? because.blobs : undefined,
        sealedAt(state.head.revision + 1 + i),
      ),
    );
    const size = more.reduce((sum, one) => sum + one.bytes, 0);
    const fits = bytes + size <= appendBytes && encoded.length + more.length <= appendEvents;
    if (!fits && encoded.length > 0) return false;
    bytes += size;
    encoded.push(...more);
    events.forEach((event, i) => {
      const revision = state.head.revision + 1;
      evolve(state, event, { revision, at: now });
      if (event.data.values) pending.set(revision, event.data.values);
      const id = more[i]?.event.id;
      if (id) live.push({ run: facts.run, revision, id, at: now, event });
    });
    return true;
  };

  return {
    live,
    add,
    append: () =>
      kit.events.append(
        facts.stream,
        first < 0 ? "none" : first,
        encoded.map(({ event }) => event),
      ),
    keep: () => {
      commit(state);
      live.forEach(({ revision }, i) => {
        const values = pending.get(revision);
        const size = encoded[i]?.bytes ?? 0;
        if (values) kit.cache.put(facts.stream, revision, values, size);
      });
      pending.clear();
    },
    discard: () => {
      rollback(state);
      pending.clear();
    },
  };
}

function metadata(kit: Kit, { tenant, root }: Driven["facts"], { actor, cause }: Because): Metadata {
  const { own } = kit.incarnations;
  return {
    tenant,
    actor,
    ...(root !== undefined && { correlationId: root }),
    ...(cause !== undefined && { causationId: cause }),
    ...(actor.id !== own && { worker: own }),
  };
}
