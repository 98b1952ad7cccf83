// CASSETTE FORMAT, on users' disks and in their repositories: one call of a provider and what came of it, as a file.
// Add, never rename or narrow; a change of meaning is a new version in `format`.
import { z } from "zod";
import { ErrorCode, type ErrorInfo } from "../errors.ts";
import { isObject, type Json, type JsonObject, jsonProblem, pathText } from "../json.ts";
import { parseJson } from "../json-codec.ts";
import { UsageCounts, Value } from "../run/parts.ts";

const CASSETTE_FORMAT = "gleitzeit.cassette/v1";

const Members = z.custom<JsonObject>(isObject, { error: "expected an object" });

/** What is asked: two calls are the same if this is. */
export const CassetteCall = z.strictObject({
  /** `description`: how a model is told of this method; left out, the method itself is called. */
  asks: z.literal("description").exactOptional(),
  protocol: z.string(),
  method: z.string(),
  /** The one that the document names. */
  provider: z.string().exactOptional(),
  params: Members,
  /** Names of those in `params`, where references stand for their values. */
  secrets: z.array(z.string()).readonly().exactOptional(),
  /** Those that the call sees: path and hash of the content, by path. */
  files: z
    .array(z.strictObject({ path: z.string(), hash: z.string() }))
    .readonly()
    .exactOptional(),
});
export type CassetteCall = z.infer<typeof CassetteCall>;

const Cause: z.ZodType<ErrorInfo> = z.strictObject({
  code: ErrorCode,
  message: z.string(),
  retryable: z.boolean(),
  details: Members.exactOptional(),
  get cause() {
    return Cause.exactOptional();
  },
});

const Chunks = z.array(z.strictObject({ kind: z.string(), text: z.string() })).readonly();

/** Who answered, and whom the same attempt had asked before. */
const ServedBy = {
  provider: z.string().exactOptional(),
  instance: z.string().exactOptional(),
  tried: z.array(z.strictObject({ instance: z.string(), code: ErrorCode })).exactOptional(),
  /** What whoever watched was shown, before the end. */
  chunks: Chunks.exactOptional(),
};

export const CassetteAnswer = z.union([
  z.strictObject({
    result: Value,
    ...ServedBy,
    model: z.string().exactOptional(),
    modelDigest: z.string().exactOptional(),
    usage: UsageCounts.exactOptional(),
  }),
  z.strictObject({
    error: Cause,
    ...ServedBy,
    evidence: Value.exactOptional(),
    retryAfterMs: z.number().nonnegative().exactOptional(),
  }),
]);
export type CassetteAnswer = z.infer<typeof CassetteAnswer>;

const Recording = z.strictObject({
  format: z.literal(CASSETTE_FORMAT),
  /** Whose call it was; of several that ask the same, each is answered as it was then. */
  task: z.string().min(1),
  attempt: z.int().nonnegative(),
  call: CassetteCall,
  answer: CassetteAnswer,
});
export type Recording = Omit<z.infer<typeof Recording>, "format">;

export type ReadRecording =
  | { readonly ok: true; readonly recording: Recording }
  | { readonly ok: false; readonly problem: string };

/** Keys in one order whatever made them, so that what is the same is the same text. */
export function recordingText({ task, attempt, call, answer }: Recording): string {
  const { result, error, ...said } = { result: undefined, error: undefined, ...answer };
  const document = {
    format: CASSETTE_FORMAT,
    task,
    attempt,
    call: inOrder(call, Object.keys(CassetteCall.shape)),
    answer: { result: sorted(result), error: sorted(error), ...inOrder(said, Object.keys(said).toSorted()) },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const inOrder = (members: { readonly [key: string]: unknown }, keys: readonly string[]): object =>
  Object.fromEntries(keys.map((key) => [key, sorted(members[key])]));

export function readRecording(text: string): ReadRecording {
  const value = jsonIn(text);
  if (value === undefined) return { ok: false, problem: "it is no JSON, or was cut off" };
  if (!isObject(value) || value.format !== CASSETTE_FORMAT) return { ok: false, problem: foreign(value) };
  const wrong = jsonProblem(value);
  if (wrong) return { ok: false, problem: `${pathText(wrong.path)}: ${wrong.message}` };
  const { success, data, error } = Recording.safeParse(value);
  if (success) {
    const { format: _, ...recording } = data;
    return { ok: true, recording };
  }
  const [issue] = error.issues;
  const place = pathText((issue?.path ?? []).map((step) => (typeof step === "number" ? step : String(step))));
  return { ok: false, problem: `${place === "" ? "" : `${place}: `}${issue?.message ?? "not valid"}` };
}

const foreign = (value: Json): string => {
  const said = isObject(value) && typeof value.format === "string" ? value.format : undefined;
  return said === undefined
    ? `it has no \`"format": "${CASSETTE_FORMAT}"\``
    : `its format is ${JSON.stringify(said)}, not "${CASSETTE_FORMAT}"`;
};

function jsonIn(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).map(([key, member]): [string, unknown] => [key, sorted(member)]);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
