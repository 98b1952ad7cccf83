// The one writer of a run inside this process: an inbox, one step at a time, a timer for what comes due.
//
// Invariants:
//  1. Steps never overlap; what arrives during an append is decided together in the next step.
//  2. Attempts start after the append that claims them is durable, never before.
//  3. After a conflict the tail is folded and the same inputs are decided again, first.
//  4. Once another process owns the run, this one writes nothing more and stops what it runs.
//  5. A run that cannot be submitted because its id is taken is another run: its events are not folded onto this one.
import { asError, type EventId, isFinal, nextDue } from "../../domain/index.ts";
import { attempts } from "../attempts/attempts.ts";
import type { Report } from "../attempts/perform.ts";
import { children } from "../children/children.ts";
import { asLive, type DriveEnd, type Driven, type Input } from "../driven.ts";
import type { Kit } from "../host.ts";
import { foldTail } from "../log/history.ts";
import { nameTaken, runIsOver, shuttingDown } from "../refusals.ts";
import { endAt, fails, type RestingPlace, restingPlace, rests } from "../resting-place.ts";
import type { Slots } from "../slots/slots.ts";
import { dueTimer } from "./due-timer.ts";
import { isIdle } from "./idle.ts";
import { atShutdown } from "./losses.ts";
import type { Outlets } from "./outlets.ts";
import { step } from "./step.ts";

export type RunDriver = {
  readonly driven: Driven;
  readonly post: (input: Input) => void;
  /** Takes up the runs that are tasks of this one, where they are. */
  readonly takeUp: () => void;
  /** Look again: something may be due, or a slot free. */
  readonly poke: () => void;
  /** The stream may hold events of others. */
  readonly lookBehind: () => void;
  /** How it stands when there is nothing more to do; asked again after a pause, the next time. Rejects when the log fails. */
  readonly end: () => Promise<DriveEnd>;
  /** Takes no new work, stops attempts, gives them back to the log as far as it can be written. */
  readonly stop: () => Promise<void>;
  /** Of an idle run: it may be forgotten, and whoever goes on with it takes this along. */
  readonly leave: () => RestingPlace;
};

export function runDriver(kit: Kit, driven: Driven, slots: Slots, outlets: Outlets): RunDriver {
  const { state, facts } = driven;
  let inbox: Input[] = [];
  let poked = false;
  let behind = false;
  let working: Promise<void> | undefined;
  let closing = false;
  let over = false;
  const timer = dueTimer(kit.clock, () => poke());
  let rest = outlets.rest ?? restingPlace();

  const kin = children(kit, driven, outlets.nursery, {
    report: (command, cause) => {
      if (!closing) post({ commands: [command], actor: kit.engineActor, ...(cause && { cause }) });
    },
    rested: () => poke(),
    failed: (error) => closing || over || fail(error),
  });
  const tasks = attempts(kit, driven, (report, cause) => finished(report, cause), outlets.chunk);

  const finished = (report: Report, cause: EventId): void => {
    slots.release(facts.run);
    if (closing) return void inbox.push({ commands: [atShutdown(report)], actor: kit.engineActor });
    post({ commands: [report], actor: { type: "provider", id: report.served.provider ?? "none" }, cause });
  };

  const post = (input: Input): void => {
    if (over) return input.fail?.(shuttingDown());
    inbox.push(input);
    wake();
  };

  const wake = (): void => {
    working ??= loop()
      .catch((error: unknown) => fail(error))
      .finally(() => {
        working = undefined;
        if (hasWork()) wake();
      });
  };

  const loop = async (): Promise<void> => {
    while (hasWork()) await once();
  };
  const hasWork = (): boolean => !over && (inbox.length > 0 || poked || behind);

  const once = async (): Promise<void> => {
    if (behind) {
      behind = false;
      outlets.publish((await foldTail(kit.events, facts.run, facts.tenant, state)).map(asLive));
    }
    if (isOurs()) await decideInbox();
    kin.look();
    timer.arm(over || closing ? undefined : nextDue(state));
    check();
  };

  const decideInbox = async (): Promise<void> => {
    const inputs = inbox;
    inbox = [];
    poked = false;
    const result = await stepOrFail(inputs);
    inbox = [...result.left, ...inbox];
    if (result.kind === "conflict") {
      behind = true;
      if (state.head.status === "absent") taken(result.left);
      return;
    }
    poked ||= result.more;
    const last = result.live.at(-1);
    if (last) outlets.caughtUp(last.id);
    outlets.publish(result.live);
    tasks.follow(result.live);
    kin.follow(result.live);
    for (const answer of result.answers) answer();
  };

  const taken = (inputs: readonly Input[]): void => {
    for (const { reply } of inputs) reply?.(nameTaken);
    inbox = [];
    finish({ kind: "taken-over" });
  };

  const stepOrFail = async (inputs: readonly Input[]) => {
    try {
      return await step(kit, driven, slots, inputs, !closing);
    } catch (error) {
      for (const input of inputs) input.fail?.(error);
      throw error;
    } finally {
      slots.passOn(facts.run);
    }
  };

  /** Before RunStarted nobody owns the run; then only the incarnation that the stream names. */
  const isOurs = (): boolean =>
    state.head.owner === undefined || state.head.owner === kit.incarnations.own || claims();
  const claims = (): boolean =>
    inbox.some(({ commands }) => commands.some(({ type }) => type === "StartRun"));

  const poke = (): void => {
    poked = true;
    wake();
  };

  const check = (): void => {
    if (over) return;
    const { status } = state.head;
    if (isFinal(status)) finish({ kind: "ended", status });
    else if (!isOurs()) finish({ kind: "taken-over" });
    else if (kin.isAtRest()) rests(rest, { kind: "paused" });
    else if (rest.how) rest = restingPlace();
    if (!over && !closing && !hasWork() && tasks.count() === 0 && isIdle(kit, state)) outlets.idle();
  };

  const leave = (): RestingPlace => {
    over = true;
    timer.arm(undefined);
    slots.leave(facts.run);
    return rest;
  };

  const finish = (how: DriveEnd): void => {
    if (over) return;
    over = true;
    timer.arm(undefined);
    tasks.stopAll(runIsOver);
    slots.leave(facts.run);
    for (const left of inbox) left.fail?.(shuttingDown());
    rests(rest, how);
    outlets.over();
  };

  const fail = (error: unknown): void => {
    kit.log.error({ run: facts.run, error: asError(error) }, "the run cannot go on here");
    fails(rest, error);
    finish({ kind: "stopped" });
  };

  const unrecorded = (error: unknown): void =>
    kit.log.warn({ run: facts.run, error: asError(error) }, "shutdown not recorded");
  const stop = async (): Promise<void> => {
    closing = true;
    timer.arm(undefined);
    tasks.stopAll(shuttingDown);
    await tasks.settled();
    await working;
    if (!over && inbox.length > 0) await decideInbox().catch(unrecorded);
    if (!over) finish({ kind: "stopped" });
    await tasks.settled();
  };

  const lookBehind = (): void => {
    behind = true;
    wake();
  };

  return { driven, post, takeUp: kin.takeUp, poke, lookBehind, stop, leave, end: () => endAt(rest) };
}
