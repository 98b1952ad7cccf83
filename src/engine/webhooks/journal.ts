// What happens at an endpoint, written in order into its stream, together with everybody else who writes there: those who
// change its settings, and, if this process was taken for dead, the one that took over.
//
// 1. What is recorded counts when it is durable, and is folded in the order of the stream.
// 2. What comes while an append is under way goes into the next one.
// 3. On a conflict the others' events are folded first. If one of them took the endpoint, nothing more is written here.
// 4. After many events it is said how the endpoint stands, so that nobody has to read all of them again.
// 5. What is said of a sealed run is sealed with the same key, for the revision at which it will stand.
import {
  type Actor,
  type Endpoint,
  evolveEndpoint,
  foldedOf,
  type Incarnation,
  instantOf,
  type WebhookEvent,
} from "../../domain/index.ts";
import type { Sealing } from "../log/sealing.ts";
import { type NewEvent, VersionConflict } from "../ports/index.ts";
import type { WebhookKit } from "./kit.ts";
import { recordable, sealedAt, webhookEvents } from "./records.ts";

/** Somebody else sends there now. */
export class EndpointTaken extends Error {
  override readonly name = "EndpointTaken";
  readonly code = "ENDPOINT_TAKEN";
}

export type EndpointJournal = {
  /** Resolves when they are durable and folded. */
  readonly record: (...events: readonly WebhookEvent[]) => Promise<void>;
  /** The same, where their values are about a run that is sealed so. */
  readonly recordOf: (sealing: Sealing, ...events: readonly WebhookEvent[]) => Promise<void>;
  /** Folds what others have written. */
  readonly tail: () => Promise<void>;
};

type Waiting = {
  readonly event: WebhookEvent;
  readonly bytesAt: (revision: number) => NewEvent;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
};

const MOST_AT_ONCE = 100;
/** Events after which it is worth saying how the endpoint stands. */
const FOLD_AFTER = 1000;

export function endpointJournal(
  kit: Pick<WebhookKit, "store" | "clock" | "random" | "tenant">,
  endpoint: Endpoint,
  own: Incarnation,
  onOthers: () => void,
): EndpointJournal {
  const { events } = kit.store;
  const actor: Actor = { type: "engine", id: own };
  let queue: readonly Waiting[] = [];
  let work: Promise<void> | undefined;
  let next = endpoint.folded + FOLD_AFTER;

  const fold = async (): Promise<void> => {
    let isNew = false;
    for await (const recorded of webhookEvents(events, endpoint.stream, endpoint.head + 1)) {
      evolveEndpoint(endpoint, recorded);
      isNew = true;
    }
    if (isNew) onOthers();
    if (endpoint.owner !== own) throw new EndpointTaken(`${endpoint.stream} was taken by another process`);
  };

  const append = async (batch: readonly Waiting[]): Promise<void> => {
    for (;;) {
      try {
        await events.append(
          endpoint.stream,
          endpoint.head,
          batch.map(({ bytesAt }, index) => bytesAt(endpoint.head + 1 + index)),
        );
        break;
      } catch (error) {
        if (!(error instanceof VersionConflict)) throw error;
        await fold();
      }
    }
    for (const { event, done } of batch) {
      const revision = endpoint.head + 1;
      const recordedAt = instantOf(kit.clock.now());
      evolveEndpoint(endpoint, { stream: endpoint.stream, revision, recordedAt, actor, event });
      done();
    }
  };

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.slice(0, MOST_AT_ONCE);
      queue = queue.slice(MOST_AT_ONCE);
      try {
        await append(batch);
      } catch (error) {
        for (const { fail } of batch) fail(error);
      }
      await say();
    }
  };

  const say = async (): Promise<void> => {
    if (endpoint.head < next) return;
    next = endpoint.head + FOLD_AFTER;
    const event = foldedOf(endpoint);
    try {
      await events.append(endpoint.stream, endpoint.head, [recordable(event, kit, actor)]);
    } catch {
      return; // whatever it is, the next delivery meets it and says so; how the endpoint stands is said a while later
    }
    const place = { stream: endpoint.stream, revision: endpoint.head + 1 };
    evolveEndpoint(endpoint, { ...place, recordedAt: instantOf(kit.clock.now()), actor, event });
  };

  /** One thing at a time, so that the head is what was read or written last. */
  const inTurn = (what: () => Promise<void>): Promise<void> => {
    const before = work ?? Promise.resolve();
    const done = before.then(what);
    const over = (): void => undefined; // whether it failed is for whoever asked
    work = done.then(over, over);
    return done;
  };

  const recordOf: EndpointJournal["recordOf"] = (sealing, ...all) => {
    const recorded = Promise.all(
      all.map(
        (event) =>
          new Promise<void>((done, fail) => {
            const bytes = recordable(event, kit, actor);
            const place = { tenant: kit.tenant, stream: endpoint.stream };
            const bytesAt = (revision: number): NewEvent =>
              sealing ? sealedAt(bytes, event, sealing, { ...place, revision }) : bytes;
            queue = [...queue, { event, bytesAt, done, fail }];
          }),
      ),
    );
    void inTurn(drain);
    return recorded.then(() => undefined);
  };

  return {
    record: (...all) => recordOf(undefined, ...all),
    recordOf,
    tail: () => inTurn(fold),
  };
}
