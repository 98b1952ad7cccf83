// The lines between host and child. What comes out of a child is believed to be nothing but bytes until it is checked here.
import { z } from "zod";
import type { Json } from "../../domain/index.ts";
import type { ScriptWork } from "../../engine/ports/index.ts";

const Text = z.string().max(64 * 1024);
const Line = z.number().int().nonnegative().nullable();

const Answer = z.discriminatedUnion("kind", [
  // It was parsed from JSON, so it is JSON; the line's length bounds it.
  z.strictObject({ kind: z.literal("value"), result: z.custom<Json>() }),
  z.strictObject({
    kind: z.literal("raised"),
    type: Text,
    message: Text,
    hint: Text.nullable(),
    file: Text.nullable(),
    line: Line,
    traceback: Text,
  }),
  z.strictObject({ kind: z.literal("unfit"), place: Text, reason: Text }),
]);
export type Answer = z.infer<typeof Answer>;

export const FromChild = z.discriminatedUnion("t", [
  z.strictObject({ t: z.literal("ready"), layers: z.array(z.string().max(64)).max(32) }),
  z.strictObject({
    t: z.literal("out"),
    id: z.number(),
    stream: z.enum(["stdout", "stderr"]),
    text: z.string(),
  }),
  z.strictObject({ t: z.literal("done"), id: z.number(), truncated: z.boolean(), answer: Answer }),
  z.strictObject({ t: z.literal("idle"), id: z.number(), reusable: z.boolean() }),
  z.strictObject({ t: z.literal("flood"), id: z.number() }),
  z.strictObject({
    t: z.literal("fatal"),
    reason: z.enum(["snapshot", "boot", "memory", "interpreter"]),
    message: Text,
  }),
]);
export type FromChild = z.infer<typeof FromChild>;

/** `context` is JSON text, so that the values cross unread. */
export type Job = {
  readonly op: ScriptWork["op"];
  /** The script's name in what is told of its failures. */
  readonly name: string;
  /** Of a captured file. */
  readonly file?: string;
  readonly code?: string;
  readonly args: readonly string[];
  readonly context: string;
  /** Largest result, in bytes of JSON. */
  readonly limit: number;
};

/** A job's own line follows its header: the language's half of the child gets it unread. */
export type ToChild =
  | { readonly t: "job"; readonly id: number; readonly keep: number; readonly flood: number }
  | {
      readonly t: "file";
      readonly path: string;
      readonly size: number;
      readonly at: number;
      readonly data: string;
    }
  | { readonly t: "link"; readonly path: string; readonly absolute: string };
