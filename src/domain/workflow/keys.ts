// Which keys may stand where.
import { isList, isObject, type Json } from "../json.ts";
import {
  Batch,
  Cache,
  Compensation,
  Defaults,
  Definition,
  Fallback,
  InputDeclaration,
  Retry,
  TaskDefinition,
} from "./document.ts";
import type { Path } from "./problems.ts";
import { Approval, Wait } from "./wait-document.ts";

type Place = { readonly keys: readonly string[] };

const place = (known: object): Place => ({ keys: Object.keys(known) });

export const ALIASES = { params: "parameters", dependencies: "depends_on" } as const;

/** What a task may be, by the key that says so. */
export const KINDS = ["method", "workflow", "approval", "wait"] as const;

const DOCUMENT = place(Definition.shape);
const TASK_PLACE = place(TaskDefinition.shape);
const TASK_AS_WRITTEN = { ...TASK_PLACE, keys: [...TASK_PLACE.keys, ...Object.values(ALIASES)] };
const INPUT = place(InputDeclaration.shape);
const DEFAULTS = place(Defaults.shape);
const RETRY = place(Retry.shape);
const WAIT = place(Wait.shape);
const APPROVAL = place(Approval.shape);
const BATCH = place(Batch.shape);
const FALLBACK = place(Fallback.shape);
const COMPENSATION = place(Compensation.shape);
const CACHE = place(Cache.shape);

export const TASK_KEYS: ReadonlySet<string> = new Set(TASK_AS_WRITTEN.keys);

/** Every map of the document whose keys are the dialect's, not the author's. */
export function* placesIn(
  document: Json,
): Generator<{ readonly map: object; readonly path: Path; readonly place: Place }> {
  if (!isObject(document)) return;
  yield { map: document, path: [], place: DOCUMENT };
  yield* at(document.batch, ["batch"], BATCH);
  yield* at(document.defaults, ["defaults"], DEFAULTS);
  if (isObject(document.defaults)) yield* at(document.defaults.retry, ["defaults", "retry"], RETRY);
  if (isObject(document.inputs)) {
    for (const [name, input] of Object.entries(document.inputs)) yield* at(input, ["inputs", name], INPUT);
  }
  yield* taskPlaces(document.template, ["template"]);
  if (!isList(document.tasks)) return;
  for (const [i, task] of document.tasks.entries()) yield* taskPlaces(task, ["tasks", i]);
}

function* taskPlaces(task: Json | undefined, path: Path): ReturnType<typeof placesIn> {
  yield* at(task, path, TASK_AS_WRITTEN);
  if (!isObject(task)) return;
  yield* at(task.retry, [...path, "retry"], RETRY);
  for (const [i, other] of (isList(task.fallback) ? task.fallback : []).entries()) {
    yield* at(other, [...path, "fallback", i], FALLBACK);
  }
  yield* at(task.cache, [...path, "cache"], CACHE);
  yield* at(task.compensate, [...path, "compensate"], COMPENSATION);
  yield* at(task.wait, [...path, "wait"], WAIT);
  yield* at(task.approval, [...path, "approval"], APPROVAL);
}

function* at(map: Json | undefined, path: Path, place: Place): ReturnType<typeof placesIn> {
  if (isObject(map)) yield { map, path, place };
}

/** A task that calls no method. */
export const isOtherKind = (task: object): boolean =>
  KINDS.some((key) => key !== "method" && Object.hasOwn(task, key));
