// Lifts stored events of older schema versions to today's shape. Nothing stored is rewritten.
import { isObject, type Json, type JsonObject } from "../json.ts";
import { RunEvent, type RunEventType } from "./events.ts";

/** What an event's data looked like one version ago → what it looks like in the next. */
type Upcast = (data: JsonObject) => JsonObject;

/**
 * Type → upcasts from version 1 on, each to the next. The current version is their number + 1.
 * Worked example: version 1 of RunPaused had no `cause`, because only a request could pause a run.
 */
const UPCASTS: Partial<Record<RunEventType, readonly Upcast[]>> = {
  RunPaused: [(data) => ({ cause: "request", ...data })],
};

export const schemaVersion = (type: RunEventType): number => (UPCASTS[type]?.length ?? 0) + 1;

export type Lifted =
  | { readonly ok: true; readonly event: RunEvent }
  | { readonly ok: false; readonly message: string };

const TYPES: ReadonlySet<string> = new Set(RunEvent.options.map((option) => option.shape.type.value));
const isRunEventType = (type: string): type is RunEventType => TYPES.has(type);

export const RUN_EVENT_TYPES: readonly RunEventType[] = [...TYPES].filter(isRunEventType);

/**
 * A stored event as today's reader sees it. Unknown fields stay; an unknown type, a version from the
 * future and data that do not fit are refused with the reason.
 */
export function lift(type: string, version: number, data: Json): Lifted {
  if (!isRunEventType(type)) return refuse(`unknown event type ${type}: written by a newer version?`);
  const current = schemaVersion(type);
  if (!Number.isInteger(version) || version < 1 || version > current) {
    return refuse(`${type} has schema version ${version}; this version reads 1 to ${current}`);
  }
  if (!isObject(data)) return refuse(`${type}: data is not an object`);
  const lifted = (UPCASTS[type] ?? []).slice(version - 1).reduce((older, upcast) => upcast(older), data);
  return checked(type, lifted);
}

/** Validated, then kept as it is: zod would drop the fields it does not know, and a reader keeps them. */
function checked(type: RunEventType, data: JsonObject): Lifted {
  const candidate: unknown = { type, data };
  if (isRunEvent(candidate)) return { ok: true, event: candidate };
  const issue = RunEvent.safeParse(candidate).error?.issues[0];
  return refuse(`${type}: ${issue?.path.slice(1).join(".") ?? ""} ${issue?.message ?? "does not fit"}`);
}

const isRunEvent = (value: unknown): value is RunEvent => RunEvent.safeParse(value).success;

const refuse = (message: string): Lifted => ({ ok: false, message });
