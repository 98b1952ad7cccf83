// Sends one endpoint what the log holds for it, from its mark on, for as long as it is this process's.
//
// 1. Events are looked at in the order of the log, once each; a bounded number of deliveries is under way at a time.
// 2. What is beyond the mark and over already, from before a restart, is not sent again.
// 3. With too many runs held, nothing new is begun: the endpoint pauses until some of them are over.
import { keyOf, MOST_HELD, placeOf, type StreamName } from "../../domain/index.ts";
import { followPages } from "../log/follow.ts";
import type { StoredEvent } from "../ports/index.ts";
import { gate } from "./gate.ts";
import { endpointJournal } from "./journal.ts";
import type { DeliveryKit } from "./kit.ts";
import { lanes as lanesOf } from "./lanes.ts";
import { endpointIn } from "./records.ts";
import { replaysOf } from "./replaying.ts";
import { factsOfRuns } from "./run-facts.ts";
import type { Sending } from "./sending.ts";
import { stopping } from "./stopping.ts";
import { sourceIn, telling as tellingOf } from "./telling.ts";
import { isBeyond, window as windowFrom } from "./window.ts";

const UNDER_WAY = 256;
/** So much further than the mark that was recorded last, and it is recorded. */
const ADVANCE = 1000n;
const LEAST_RECOVERY_MS = 1000;
const MOST_RECOVERY_MS = 30_000;

/** Resolves when it was stopped or the endpoint gets nothing any longer; rejects where the log cannot be read or written. */
export async function deliver(kit: DeliveryKit, stream: StreamName, stop: AbortSignal): Promise<void> {
  const endpoint = await endpointIn(kit.store.events, stream);
  if (endpoint?.status !== "active") return;
  const ending = new AbortController();
  const signal = AbortSignal.any([stop, ending.signal]);
  let failure: { readonly error: unknown } | undefined;
  const fail = (error: unknown): void => {
    failure ??= { error };
    ending.abort(new Error("stopped"));
  };
  const stopHere = (): void => ending.abort(new Error("the endpoint has other settings, or is not active"));
  let refresh = (): void => undefined;
  const journal = endpointJournal(kit, endpoint, kit.incarnations.own, () => refresh());
  const previous = endpoint.owner === undefined ? {} : { previous: endpoint.owner };
  endpoint.owner = kit.incarnations.own;
  await journal.record({ type: "WebhookTaken", data: { owner: kit.incarnations.own, ...previous } });

  const window = windowFrom(endpoint.mark);
  const factsOf = factsOfRuns(kit);
  const [first = 0] = kit.retrySchedule;
  const sending: Sending = {
    kit,
    endpoint,
    journal,
    factsOf,
    telling: tellingOf(kit, factsOf, stream, endpoint.settings),
    gate: gate({
      clock: kit.clock,
      fraction: () => kit.random.fraction(),
      maxRate: endpoint.settings.maxRate,
      recoveryMs: Math.min(MOST_RECOVERY_MS, Math.max(LEAST_RECOVERY_MS, first * 1000)),
    }),
    stop: stopping(signal),
  };
  let room = (): void => undefined;
  const lanes = lanesOf({ sending, window, changed: () => room(), inactive: stopHere, failed: fail });
  const replays = replaysOf({ sending, lanes, failed: fail });
  const settings = endpoint.settings;
  refresh = () => {
    if (endpoint.status !== "active" || endpoint.settings !== settings) return stopHere();
    lanes.refresh();
    replays.refresh();
  };

  const look = async (stored: StoredEvent): Promise<void> => {
    const { position, revision } = stored;
    if (stored.stream === stream && revision > endpoint.head) await journal.tail();
    if (signal.aborted) return;
    if (!sending.telling.mayTell(stored) || lanes.leaves(stored.stream)) return window.lookedAt(position);
    const source = sourceIn(stored);
    const isAlone = !endpoint.settings.ordered;
    const key = source && keyOf({ told: source.told, isAlone });
    const done = key && endpoint.ahead.get(key);
    const type =
      source && !(done && done.revision >= revision) ? await sending.telling.typeOf(source) : undefined;
    if (!source || type === undefined || lanes.leaves(stored.stream)) return window.lookedAt(position);
    window.begin(position);
    lanes.add({ source, type, isAlone });
  };

  const hasRoom = (): boolean => window.size() < UNDER_WAY && lanes.held() < MOST_HELD;
  const untilRoom = async (): Promise<void> => {
    while (!hasRoom() && !signal.aborted)
      await new Promise<void>((resolve) => {
        const forget = sending.stop.onStop(resolve);
        room = () => {
          forget();
          resolve();
        };
      });
  };

  const advance = (least: bigint): Promise<void> => {
    const mark = window.mark();
    const before = endpoint.mark;
    if (mark === "start" || !isBeyond(mark, before)) return Promise.resolve();
    if (mark - (before === "start" ? 0n : before) < least) return Promise.resolve();
    return journal.record({ type: "WebhookAdvanced", data: { mark: placeOf(mark) } });
  };

  try {
    refresh();
    for await (const page of followPages(kit.store.events, endpoint.mark, { signal })) {
      for (const stored of page.events) {
        if (signal.aborted) break;
        await look(stored);
        if (!hasRoom()) await untilRoom();
      }
      if (signal.aborted) break;
      if (page.next !== "start" && isBeyond(page.next, window.scanned())) window.lookedAt(page.next);
      await advance(ADVANCE);
    }
  } catch (error) {
    if (!signal.aborted) fail(error);
  } finally {
    ending.abort(new Error("stopped"));
    await lanes.ended();
    await replays.ended();
  }
  if (failure) throw failure.error;
  await advance(1n);
}
