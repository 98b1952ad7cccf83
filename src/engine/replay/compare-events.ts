// A decision of the replay beside the one in the record. Never compared: who worked on what, ids of events, and when.
import {
  type Instant,
  isList,
  isObject,
  type Json,
  jsonChanges,
  type Millis,
  millisOf,
  pathText,
  type RunEvent,
  type RunEventOf,
  type RunEventType,
} from "../../domain/index.ts";
import type { Values } from "../log/encode.ts";
import type { DivergenceKind } from "./divergence.ts";

export type Compared = {
  readonly event: RunEvent;
  readonly values: Values;
  /** When it was decided. */
  readonly at: Millis;
};

export type Finding = {
  readonly kind: DivergenceKind;
  readonly path?: string;
  readonly expected: Json;
  readonly actual: Json;
};

/** `mayReadFiles`: the method is known here, so that it can say which files it wants. */
export function findings(recorded: Compared, replayed: Compared, mayReadFiles: boolean): readonly Finding[] {
  const [a, b] = [recorded.event, replayed.event];
  if (a.type === "TaskScheduled" && b.type === "TaskScheduled")
    return [
      ...one("method", called(a), called(b)),
      ...(a.data.paramsFrom === undefined && b.data.paramsFrom === undefined
        ? places("params", recorded.values.params ?? {}, replayed.values.params ?? {})
        : []),
      ...(mayReadFiles ? one("files", hashesIn(a), hashesIn(b)) : []),
    ];
  if (a.type === "TaskSkipped" && b.type === "TaskSkipped")
    return one("skipped", { ...a.data }, { ...b.data });
  if (a.type === "TaskFailed" && b.type === "TaskFailed") return one("outcome", failed(a), failed(b));
  if (a.type === "TaskFellBack" && b.type === "TaskFellBack")
    return one("fallback", { ...a.data.to }, { ...b.data.to });
  if (a.type === "WaitStarted" && b.type === "WaitStarted")
    return [...one("wait", a.data.signal ?? null, b.data.signal ?? null), ...waited(recorded, replayed)];
  if (a.type === "ApprovalRequested" && b.type === "ApprovalRequested")
    return [
      ...one("wait", asked(a, recorded.values), asked(b, replayed.values)),
      ...waited(recorded, replayed),
    ];
  if (a.type === "TasksAdded" && b.type === "TasksAdded")
    return places("tasks-added", added(a, recorded.values), added(b, replayed.values));
  if (a.type === "RunSucceeded" && b.type === "RunSucceeded")
    return places("outputs", recorded.values.outputs ?? {}, replayed.values.outputs ?? {});
  if (a.type === "RunFailed" && b.type === "RunFailed") return one("end", ending(a), ending(b));
  if (a.type === "RunCompensating" && b.type === "RunCompensating")
    return one("compensation", undone(a), undone(b));
  return [];
}

const one = (kind: DivergenceKind, expected: Json, actual: Json): readonly Finding[] =>
  jsonChanges(expected, actual).length === 0 ? [] : [{ kind, expected, actual }];

const places = (kind: DivergenceKind, expected: Json, actual: Json): readonly Finding[] =>
  jsonChanges(expected, actual).map(({ path, before = null, after = null }) => ({
    kind,
    ...(path.length > 0 && { path: pathText(path) }),
    expected: before,
    actual: after,
  }));

const called = ({ data: { protocol, method, provider } }: RunEventOf<"TaskScheduled">): Json => ({
  method: `${protocol.split("/")[0]}/${method}`,
  ...(provider !== undefined && { provider }),
});

function hashesIn({ data: { files } }: RunEventOf<"TaskScheduled">): Json {
  if (!files) return [];
  return "$blob" in files ? files.$blob : files.map(({ hash }) => hash).toSorted();
}

const failed = ({ data: { error, final } }: RunEventOf<"TaskFailed">): Json => ({ code: error.code, final });

const asked = (
  { data: { min, approvers, notBy } }: RunEventOf<"ApprovalRequested">,
  values: Values,
): Json => ({
  min,
  approvers: [...(approvers ?? [])],
  notBy: [...(notBy ?? [])],
  message: values.message ?? null,
});

/** What tools say of arguments is told in words that may change; that they refused them is not. */
function added({ data: { count, steps = [] } }: RunEventOf<"TasksAdded">, values: Values): Json {
  const { items = null, params = null, refused } = values;
  const codes = (isList(refused) ? refused : []).map((said) => (isObject(said) ? (said.code ?? null) : null));
  return { count, steps: steps.map((step) => ({ ...step })), items, params, refused: codes };
}

const ending = ({ data: { error, task } }: RunEventOf<"RunFailed">): Json => ({
  status: "failed",
  code: error.code,
  task: task ?? null,
});

const undone = ({ data: { outcome, task } }: RunEventOf<"RunCompensating">): Json => ({
  outcome,
  task: task ?? null,
});

/** How long is the document's to say, from when it began is not. */
function waited(recorded: Compared, replayed: Compared): readonly Finding[] {
  const [a, b] = [dueAt(recorded.event), dueAt(replayed.event)];
  if (a === b) return [];
  const [expected, actual] = [lengthOf(a, recorded.at), lengthOf(b, replayed.at)];
  return expected === actual ? [] : [{ kind: "wait", path: "dueAt", expected, actual }];
}

export const dueAt = (event: RunEvent): Instant | undefined =>
  event.type === "WaitStarted" || event.type === "ApprovalRequested" || event.type === "TaskRetryScheduled"
    ? event.data.dueAt
    : undefined;

const lengthOf = (due: Instant | undefined, from: Millis): number | null =>
  due === undefined ? null : millisOf(due) - from;

/** Named by what the record has, else by what the replay did. */
export const kindOf = (
  recorded: RunEventType | undefined,
  replayed: RunEventType | undefined,
): DivergenceKind => {
  const expected = recorded === undefined ? undefined : MISSED[recorded];
  const actual = replayed === undefined ? undefined : DONE[replayed];
  return actual ?? expected ?? "outcome";
};

/** The replay did this, and the record has another thing there or nothing. */
const DONE: Readonly<Partial<Record<RunEventType, DivergenceKind>>> = {
  TaskScheduled: "call-not-recorded",
  ChildRunStarted: "call-not-recorded",
  TaskSkipped: "skipped",
  TaskRetryScheduled: "retry",
  TaskFellBack: "fallback",
  WaitStarted: "wait",
  ApprovalRequested: "wait",
  TasksAdded: "tasks-added",
  RunPaused: "pause",
  RunCompensating: "compensation",
  RunSucceeded: "end",
  RunFailed: "end",
  RunCancelled: "end",
};

/** The record has this, and the replay does nothing there. */
const MISSED: Readonly<Partial<Record<RunEventType, DivergenceKind>>> = {
  ...DONE,
  TaskScheduled: "not-called",
  ChildRunStarted: "not-called",
  TaskSkipped: "not-skipped",
};
