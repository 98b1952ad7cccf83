// The record of a run, event by event, and beside it what the engine of today decides.
//
// Invariants:
//  1. Nothing is decided before the record has come to it, so that what a run was stopped in is stopped there again.
//  2. What came from outside is told in its order; a decision is asked for when the record has it.
//  3. The decisions about one task keep their order; those about different tasks may lie otherwise between each other.
//  4. Where they part, the rest of that order is a consequence: told where it can be, and not compared.
import { millisOf, type RecordedRunEvent, type RunEvent, type RunEventOf } from "../../domain/index.ts";
import type { Kit } from "../host.ts";
import { isErased, type Payloads } from "../log/decode.ts";
import type { Values } from "../log/encode.ts";
import { valuesInSight } from "../resolving/values-in-sight.ts";
import { findings as findingsIn, kindOf } from "./compare-events.ts";
import type { FindingsKept, Spot } from "./findings-kept.ts";
import type { Asked } from "./outside.ts";
import type { RecordedRun } from "./recorded-run.ts";
import type { Decided, Rerun } from "./rerun.ts";
import { RUN, sequenceOf } from "./sequence.ts";
import { toldAgain } from "./told-again.ts";

export type Following = {
  readonly kit: Kit;
  /** As the record has them, at its own revisions. */
  readonly payloads: Payloads;
  readonly asked: Asked;
  readonly record: RecordedRun;
  readonly again: Rerun;
  readonly findings: FindingsKept;
  readonly erased: (recorded: RecordedRunEvent, revision: number) => void;
  readonly settle: (revision: number, place: number) => void;
  /** The first event is another one when another document is tried. */
  readonly submitted: (recorded: RecordedRunEvent) => RunEvent;
  /** A run of its own begins here. */
  readonly child: (started: RunEventOf<"ChildRunStarted">["data"]) => Promise<void>;
};

export async function followRecord(following: Following): Promise<void> {
  const { record, asked } = following;
  const seen = new Map<string, number>();
  let last: RecordedRunEvent | undefined;
  for await (const recorded of record.events()) {
    last = recorded;
    asked.now = millisOf(recorded.recordedAt);
    const sequence = sequenceOf(recorded.event);
    if (sequence === undefined) {
      await tellAgain(following, recorded);
      continue;
    }
    const n = seen.get(sequence) ?? 0;
    seen.set(sequence, n + 1);
    await oneDecision(following, recorded, sequence, n);
  }
  if (record.end !== undefined) unrecorded(following, last && spotOf(last));
}

/** What the record has, the replay must have too; it may be a step ahead. */
async function oneDecision(
  following: Following,
  recorded: RecordedRunEvent,
  sequence: string,
  n: number,
): Promise<void> {
  const { again, findings } = following;
  if (findings.isLost(sequence)) {
    await tellAgain(following, recorded);
    again.take(sequence);
    return;
  }
  const isDecided = (): boolean => again.count(sequence) > n;
  if (!isDecided()) await tellAgain(following, recorded);
  while (!isDecided() && again.isOpen(sequence)) if (!(await again.act())) break;
  const decided = again.take(sequence);
  if (decided?.event.type === recorded.event.type) await compare(following, recorded, decided, sequence);
  else part(following, recorded, decided, sequence);
}

function part(
  following: Following,
  recorded: RecordedRunEvent,
  decided: Decided | undefined,
  sequence: string,
): void {
  const { again, findings } = following;
  // A call that nobody knows the outcome of keeps a run from its end: that is told instead.
  if (sequence === RUN && !decided && unrecorded(following, spotOf(recorded))) return;
  const status = sequence === RUN ? again.driven.state.head.status : again.task(sequence)?.status;
  findings.lose(sequence, spotOf(recorded), {
    kind: kindOf(recorded.event.type, decided?.event.type),
    expected: recorded.event.type,
    actual: decided?.event.type ?? status ?? "not in the document",
  });
}

const spotOf = ({ id, revision, event: { type } }: RecordedRunEvent) => ({ id, revision, type });

async function compare(
  following: Following,
  recorded: RecordedRunEvent,
  decided: Decided,
  sequence: string,
): Promise<void> {
  const { kit, again, asked, findings, erased, settle } = following;
  erased(recorded, decided.revision);
  if (recorded.event.type === "ChildRunStarted") await following.child(recorded.event.data);
  if (decided.isRecorded) return settle(decided.revision, recorded.revision);
  const { tenant } = again.driven.facts;
  const values = await valuesInSight(recorded, tenant, following.payloads);
  const { sealed, values: inClear } = recorded.event.data;
  const isGone = !values || isErased(values) || (inClear ?? sealed) === undefined;
  if (!values || (isGone && decided.event.data.values !== undefined)) {
    findings.blind(sequence, spotOf(recorded));
    return;
  }
  const own: Values = decided.event.data.values ?? {};
  const found = findingsIn(
    { event: recorded.event, values, at: asked.now },
    { ...decided, values: own },
    mayReadFiles(kit, recorded.event),
  );
  for (const one of found) findings.tell(sequence, spotOf(recorded), one);
  if (found.length === 0) settle(decided.revision, recorded.revision);
}

const mayReadFiles = ({ registry }: Kit, event: RunEvent): boolean =>
  event.type === "TaskScheduled" &&
  registry.method(event.data.protocol, event.data.method, event.data.provider) !== undefined;

/** A fact is told if the run still takes it; what it does not take, a difference that is told already has led to. */
async function tellAgain(following: Following, recorded: RecordedRunEvent): Promise<void> {
  const { again, record, erased } = following;
  const { event } = recorded;
  if (event.type === "TaskLeaseExtended") {
    if (again.task(event.data.task)?.status === "running") again.adopt(recorded);
    return;
  }
  const told =
    event.type === "RunSubmitted" ? { ...recorded, event: following.submitted(recorded) } : recorded;
  const id = "task" in event.data ? event.data.task : undefined;
  const after =
    event.type === "ChildRunFinished"
      ? record.entry(event.data.task, again.count(event.data.task) + 1)
      : undefined;
  const values = await valuesOf(following, told);
  const command = toldAgain({
    recorded: told,
    values,
    task: id === undefined ? undefined : again.task(id),
    after: after && (await record.at(after.revision)),
  });
  erased(recorded, again.driven.state.head.revision + 1);
  if (isUnseenChange(recorded, values)) return again.adopt(recorded);
  if (command) await again.tell(command, told);
}

/** What was set on the way cannot be set again when it is gone; that something was set still counts. */
const isUnseenChange = ({ event }: RecordedRunEvent, values: Values): boolean =>
  event.type === "RunResumed" &&
  (isErased(values) || (event.data.values ?? event.data.sealed) === undefined) &&
  (event.data.inputs ?? event.data.params ?? event.data.results) !== undefined;

/** Only some are asked for what came with them. */
const TOLD_WITH_VALUES: ReadonlySet<RunEvent["type"]> = new Set(["RunResumed", "TaskFailed"]);

async function valuesOf({ payloads, again }: Following, recorded: RecordedRunEvent): Promise<Values> {
  if (!TOLD_WITH_VALUES.has(recorded.event.type)) return {};
  return (await valuesInSight(recorded, again.driven.facts.tenant, payloads)) ?? {};
}

/** What was decided beyond what the record has; of a run that is under way that is no difference. */
function unrecorded({ again, findings, record }: Following, spot: Spot | undefined): boolean {
  let isAny = false;
  for (const [sequence, decided] of again.left()) {
    const first = decided[0];
    if (!first || findings.isLost(sequence) || again.count(sequence) <= record.count(sequence)) continue;
    isAny = true;
    findings.lose(sequence, spot, {
      kind: kindOf(undefined, first.event.type),
      expected: null,
      actual: calledIn(first.event),
    });
  }
  return isAny;
}

const calledIn = (event: RunEvent) =>
  event.type === "TaskScheduled" ? `${event.data.protocol.split("/")[0]}/${event.data.method}` : event.type;
