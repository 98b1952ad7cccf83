// What a server says of its tools, kept until it says that they have changed. Loaded with the SDK.
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import {
  ListToolsResultSchema,
  type Tool,
  ToolListChangedNotificationSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { GleitzeitError } from "../../../domain/index.ts";
import type { JsonSchemas, ValueCheck } from "../../../engine/ports/index.ts";
import { LONGEST_TIMER_MS } from "./timer.ts";

export type ServerTool = {
  readonly tool: Tool;
  readonly accepts: ValueCheck;
  /** Of structured content, where the tool promises any. */
  readonly gives: ValueCheck | undefined;
};

export type ServerTools = () => Promise<ReadonlyMap<string, ServerTool>>;

/** More than any server has; one that always names a further page is not asked for ever. */
const MOST_PAGES = 200;

export function serverTools(client: Client, schemas: JsonSchemas): ServerTools {
  let known: Promise<ReadonlyMap<string, ServerTool>> | undefined;
  client.setNotificationHandler(ToolListChangedNotificationSchema, () => {
    known = undefined;
  });
  return () => {
    const asked = known ?? listed(client, schemas);
    known = asked;
    asked.catch(() => {
      if (known === asked) known = undefined;
    });
    return asked;
  };
}

async function listed(client: Client, schemas: JsonSchemas): Promise<ReadonlyMap<string, ServerTool>> {
  const found = new Map<string, ServerTool>();
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { tools, nextCursor } = await client.request(
      { method: "tools/list", params: cursor === undefined ? {} : { cursor } },
      ListToolsResultSchema,
      { timeout: LONGEST_TIMER_MS },
    );
    for (const tool of tools) found.set(tool.name, checked(tool, schemas));
    if (nextCursor === undefined) return found;
    cursor = nextCursor;
  }
  throw new GleitzeitError("PROVIDER_ERROR", `its list of tools has no end after ${MOST_PAGES} pages`);
}

const checked = (tool: Tool, schemas: JsonSchemas): ServerTool => ({
  tool,
  accepts: checkBy(tool.inputSchema, schemas),
  gives: tool.outputSchema && checkBy(tool.outputSchema, schemas),
});

/** A schema that is none judges nothing: the server does. */
function checkBy(schema: object, { valueCheck }: JsonSchemas): ValueCheck {
  try {
    return valueCheck(schema);
  } catch {
    return () => [];
  }
}
