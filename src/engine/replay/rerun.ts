// A run as the engine of today decides it, one decision at a time: told what came from outside, and asked for the rest.
// The rules are the engine's own (`decide`, `nextAction`, `owed`); this only keeps what came of them.
import {
  decide,
  evolve,
  indexOf,
  isOpen,
  nextAction,
  type RecordedRunEvent,
  type Revision,
  type RunCommand,
  type RunEvent,
  TaskId,
  type TaskState,
  taskAt,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import { owed } from "../driving/actions.ts";
import type { Kit } from "../host.ts";
import { type Compared, dueAt } from "./compare-events.ts";
import type { FindingsKept } from "./findings-kept.ts";
import type { Asked } from "./outside.ts";
import type { RecordedRun } from "./recorded-run.ts";
import { withDue } from "./recorded-time.ts";
import { RUN, sequenceOf } from "./sequence.ts";

export type Decided = Omit<Compared, "values"> & {
  readonly revision: Revision;
  /** It is the record's own: told as it is, or taken over where nobody can see. */
  readonly isRecorded: boolean;
};

export type Rerun = {
  readonly driven: Driven;
  /** How many decisions there were about a task, or the run itself. */
  readonly count: (sequence: string) => number;
  /** The next of them that was not compared yet. */
  readonly take: (sequence: string) => Decided | undefined;
  /** Those that nobody has taken. */
  readonly left: () => ReadonlyMap<string, readonly Decided[]>;
  /** What came from outside, once more; false when the run does not take it any more. */
  readonly tell: (command: RunCommand, recorded: RecordedRunEvent) => Promise<boolean>;
  /** Folded as it stands in the record. */
  readonly adopt: (recorded: RecordedRunEvent) => void;
  /** Does one piece of owed work; false when there is none, or none that can be done. */
  readonly act: () => Promise<boolean>;
  readonly task: (id: string) => TaskState | undefined;
  /** Something about it may still be decided. */
  readonly isOpen: (sequence: string) => boolean;
};

export type RerunParts = {
  readonly kit: Kit;
  readonly asked: Asked;
  readonly driven: Driven;
  readonly record: RecordedRun;
  readonly findings: FindingsKept;
  /** Revision here → revision in the record, where both say the same. */
  readonly places: Map<Revision, Revision>;
};

export function rerun({ kit, asked, driven, record, findings, places }: RerunParts): Rerun {
  const { state, pending } = driven;
  const counts = new Map<string, number>();
  const waiting = new Map<string, Decided[]>();
  let isStuck = false;

  const count = (sequence: string): number => counts.get(sequence) ?? 0;
  const next = (sequence: string) => record.entry(sequence, count(sequence));

  const task = (id: string): TaskState | undefined => {
    const known = TaskId.safeParse(id);
    const index = known.success ? indexOf(state, known.data) : undefined;
    return index === undefined ? undefined : taskAt(state, index);
  };

  /** `place`: where the record says the same. */
  const fold = (event: RunEvent, folded: RunEvent, place: Revision | undefined): void => {
    const revision = state.head.revision + 1;
    evolve(state, folded, { revision, at: asked.now });
    if (place !== undefined) places.set(revision, place);
    else if (event.data.values) pending.set(revision, event.data.values);
    const sequence = sequenceOf(event);
    if (sequence === undefined) return;
    counts.set(sequence, count(sequence) + 1);
    const decided = { event, at: asked.now, revision, isRecorded: place !== undefined };
    const list = waiting.get(sequence);
    if (list) list.push(decided);
    else waiting.set(sequence, [decided]);
  };

  const placeOf = (event: RunEvent): Revision | undefined => {
    const sequence = sequenceOf(event);
    const entry = sequence === undefined ? undefined : next(sequence);
    return entry?.type === event.type ? entry.revision : undefined;
  };

  /** How long something is to wait is the record's to say: chance had a part in it, and the clock. */
  const inRecordedTime = async (event: RunEvent): Promise<RunEvent> => {
    const place = dueAt(event) === undefined ? undefined : placeOf(event);
    const recorded = place === undefined ? undefined : await record.at(place);
    return recorded ? withDue(event, recorded.event) : event;
  };

  const foldAll = async (events: readonly RunEvent[], told?: RecordedRunEvent): Promise<void> => {
    for (const event of events) {
      const own = told && sequenceOf(event) === undefined ? told.revision : placeOf(event);
      fold(event, await inRecordedTime(event), told && own);
    }
  };

  const adopt = (recorded: RecordedRunEvent): void => fold(recorded.event, recorded.event, recorded.revision);

  /** What depends on what nobody can see is taken from the record. */
  const adoptNext = async (sequence: string): Promise<boolean> => {
    const entry = next(sequence);
    findings.blind(sequence, entry);
    const recorded = entry && (await record.at(entry.revision));
    if (recorded) adopt(recorded);
    else isStuck = true;
    return recorded !== undefined;
  };

  const act = async (): Promise<boolean> => {
    const action = isStuck ? undefined : nextAction(state, { slots: 1, now: asked.now });
    if (!action) return false;
    asked.task = "task" in action ? action.task : undefined;
    asked.isBlind = false;
    const sequence = asked.task ?? RUN;
    asked.next = async () => {
      const entry = next(sequence);
      return entry && record.at(entry.revision);
    };
    const command = await commandOr(asked, () => owed(kit, driven, action));
    if (!command) return adoptNext(sequence);
    const decision = decide(command, state, asked.now);
    if (decision.kind !== "accepted") throw new Error(`${command.type} was owed and is ${decision.kind}`);
    await foldAll(decision.events);
    return true;
  };

  return {
    driven,
    count,
    task,
    take: (sequence) => {
      const list = waiting.get(sequence);
      const first = list?.shift();
      if (list?.length === 0) waiting.delete(sequence);
      return first;
    },
    left: () => waiting,
    tell: async (command, recorded) => {
      const decision = decide(command, state, asked.now);
      if (decision.kind === "accepted") await foldAll(decision.events, recorded);
      return decision.kind !== "rejected";
    },
    adopt,
    act,
    isOpen: (sequence) => sequence === RUN || isOpen(task(sequence)?.status ?? "skipped"),
  };
}

type Owing = () => Promise<{ readonly command: RunCommand }>;

/** Undefined when it depends on what nobody can see, whatever else came of it. */
async function commandOr(asked: Asked, owing: Owing): Promise<RunCommand | undefined> {
  try {
    const { command } = await owing();
    return asked.isBlind ? undefined : command;
  } catch (error) {
    if (asked.isBlind) return undefined;
    throw error;
  }
}
