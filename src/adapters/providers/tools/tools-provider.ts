// A folder of functions as a server of tools: each is called in the sandbox for scripts, with the sources as they were
// captured when the call was scheduled.
import { z } from "zod";
import {
  didYouMean,
  errorInfo,
  errorInfoOf,
  GleitzeitError,
  isObject,
  type JsonObject,
} from "../../../domain/index.ts";
import {
  type Call,
  type Captured,
  type Foreseen,
  type Health,
  invalidParams,
  type JsonSchemas,
  type Method,
  type MethodContext,
  type Outcome,
  type ParamProblem,
  type Provider,
  providerOf,
} from "../../../engine/ports/index.ts";
import type { FoundTool } from "./found-tool.ts";
import { callCode } from "./javascript-tools.ts";
import { type Interpreters, type Listing, type Looking, listing } from "./listing.ts";
import { CALL } from "./python-tools.ts";
import { languageOf, sourcesIn } from "./sources.ts";

export type ToolsOptions = Looking & {
  /** In the configuration. */
  readonly name: string;
  readonly folder: string;
  readonly schemas: () => Promise<JsonSchemas>;
};

const ANY = "tool.*";

export function toolsProvider(options: ToolsOptions): Provider {
  const { name, folder, interpreters } = options;
  const list = listing(options);
  const now = async () => list(await sourcesIn(folder));
  const server = z.literal(name).optional();

  const answer = async (params: unknown, context: MethodContext): Promise<Outcome> => {
    const given = isObject(params) ? params : {};
    const tools = await list(await capturedIn(context));
    const tool = toolNamed(tools, context.method, name);
    if (tool instanceof GleitzeitError) return { ok: false, error: errorInfoOf(tool) };
    const problems = await argumentProblems(tool, given, options);
    if (problems.length > 0) return { ok: false, error: invalidParams(problems) };
    const language = languageOf(tool.path);
    if (!language) return { ok: false, error: errorInfo("INTERNAL_ERROR", `${tool.path} is no source`) };
    return shaped(await called(tool, argumentsIn(given), interpreters[language], context), tool, name);
  };

  const provider = providerOf({
    protocol: "mcp/v1",
    name,
    methods: {
      [ANY]: {
        version: 1,
        description: `Calls the function of that name in ${folder}, in the sandbox for scripts.`,
        params: z.looseObject({ server }),
        result: z.looseObject({}),
        examples: [{ arguments: { message: "Good morning" } }],
        answer,
      },
    },
    described: async () => described(await now(), options),
    describe: async (method) => {
      const tool = (await now()).get(method.replace(/^tool\./, ""));
      return tool && { description: tool.description, parameters: tool.parameters };
    },
    preflight: async (call) => foreseen(call, now, options),
    takes: ({ params }) => params.server === name,
    health: () => healthOf(now, folder),
  });
  return {
    ...provider,
    brings: () => sourcesIn(folder),
    release: (run) => {
      for (const language of Object.values(interpreters)) void language().then((one) => one.release?.(run));
    },
  };
}

const capturedIn = (context: MethodContext): Promise<readonly Captured[]> =>
  Promise.all(
    context.files
      .filter(({ path }) => languageOf(path) !== undefined)
      .map(async (file) => ({ file, bytes: await context.readFile(file) })),
  );

function called(
  { name, path, order }: FoundTool,
  given: JsonObject,
  interpreter: Interpreters["python"],
  context: MethodContext,
): Promise<Outcome> {
  const isPython = languageOf(path) === "python";
  const params = {
    code: isPython ? CALL : callCode(path),
    ...(isPython && { execution_mode: "wasm" }),
    context: { name, path, arguments: given, ...(order && { order: [...order] }) },
  };
  return interpreter().then((one) => one.execute({ method: "execute", params }, context));
}

/** What a function gives back stands as it is, if it is an object; else beside its text, as of any tool. */
function shaped(outcome: Outcome, { path }: FoundTool, provider: string): Outcome {
  if (!outcome.ok) return { ...outcome, provider, instance: path };
  const value = isObject(outcome.result) ? (outcome.result.result ?? null) : null;
  const response = typeof value === "string" ? value : JSON.stringify(value);
  return {
    ok: true,
    result: isObject(value) ? value : { response, result: value },
    provider,
    instance: path,
  };
}

/** Given as `arguments: {…}`, or as they are beside `server`. */
function argumentsIn({ server: _, ...params }: JsonObject): JsonObject {
  const isApart = isObject(params.arguments) && Object.keys(params).length === 1;
  return isApart && isObject(params.arguments) ? params.arguments : params;
}

function toolNamed(
  tools: Awaited<ReturnType<Listing>>,
  method: string,
  server: string,
): FoundTool | GleitzeitError {
  const name = method.replace(/^tool\./, "");
  const tool = tools.get(name);
  if (tool) return tool;
  const names = [...tools.keys()];
  const has = names.length === 0 ? "; it has none" : `; it has ${names.slice(0, 20).join(", ")}`;
  return new GleitzeitError(
    "METHOD_NOT_SUPPORTED",
    `${server} has no tool \`${name}\`${didYouMean(name, names) || has}`,
  );
}

async function argumentProblems(
  { parameters }: FoundTool,
  params: JsonObject,
  { schemas }: ToolsOptions,
): Promise<readonly ParamProblem[]> {
  const given = argumentsIn(params);
  const isApart = given !== params && params.arguments === given;
  const { valueCheck } = await schemas();
  return valueCheck(parameters)(given).map(({ path, message }) => ({
    path: isApart ? ["arguments", ...path] : path,
    message,
  }));
}

async function foreseen(
  call: Call,
  now: () => ReturnType<Listing>,
  options: ToolsOptions,
): Promise<readonly Foreseen[]> {
  try {
    const tool = toolNamed(await now(), call.method, options.name);
    if (tool instanceof GleitzeitError) return [{ code: tool.code, message: tool.message }];
    const problems = await argumentProblems(tool, call.params, options);
    return problems.map((problem) => ({ code: "INVALID_PARAMS", ...problem }));
  } catch (error) {
    const { code, message } = errorInfoOf(error);
    return [{ code, message }];
  }
}

async function described(
  tools: Awaited<ReturnType<Listing>>,
  { schemas }: ToolsOptions,
): Promise<Readonly<Record<string, Method>>> {
  const { schemaType } = await schemas();
  const entries = [...tools.values()].map(({ name, description, parameters }): [string, Method] => [
    `tool.${name}`,
    { version: 1, description, params: schemaType(parameters), result: z.looseObject({}), examples: [] },
  ]);
  return Object.fromEntries(entries);
}

async function healthOf(now: () => ReturnType<Listing>, folder: string): Promise<Health> {
  try {
    const { size } = await now();
    return { status: "healthy", detail: `${size} tool${size === 1 ? "" : "s"} in ${folder}` };
  } catch (error) {
    return { status: "unhealthy", detail: errorInfoOf(error).message };
  }
}
