// A tool of a server outside: known by the server's own list, its arguments held to the server's own schema.
import { z } from "zod";
import {
  didYouMean,
  type ErrorInfo,
  GleitzeitError,
  isObject,
  type JsonObject,
  pathText,
} from "../../../domain/index.ts";
import {
  type Call,
  type Described,
  type Foreseen,
  invalidParams,
  type Method,
  type MethodContext,
  type ParamProblem,
} from "../../../engine/ports/index.ts";
import { plain, toolResult } from "./answers.ts";
import { IDEMPOTENCY_KEY } from "./meta.ts";
import { type Asked, areApart, argumentsIn, type ServerParam } from "./methods.ts";
import type { ServerSession } from "./server-session.ts";
import type { ServerTool } from "./server-tools.ts";

export const anyTool = (server: ServerParam): Method => ({
  version: 1,
  description:
    "Calls the tool of that name. Its arguments are held to the server's own schema before it is called, its structured result after.",
  params: z.looseObject({ server }),
  result: z.looseObject({}),
  examples: [{ arguments: { message: "Good morning" } }],
});

export async function callTool(
  session: ServerSession,
  params: JsonObject,
  { idempotencyKey, ...options }: Asked,
  { method }: MethodContext,
): Promise<JsonObject> {
  const tool = await toolNamed(session, method);
  if (tool instanceof GleitzeitError) throw tool;
  const problems = argumentProblems(tool, params);
  if (problems.length > 0) throw asThrown(invalidParams(problems));
  const answer = await session.call(
    tool.tool.name,
    { arguments: argumentsIn(params), _meta: { [IDEMPOTENCY_KEY]: idempotencyKey } },
    options,
  );
  const result = toolResult(answer);
  if (!tool.gives) return result;
  const { structuredContent } = answer;
  const [wrong] = isObject(structuredContent)
    ? tool.gives(structuredContent)
    : [{ path: [], message: "the tool promises structured content and gave none" }];
  if (!wrong) return result;
  throw new GleitzeitError("TASK_RESULT_INVALID", `${pathText(["result", ...wrong.path])}: ${wrong.message}`);
}

async function toolNamed(session: ServerSession, method: string): Promise<ServerTool | GleitzeitError> {
  const name = method.slice("tool.".length);
  const tools = await session.tools();
  const tool = tools.get(name);
  if (tool && tool.tool.execution?.taskSupport !== "required") return tool;
  const what = tool
    ? `the tool \`${name}\` answers by MCP tasks only, which this version does not speak`
    : `the server has no tool \`${name}\`${didYouMean(name, [...tools.keys()]) || hint([...tools.keys()])}`;
  return new GleitzeitError("METHOD_NOT_SUPPORTED", what);
}

/** What can be said of a call without making it. */
export async function foreseenTool(
  session: ServerSession,
  { method, params }: Call,
): Promise<readonly Foreseen[]> {
  if (!method.startsWith("tool.")) return [];
  const tool = await toolNamed(session, method);
  if (tool instanceof GleitzeitError) return [{ code: tool.code, message: tool.message }];
  return argumentProblems(tool, params).map((problem) => ({ code: "INVALID_PARAMS", ...problem }));
}

export async function describedTool(session: ServerSession, method: string): Promise<Described | undefined> {
  const named = method.startsWith("tool.") ? await toolNamed(session, method) : undefined;
  if (!named || named instanceof GleitzeitError) return undefined;
  const { description, inputSchema } = named.tool;
  return { parameters: plain(inputSchema), ...(description !== undefined && { description }) };
}

/** With the place in the task's params. */
function argumentProblems({ accepts }: ServerTool, params: JsonObject): readonly ParamProblem[] {
  const found = accepts(argumentsIn(params));
  return areApart(params)
    ? found.map(({ path, message }) => ({ path: ["arguments", ...path], message }))
    : found;
}

export async function listedTools(session: ServerSession): Promise<JsonObject> {
  const tools = await session.tools();
  return plain({ tools: [...tools.values()].map(({ tool }) => tool) });
}

const MOST_NAMED = 20;

function hint(names: readonly string[]): string {
  if (names.length === 0) return "; it has none";
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : "";
  return `; it has ${names.slice(0, MOST_NAMED).join(", ")}${more}`;
}

const asThrown = ({ code, message, details }: ErrorInfo): GleitzeitError =>
  new GleitzeitError(code, message, details && { details });
