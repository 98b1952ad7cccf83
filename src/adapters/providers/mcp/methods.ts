// The published methods: each says what it takes and gives, and what to ask of the client. The SDK appears here
// as types only, so that listing and validating do not load it.
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import type { RequestOptions } from "@modelcontextprotocol/sdk/shared/protocol.js";
import { z } from "zod";
import { isObject, type JsonObject } from "../../../domain/index.ts";
import type { CallContext, Method } from "../../../engine/ports/index.ts";
import { plain, toolResult } from "./answers.ts";
import { IDEMPOTENCY_KEY } from "./meta.ts";
import type { Tool, Tools } from "./tool.ts";

export type Asked = RequestOptions & Pick<CallContext, "idempotencyKey">;

export type McpMethod = {
  readonly method: Method;
  readonly ask: (client: Client, params: JsonObject, options: Asked) => Promise<JsonObject>;
};

/** The param `server`: of the one server that answers, or nothing. */
export type ServerParam = z.ZodOptional<z.ZodLiteral<string>>;

/** `all`: as they are when somebody asks for another. */
export function serverParam(name: string, all: () => readonly string[]): ServerParam {
  const error = (): string => {
    const listed = all().map((one) => `\`${one}\``);
    return listed.length > 1
      ? `expected one of the servers here: ${listed.join(", ")}`
      : `the only server here is ${listed.join("")}; others are declared under \`providers\` in the configuration`;
  };
  return z.literal(name, { error }).optional();
}

export const mcpMethods = (tools: Tools, server: ServerParam): Readonly<Record<string, McpMethod>> => ({
  ...Object.fromEntries(
    Object.entries(tools).map(([name, tool]) => [`tool.${name}`, toolMethod(name, tool, server)]),
  ),
  ...operations(server),
});

function toolMethod(
  name: string,
  { description, input, output, examples }: Tool,
  server: ServerParam,
): McpMethod {
  return {
    method: {
      version: 1,
      description,
      params: z.union([input.extend({ server }), z.strictObject({ arguments: input, server })]),
      result: output,
      examples,
      idempotent: true,
    },
    ask: async (client, params, { idempotencyKey, ...options }) => {
      const call = { name, arguments: argumentsIn(params), _meta: { [IDEMPOTENCY_KEY]: idempotencyKey } };
      return toolResult(await client.callTool(call, undefined, options));
    },
  };
}

/** Given as `arguments: {…}`, or as they are beside `server`. */
export function argumentsIn({ server: _, ...params }: JsonObject): JsonObject {
  return areApart(params) && isObject(params.arguments) ? params.arguments : params;
}

/** `arguments` beside others is one of them. */
export const areApart = ({ server: _, ...params }: JsonObject): boolean =>
  isObject(params.arguments) && Object.keys(params).length === 1;

type Operation<Params extends z.ZodObject> = Pick<Method, "description" | "examples"> & {
  readonly params: Params;
  readonly result: z.ZodObject;
  readonly ask: (client: Client, params: z.infer<Params>, options: RequestOptions) => Promise<JsonObject>;
};

function operation<Params extends z.ZodObject>({ ask, params, ...rest }: Operation<Params>): McpMethod {
  return {
    method: { version: 1, params, idempotent: true, ...rest },
    ask: (client, given, { idempotencyKey: _, ...options }) => ask(client, params.parse(given), options),
  };
}

const Described = z.looseObject({ name: z.string(), description: z.string().optional() });

/** Of every server, wherever it is. */
export const operations = (server: ServerParam): Readonly<Record<string, McpMethod>> => ({
  "tools/list": operation({
    description: "Lists the server's tools with the schemas of their arguments.",
    params: z.strictObject({ server }),
    result: z.looseObject({ tools: z.array(Described.extend({ inputSchema: z.looseObject({}) })) }),
    examples: [{}],
    ask: async (client, _, options) => plain(await client.listTools(undefined, options)),
  }),
  server_info: operation({
    description: "Says which server this is and what it can do.",
    params: z.strictObject({ server }),
    result: z.strictObject({
      name: z.string(),
      version: z.string(),
      capabilities: z.looseObject({}),
      instructions: z.string().optional(),
    }),
    examples: [{}],
    ask: async (client) => {
      const { name, version } = client.getServerVersion() ?? {};
      const capabilities = client.getServerCapabilities();
      return plain({ name, version, capabilities, instructions: client.getInstructions() });
    },
  }),
  ping: operation({
    description: "Answers `pong` when the server does.",
    params: z.strictObject({ server }),
    result: z.strictObject({ response: z.literal("pong") }),
    examples: [{}],
    ask: async (client, _, options) => {
      await client.ping(options);
      return { response: "pong" };
    },
  }),
  "resources/list": operation({
    description: "Lists what can be read.",
    params: z.strictObject({ server }),
    result: z.looseObject({ resources: z.array(Described.extend({ uri: z.string() })) }),
    examples: [{}],
    ask: async (client, _, options) => plain(await client.listResources(undefined, options)),
  }),
  "resources/read": operation({
    description: "Reads one resource; `response` is its text.",
    params: z.strictObject({ uri: z.string(), server }),
    result: z.looseObject({ response: z.string(), contents: z.array(z.looseObject({ uri: z.string() })) }),
    examples: [{ uri: "builtin://about" }],
    ask: async (client, { uri }, options) => {
      const { contents } = await client.readResource({ uri }, options);
      const response = contents.flatMap((part) => ("text" in part ? part.text : [])).join("\n");
      return plain({ response, contents });
    },
  }),
  "prompts/list": operation({
    description: "Lists the server's prompts and their arguments.",
    params: z.strictObject({ server }),
    result: z.looseObject({ prompts: z.array(Described) }),
    examples: [{}],
    ask: async (client, _, options) => plain(await client.listPrompts(undefined, options)),
  }),
  "prompts/get": operation({
    description: "Fills in a prompt; `response` is its text.",
    params: z.strictObject({
      name: z.string(),
      arguments: z.record(z.string(), z.string()).optional(),
      server,
    }),
    result: z.looseObject({ response: z.string(), messages: z.array(z.looseObject({ role: z.string() })) }),
    examples: [{ name: "summarize", arguments: { text: "A long story." } }],
    ask: async (client, { name, arguments: args }, options) => {
      const { messages, description } = await client.getPrompt(
        { name, ...(args && { arguments: args }) },
        options,
      );
      const response = messages
        .flatMap(({ content }) => (content.type === "text" ? content.text : []))
        .join("\n");
      return plain({ response, messages, description });
    },
  }),
});
