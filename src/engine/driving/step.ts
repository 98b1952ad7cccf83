// One step of a run: decide what has arrived, decide what follows from it, append it all at once.
//
// Invariants:
//  1. State, pending values and slots are ahead of the log only while the append is under way.
//  2. On a version conflict everything is taken back; nothing is concluded from the conflict itself.
//  3. What does not fit into one append is decided again after it; the state says what is still owed.
import {
  type Action,
  type Decision,
  decide,
  type EventId,
  indexOf,
  nextAction,
  nodeAt,
  type RunCommand,
  type RunEvent,
  type RunState,
} from "../../domain/index.ts";
import type { Driven, Input, LiveEvent } from "../driven.ts";
import type { Kit } from "../host.ts";
import { VersionConflict } from "../ports/index.ts";
import type { Want } from "../slots/fair-order.ts";
import type { Slots } from "../slots/slots.ts";
import { owed } from "./actions.ts";
import { type Batch, type Because, openBatch } from "./batch.ts";

/** While other runs wait for slots, a step is no longer than this. */
const FAIR_STEP_EVENTS = 100;

export type Step =
  | {
      readonly kind: "done";
      readonly live: readonly LiveEvent[];
      readonly answers: readonly (() => void)[];
      /** What did not fit, in order. */
      readonly left: readonly Input[];
      readonly more: boolean;
    }
  | { readonly kind: "conflict"; readonly left: readonly Input[] };

type Work = {
  readonly kit: Kit;
  readonly driven: Driven;
  readonly slots: Slots;
  readonly batch: Batch;
  readonly now: number;
  readonly mayStart: boolean;
  reserved: number;
};

/** `mayStart` is false at shutdown: outcomes are still recorded, nothing new begins. */
export async function step(
  kit: Kit,
  driven: Driven,
  slots: Slots,
  inputs: readonly Input[],
  mayStart: boolean,
): Promise<Step> {
  const now = kit.clock.now();
  const work: Work = { kit, driven, slots, batch: openBatch(kit, driven, now), now, mayStart, reserved: 0 };
  try {
    slots.begin(driven.facts.run);
    const { answers, left, more } = await decideAll(work, inputs);
    slots.passOn(driven.facts.run);
    if (work.batch.live.length > 0) await work.batch.append();
    work.batch.keep();
    return { kind: "done", live: work.batch.live, answers, left, more };
  } catch (error) {
    work.batch.discard();
    for (; work.reserved > 0; work.reserved -= 1) slots.release(driven.facts.run);
    if (error instanceof VersionConflict) return { kind: "conflict", left: inputs };
    throw error;
  }
}

async function decideAll(work: Work, inputs: readonly Input[]) {
  const answers: (() => void)[] = [];
  for (const [i, input] of inputs.entries()) {
    const { decision, rest } = decideInput(work, input);
    if (rest) return { answers, left: [rest, ...inputs.slice(i + 1)], more: true };
    if (decision) answers.push(() => input.reply?.(decision));
    if (!(await followUp(work, lastId(work)))) return { answers, left: inputs.slice(i + 1), more: true };
  }
  const more = inputs.length === 0 && !(await followUp(work, undefined));
  return { answers, left: [], more };
}

const lastId = ({ batch }: Work): EventId | undefined => batch.live.at(-1)?.id;

/** `rest` is what must wait for the next step, when the batch is full. */
function decideInput(work: Work, input: Input): { readonly decision?: Decision; readonly rest?: Input } {
  let decision: Decision = { kind: "unchanged" };
  for (const [i, command] of input.commands.entries()) {
    decision = decide(command, work.driven.state, work.now);
    if (decision.kind === "rejected") return { decision };
    const because: Because = {
      actor: input.actor,
      ...(input.cause !== undefined && { cause: input.cause }),
      ...(i === 0 && input.blobs && { blobs: input.blobs }),
    };
    if (decision.kind === "accepted" && !work.batch.add(decision.events, because)) {
      return { rest: { ...input, commands: input.commands.slice(i) } };
    }
  }
  return { decision };
}

/** Does the work owed now, if the run is this process's own; false when the batch is full (or long enough) and more may be owed. */
async function followUp(work: Work, cause: EventId | undefined): Promise<boolean> {
  const { kit, driven, slots } = work;
  const { facts, state } = driven;
  while (state.head.owner === kit.incarnations.own) {
    if (slots.contended(facts.run) && work.batch.live.length >= FAIR_STEP_EVENTS) return false;
    const action = nextAction(state, { slots: work.mayStart ? 1 : 0, now: work.now });
    if (!action) return true;
    const want = wantOf(state, action);
    if (want && !slots.mayTake(facts, want)) {
      slots.queue(facts, want); // starts come last: nothing is owed that needs no slot
      return true;
    }
    if (!(await doOwed(work, action, cause))) return false;
  }
  return true;
}

/** Of an action that may start an attempt. */
function wantOf(state: RunState, action: Action): Want | undefined {
  if (!STARTS[action.type] || !("task" in action)) return undefined;
  const index = "index" in action ? action.index : (indexOf(state, action.task) ?? 0);
  const { priority } = nodeAt(state, index);
  return { priority, deadline: state.head.deadline };
}

/**
 * Does one piece of owed work; false when it does not fit. The slot is taken before the params are
 * brought in, because other runs decide meanwhile, and given back if it was not needed.
 */
async function doOwed(work: Work, action: Action, cause: EventId | undefined): Promise<boolean> {
  const { kit, driven, slots, batch } = work;
  const { run } = driven.facts;
  if (STARTS[action.type]) slots.reserve(driven.facts);
  let started = false;
  try {
    const { command, blobs } = await owed(kit, driven, action);
    const because: Because = {
      actor: kit.engineActor,
      ...(cause !== undefined && { cause }),
      ...(blobs && { blobs }),
    };
    const fits = batch.add(eventsOf(command, work), because);
    started = fits && startsAttempt(command);
    return fits;
  } finally {
    if (started) work.reserved += 1;
    else if (STARTS[action.type]) slots.release(run);
  }
}

/** Actions that may start an attempt. */
const STARTS: Readonly<Partial<Record<Action["type"], true>>> = { scheduleTask: true, startTask: true };

/** Work that is owed is never refused: a refusal here would be a bug, and a loop without end. */
function eventsOf(command: RunCommand, { driven, now }: Work): readonly RunEvent[] {
  const decision = decide(command, driven.state, now);
  if (decision.kind === "accepted") return decision.events;
  const why = decision.kind === "rejected" ? decision.rejection.message : "nothing to do";
  throw new Error(`${command.type} was owed but refused: ${why}`);
}

const startsAttempt = (command: RunCommand): boolean =>
  command.type === "StartTask" || (command.type === "ScheduleTask" && command.claim !== undefined);
