// Single values of a document. Each says itself what is wrong with a value: "must be …, not …".
import { z } from "zod";
import { ERROR_CODES, ErrorCode } from "../errors.ts";
import { isList, isObject, type Json, type JsonObject } from "../json.ts";
import { described } from "./described.ts";
import { DURATION_PATTERN, parseDuration } from "./duration.ts";
import { ID_PATTERN } from "./slug.ts";
import { didYouMean } from "./suggest.ts";

type Complaint = (value: unknown) => string | undefined;
export type JsonSchema = z.core.JSONSchema.BaseSchema;

/** The same for editors, as far as JSON Schema can say it: never stricter than the complaint. */
export const editorSchemas = z.registry<JsonSchema>();

/** A value without a complaint is a T. */
const leaf = <T>(complaint: Complaint, schema: JsonSchema) =>
  z
    .custom<T>((value) => value !== undefined && complaint(value) === undefined, {
      error: ({ input }) => (input === undefined ? "is required" : (complaint(input) ?? "is not valid")),
    })
    .register(editorSchemas, schema);

const must =
  (holds: (value: unknown) => boolean, rule: string): Complaint =>
  (value) =>
    holds(value) ? undefined : `must be ${rule}, not ${described(value)}`;

const isText = (value: unknown): value is string => typeof value === "string";
/** Counted as people count: in code points. */
const isLonger = (text: string, most: number): boolean =>
  text.length > 2 * most || (text.length > most && [...text].length > most);
/** Stands in logs in clear, so nothing that a run is given may come into it. */
const isLiteral = (value: string): boolean => !value.includes("${");
const WITHOUT_REFERENCES = { not: { pattern: "\\$\\{" } };

export const value = leaf<Json>(() => undefined, {});
export const map = leaf<JsonObject>(must(isObject, "a map"), { type: "object" });
export const boolean = leaf<boolean>(
  must((given) => typeof given === "boolean", "true or false"),
  { type: "boolean" },
);

export const text = (longest: number) =>
  leaf<string>(
    must((given) => isText(given) && !isLonger(given, longest), `a text of at most ${longest} characters`),
    { type: "string", maxLength: longest },
  );

/** A text in which references are refused. */
export const literal = (longest = 200) =>
  leaf<string>(
    (given) => {
      if (isText(given) && !isLiteral(given))
        return `is taken as it stands: no \`\${…}\` here, not ${described(given)}`;
      const holds = isText(given) && given !== "" && !isLonger(given, longest);
      return holds ? undefined : `must be a text of 1 to ${longest} characters, not ${described(given)}`;
    },
    { type: "string", minLength: 1, maxLength: longest, ...WITHOUT_REFERENCES },
  );

const FROM_INPUT =
  "must come from an input, as in `${inputs.customer}`: a document is kept in clear, and must not name a person";

/** What a document must not say itself. */
export const fromInput = (longest: number) =>
  leaf<string>(
    (given) =>
      isText(given) && !isLiteral(given) && !isLonger(given, longest)
        ? undefined
        : `${FROM_INPUT}, not ${described(given)}`,
    { type: "string", maxLength: longest, pattern: "\\$\\{" },
  );

export const identifier = leaf<string>(
  must(
    (given) => isText(given) && ID_PATTERN.test(given),
    "1 to 100 letters, digits, `_` and `-`, the first a letter or `_`",
  ),
  { type: "string", pattern: ID_PATTERN.source },
);

export const versionTag = leaf<string | number>(
  (given) =>
    typeof given === "number"
      ? undefined
      : must((text) => isText(text) && text !== "" && isLiteral(text), "a text or a number")(given),
  { anyOf: [{ type: "number" }, { type: "string", minLength: 1, ...WITHOUT_REFERENCES }] },
);

export const count = (least: number, most: number) =>
  leaf<number>(
    must(
      (given) => typeof given === "number" && Number.isInteger(given) && given >= least && given <= most,
      `a whole number from ${least} to ${most}`,
    ),
    { type: "integer", minimum: least, maximum: most },
  );

export const oneOf = <const T extends readonly (string | number)[]>(words: T) =>
  leaf<T[number]>(
    (given) => {
      if (words.some((word) => word === given)) return undefined;
      const hint = isText(given) ? didYouMean(given, words.filter(isText)) : "";
      return `must be ${words.map((word) => `\`${word}\``).join(", ")}, not ${described(given)}${hint}`;
    },
    { enum: [...words] },
  );

const LONGEST_CONDITION = 4000;

export const condition = leaf<string | boolean>(
  (given) => {
    if (typeof given === "boolean") return undefined;
    const holds = isText(given) && given.trim() !== "" && !isLonger(given, LONGEST_CONDITION);
    const rule = `a CEL condition of at most ${LONGEST_CONDITION} characters, such as \`inputs.count > 3\``;
    return holds ? undefined : `must be ${rule}, not ${described(given)}`;
  },
  { anyOf: [{ type: "boolean" }, { type: "string", pattern: "\\S", maxLength: LONGEST_CONDITION }] },
);

/** A list, or one reference that gives it when the tasks it names have ended. */
export const elements = leaf<readonly Json[] | string>(
  must(
    (given) => isList(given) || (isText(given) && given.startsWith("${") && given.endsWith("}")),
    "a list, or one reference to a list such as `${files.names}`",
  ),
  { anyOf: [{ type: "array" }, { type: "string", pattern: "^\\$\\{[\\s\\S]*\\}$" }] },
);

export const duration = ({ above = -1, mostSeconds = Number.POSITIVE_INFINITY }) =>
  leaf<number | string>(
    (given) => {
      const parsed = parseDuration(given);
      if (!parsed.ok) return `: ${parsed.message}`;
      if (parsed.ms <= above) return `must be over 0 seconds, not ${described(given)}`;
      return parsed.ms > mostSeconds * 1000
        ? `must be at most ${mostSeconds} seconds, not ${described(given)}`
        : undefined;
    },
    {
      anyOf: [
        {
          type: "number",
          ...(above < 0 ? { minimum: 0 } : { exclusiveMinimum: 0 }),
          ...(Number.isFinite(mostSeconds) && { maximum: mostSeconds }),
        },
        { type: "string", pattern: DURATION_PATTERN },
      ],
    },
  );

/** The value itself, or a text with references that give one when the run is under way. */
export const orTemplate = <T extends Json>(schema: z.ZodType<T>) =>
  leaf<T | string>(
    (given) =>
      isText(given) && !isLiteral(given) ? undefined : schema.safeParse(given).error?.issues[0]?.message,
    { anyOf: [editorSchemas.get(schema) ?? {}, { type: "string", pattern: "\\$\\{" }] },
  );

export const errorCode = leaf<ErrorCode>(
  (given) =>
    ErrorCode.safeParse(given).success ? undefined : `is ${described(given)}, which is not an error code`,
  { enum: Object.keys(ERROR_CODES) },
);

/** Judged as a whole: the first bad member speaks for all. */
export const listOf = <T extends Json>(
  member: z.ZodType<T>,
  rule: string,
  longest = Number.POSITIVE_INFINITY,
) =>
  leaf<readonly T[]>(
    (given) => {
      if (!isList(given)) return `must be ${rule}, not ${described(given)}`;
      if (given.length > longest) return `must be ${rule}, not a list of ${given.length}`;
      for (const [i, one] of given.entries()) {
        const issue = member.safeParse(one).error?.issues[0];
        if (issue) return `must be ${rule}: element ${i + 1} ${issue.message}`;
      }
      return undefined;
    },
    {
      type: "array",
      items: editorSchemas.get(member) ?? {},
      ...(Number.isFinite(longest) && { maxItems: longest }),
    },
  );

export const mustBe =
  (rule: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    input === undefined ? "is required" : `must be ${rule}, not ${described(input)}`;

export const shape = <S extends z.ZodRawShape>(members: S) => z.object(members, { error: mustBe("a map") });
