// What happens at an endpoint, written in order into its stream, together with everybody else who writes there: those who
// change its settings, and, if this process was taken for dead, the one that took over.
//
// 1. What is recorded counts when it is durable, and is folded in the order of the stream.
// 2. What comes while an append is under way goes into the next one.
// 3. On a conflict the others' events are folded first. If one of them took the endpoint, nothing more is written here.
import {
  type Actor,
  type Endpoint,
  evolveEndpoint,
  type Incarnation,
  instantOf,
  type WebhookEvent,
} from "../../domain/index.ts";
import { type NewEvent, VersionConflict } from "../ports/index.ts";
import type { WebhookKit } from "./kit.ts";
import { recordable, webhookEvents } from "./records.ts";

/** Somebody else sends there now. */
export class EndpointTaken extends Error {
  override readonly name = "EndpointTaken";
  readonly code = "ENDPOINT_TAKEN";
}

export type EndpointJournal = {
  /** Resolves when they are durable and folded. */
  readonly record: (...events: readonly WebhookEvent[]) => Promise<void>;
  /** Folds what others have written. */
  readonly tail: () => Promise<void>;
};

type Waiting = {
  readonly event: WebhookEvent;
  readonly bytes: NewEvent;
  readonly done: () => void;
  readonly fail: (error: unknown) => void;
};

const MOST_AT_ONCE = 100;

export function endpointJournal(
  kit: Pick<WebhookKit, "store" | "clock" | "random">,
  endpoint: Endpoint,
  own: Incarnation,
  onOthers: () => void,
): EndpointJournal {
  const { events } = kit.store;
  const actor: Actor = { type: "engine", id: own };
  let queue: readonly Waiting[] = [];
  let work: Promise<void> | undefined;

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
          batch.map(({ bytes }) => bytes),
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
    }
  };

  /** One thing at a time, so that the head is what was read or written last. */
  const inTurn = (what: () => Promise<void>): Promise<void> => {
    const before = work ?? Promise.resolve();
    const done = before.then(what);
    const over = (): void => undefined; // whether it failed is for whoever asked
    work = done.then(over, over);
    return done;
  };

  return {
    record: (...all) => {
      const recorded = Promise.all(
        all.map(
          (event) =>
            new Promise<void>((done, fail) => {
              queue = [...queue, { event, bytes: recordable(event, kit, actor), done, fail }];
            }),
        ),
      );
      void inTurn(drain);
      return recorded.then(() => undefined);
    },
    tail: () => inTurn(fold),
  };
}
