import { z } from "zod";

/** Author's ids plus what the engine makes of them: `x[3]` (element), `compensate:x`. */
export const TaskId = z
  .string()
  .regex(/^(?:compensate:)?[A-Za-z_][A-Za-z0-9_-]{0,399}(?:\[\d+\])*$/)
  .brand<"TaskId">();
export type TaskId = z.infer<typeof TaskId>;

/** Opaque: a UUID. The name a caller gave is a value, never part of it. */
export const RunId = z.uuid().brand<"RunId">();
export type RunId = z.infer<typeof RunId>;

/** `<kind>-<tenant id>.<opaque id>`, or `<kind>-<id>` for streams of the installation. */
export const StreamName = z
  .string()
  .regex(/^[a-z]+(?:-[A-Za-z0-9_.-]{1,200})?$/)
  .brand<"StreamName">();
export type StreamName = z.infer<typeof StreamName>;

export const EventId = z.uuid().brand<"EventId">();
export type EventId = z.infer<typeof EventId>;

/** A process that may own runs and hold claims; lives while it holds its lock or lease. */
export const Incarnation = z.uuid().brand<"Incarnation">();
export type Incarnation = z.infer<typeof Incarnation>;

/** Place in one stream: 0, 1, 2 … without gaps. */
export type Revision = number;

/** Place in the whole log: monotonic, comparable, otherwise opaque; a decimal string in JSON. */
export type Position = bigint;

export const TENANT_MAIN = "main";

export const runStream = (run: RunId, tenant: string = TENANT_MAIN): StreamName =>
  StreamName.parse(`run-${tenant}.${run}`);

/** The run a stream belongs to; undefined for streams of another kind. */
export function runOfStream(stream: StreamName): RunId | undefined {
  if (!stream.startsWith("run-")) return undefined;
  const dot = stream.indexOf(".");
  const parsed = RunId.safeParse(stream.slice(dot + 1));
  return parsed.success ? parsed.data : undefined;
}
