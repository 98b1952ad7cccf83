// The built-in MCP server, in process: the official SDK around the tools. Loaded with the first call only.
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { type ErrorInfo, errorInfoOf, GleitzeitError, jsonProblem, pathText } from "../../../domain/index.ts";
import { ABOUT, SUMMARIZE } from "./builtin-content.ts";
import { ERROR_CODE, IDEMPOTENCY_KEY } from "./meta.ts";
import type { Tool, Tools } from "./tool.ts";

export function builtinServer(tools: Tools, version: string): McpServer {
  const server = new McpServer(
    { name: "builtin", version },
    { instructions: "Small tools for examples and tests.", capabilities: { tools: {} } },
  );
  for (const [name, tool] of Object.entries(tools)) register(server, name, tool);
  const { name, uri, text, ...about } = ABOUT;
  server.registerResource(name, uri, about, () => ({ contents: [{ uri, mimeType: about.mimeType, text }] }));
  server.registerPrompt(
    SUMMARIZE.name,
    { description: SUMMARIZE.description, argsSchema: SUMMARIZE.args },
    (args) => ({
      messages: [{ role: "user", content: { type: "text", text: SUMMARIZE.message(args.text) } }],
    }),
  );
  return server;
}

function register(server: McpServer, name: string, tool: Tool): void {
  const { description, input, output } = tool;
  server.registerTool(
    name,
    { description, inputSchema: input, outputSchema: output },
    async (args, extra) => {
      const key = extra._meta?.[IDEMPOTENCY_KEY];
      return answer(tool, args, {
        signal: extra.signal,
        ...(typeof key === "string" && { idempotencyKey: key }),
      });
    },
  );
}

/** A refusal is an answer with its code beside it; thrown, the code would be lost on the way. */
async function answer(tool: Tool, args: unknown, call: Parameters<Tool["run"]>[1]): Promise<CallToolResult> {
  try {
    const result = await tool.run(args, call);
    const problem = jsonProblem(result);
    if (problem) {
      throw new GleitzeitError(
        "TASK_RESULT_INVALID",
        `${pathText(["result", ...problem.path])}: ${problem.message}`,
      );
    }
    return { content: [{ type: "text", text: JSON.stringify(result) }], structuredContent: result };
  } catch (error) {
    return refusal(errorInfoOf(error, "TASK_EXECUTION_FAILED"));
  }
}

const refusal = ({ code, message }: ErrorInfo): CallToolResult => ({
  isError: true,
  content: [{ type: "text", text: message }],
  _meta: { [ERROR_CODE]: code },
});
