// One task in two runs. What was taken over from elsewhere was not called, so nothing is said of how it was called.
import { isObject, type Json, jsonChanges, type Revision, type SameText } from "../../domain/index.ts";
import type { TaskDetail, TaskPlace } from "../../projections/index.ts";
import { methodText } from "../reading/method-text.ts";
import { isUnseen, type SeenValues, UNSEEN, valueIn } from "./compared-run.ts";
import { type Difference, type DifferenceKind, ofChange, type Side } from "./difference.ts";
import { withoutDurations } from "./durations.ts";

export type TaskSide = {
  readonly detail: TaskDetail;
  readonly place: TaskPlace | undefined;
  /** Its result tells of instants. */
  readonly isWait: boolean;
  readonly values: ReadonlyMap<Revision, SeenValues | undefined>;
};

export type HowToCompare = { readonly timing: boolean; readonly sameText: SameText };

export function taskDifferences(
  task: string,
  a: TaskSide,
  b: TaskSide,
  how: HowToCompare,
): readonly Difference[] {
  const [one, other] = [factsOf(a), factsOf(b)];
  const wasCalled = !isTakenOver(a.detail) && !isTakenOver(b.detail);
  return FACTS.flatMap(({ kind, of, isOfCall, isTiming }) => {
    if ((isOfCall && !wasCalled) || (isTiming && !how.timing)) return [];
    const at = [of.at(a) ?? of.at(b) ?? a.place?.firstAt ?? Number.MAX_SAFE_INTEGER];
    return differing({ task, kind, at }, one[kind], other[kind], how);
  });
}

const isTakenOver = ({ reused, cached, isGiven }: TaskDetail): boolean =>
  reused !== undefined || cached !== undefined || isGiven === true;

/** Both sides of one fact, taken apart where they are values. */
export function differing(
  head: Pick<Difference, "task" | "kind" | "at">,
  a: Side,
  b: Side,
  { timing, sameText }: HowToCompare,
): readonly Difference[] {
  if (a === undefined && b === undefined) return [];
  if (a === undefined || b === undefined) {
    return [{ ...head, a, b, ...((isUnseenSide(a) || isUnseenSide(b)) && { isUnknown: true }) }];
  }
  if (isUnseen(a) || isUnseen(b)) return [{ ...head, a, b, isUnknown: true }];
  const [one, other] = timing ? [a, b] : [withoutDurations(a), withoutDurations(b)];
  return jsonChanges(one, other, sameText).map((change) => {
    const isUnknown = [change.before, change.after].some(isUnseenSide);
    return { ...ofChange(head)(change), ...(isUnknown && { isUnknown }) };
  });
}

const isUnseenSide = (side: Side): boolean => side !== undefined && isUnseen(side);

type Facts = { readonly [kind in DifferenceKind]?: Side };

function factsOf({ detail, place, isWait, values }: TaskSide): Facts {
  const at = (revision: Revision | undefined, ...names: readonly string[]): Side => {
    if (revision === undefined) return undefined;
    const found = values.get(revision);
    return names.map((name) => valueIn(found, name)).find((value) => value !== undefined);
  };
  const failed = detail.status === "failed" || detail.status === "retrying";
  const { attempts, failures, losses, fellBack } = detail;
  return {
    status: detail.status,
    skipped: detail.skipped && { ...detail.skipped },
    method: methodText(detail),
    params: at(place?.givenAt, "params", "items", "message"),
    files: place?.files && filesText(place.files),
    result: isWait
      ? withoutInstants(at(detail.resultAt, "result"))
      : at(detail.resultAt ?? detail.errorAt, "result"),
    error: failed && detail.error ? { ...detail.error, ...errorOf(at(detail.errorAt, "error")) } : undefined,
    attempts: { attempts, failures, losses, fellBack: fellBack ?? 0 },
    provider: detail.provider,
    instance: place?.instance,
    model: detail.model,
    modelDigest: detail.modelDigest,
    usage: detail.usage && { ...detail.usage },
    duration: detail.durationMs,
  };
}

const filesText = (files: NonNullable<TaskPlace["files"]>): Json =>
  "$blob" in files ? files.$blob : files.map(({ hash }) => hash);

/** Its details tell of attempts and instants. */
const errorOf = (error: Side): { readonly message?: Json } =>
  isUnseenSide(error)
    ? { message: UNSEEN }
    : error !== undefined && isObject(error) && error.message !== undefined
      ? { message: error.message }
      : {};

const INSTANTS: ReadonlySet<string> = new Set(["dueAt", "firedAt", "at"]);

function withoutInstants(value: Side): Side {
  if (Array.isArray(value)) return value.map((member: Json) => withoutInstants(member) ?? null);
  if (value === undefined || !isObject(value) || isUnseen(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !INSTANTS.has(key));
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutInstants(member) ?? null]));
}

type Fact = {
  readonly kind: DifferenceKind;
  readonly of: { readonly at: (side: TaskSide) => Revision | undefined };
  readonly isOfCall?: true;
  readonly isTiming?: true;
};

const given = { at: ({ place }: TaskSide) => place?.givenAt };
const begun = { at: ({ place }: TaskSide) => place?.firstAt };
const ended = { at: ({ detail }: TaskSide) => detail.resultAt ?? detail.errorAt };

/** In the order in which they are told, where they stand at one place. */
const FACTS: readonly Fact[] = [
  { kind: "method", of: given },
  { kind: "params", of: given, isOfCall: true },
  { kind: "files", of: given, isOfCall: true },
  { kind: "status", of: ended },
  { kind: "skipped", of: begun },
  { kind: "error", of: ended },
  { kind: "result", of: ended },
  { kind: "attempts", of: ended, isOfCall: true },
  { kind: "provider", of: ended, isOfCall: true },
  { kind: "instance", of: ended, isOfCall: true },
  { kind: "model", of: ended, isOfCall: true },
  { kind: "modelDigest", of: ended, isOfCall: true },
  { kind: "usage", of: ended, isOfCall: true },
  { kind: "duration", of: ended, isTiming: true },
];
