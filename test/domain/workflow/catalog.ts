// A small world of methods to validate against, and short ways to ask.
import { z } from "zod";
import { celExpressions } from "../../../src/adapters/expressions/index.ts";
import { luxonZones } from "../../../src/adapters/host/index.ts";
import {
  compile,
  type Definition,
  type Graph,
  type JsonObject,
  type PathProblem,
  type Surroundings,
  validate,
} from "../../../src/domain/index.ts";
import { refusalsOf } from "./editor.ts";

const number = z.number();

const METHODS: Readonly<Record<string, Readonly<Record<string, z.ZodType>>>> = {
  "echo/v1": { echo: z.looseObject({}) },
  "mcp/v1": {
    "tool.echo": z.strictObject({ message: z.string() }),
    "tool.add": z.strictObject({ a: number, b: number }),
    "tool.concat": z.strictObject({ strings: z.array(z.string()), separator: z.string().optional() }),
    "tools/list": z.strictObject({}),
  },
  "llm/v1": {
    chat: z.looseObject({}),
    vision: z.strictObject({ image_path: z.string().optional(), file_path: z.string().optional() }),
  },
  "python/v1": {
    execute: z
      .strictObject({
        file: z.string().optional(),
        code: z.string().optional(),
        context: z.record(z.string(), z.unknown()).optional(),
        timeout: z.number().optional(),
      })
      .refine((params) => (params.file === undefined) !== (params.code === undefined), {
        error: "one of `file` and `code`",
      }),
  },
};

const SPEAKERS: Readonly<Record<string, readonly string[]>> = {
  "echo/v1": ["echo"],
  "mcp/v1": ["builtin", "python"], // names are free
  "python/v1": ["python"],
};

export const catalog: Surroundings = {
  protocols: () => Object.keys(METHODS),
  methodsOf: (protocol) => Object.keys(METHODS[protocol] ?? {}),
  method: (protocol, name) => {
    const schema = METHODS[protocol]?.[protocol === "echo/v1" ? "echo" : name];
    return schema && { check: (params) => problemsOf(schema, params) };
  },
  providers: () => ["echo", "builtin", "python"],
  speakersOf: (protocol) => SPEAKERS[protocol] ?? [],
  expressions: celExpressions(),
  zones: luxonZones(),
};

const problemsOf = (schema: z.ZodType, params: JsonObject) =>
  (schema.safeParse(params).error?.issues ?? []).map(({ path, message }) => ({
    path: path.map((step) => (typeof step === "number" ? step : String(step))),
    message,
  }));

/** An editor that reads the published schema must not complain where nothing is wrong: asked for every document of a size to edit. */
const judged = (document: unknown): ReturnType<typeof validate> => {
  const found = validate(document, catalog);
  const isSmall = (found.definition?.tasks?.length ?? 0) < 1000;
  const complaints = found.problems.length === 0 && isSmall ? refusalsOf(document) : [];
  if (complaints.length > 0) throw new Error(`valid, but not for an editor: ${complaints.join("\n")}`);
  return found;
};

export const problems = (document: unknown): readonly PathProblem[] => judged(document).problems;

/** `code path: message`, one a line, as a test reads best. */
export const told = (document: unknown): readonly string[] =>
  problems(document).map(({ code, path, message }) => `${code} ${path.join(".")}: ${message}`);

/** The same with a mark where the key itself is wrong, not its value. */
export const exactly = (document: unknown): readonly string[] =>
  problems(document).map(
    ({ code, path, message, at }) => `${code} ${path.join(".")}${at ? " (key)" : ""}: ${message}`,
  );

/** The definition of a document that must be valid. */
export function defined(document: unknown): Definition {
  const { definition, problems: found } = judged(document);
  if (!definition)
    throw new Error(found.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
  return definition;
}

export const compiled = (document: unknown, files?: readonly string[]): Graph =>
  compile(defined(document), files);

/** Workflows in which only the tasks matter. */
export const withTasks = (...tasks: readonly JsonObject[]): JsonObject => ({ name: "Test", tasks });

export const echo = (id: string, more: JsonObject = {}): JsonObject => ({ id, method: "echo/echo", ...more });

export const withTask = (more: JsonObject): JsonObject => withTasks(echo("a", more));
