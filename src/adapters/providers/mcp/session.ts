// The official client connected to the built-in server. Loads the SDK, so it is itself loaded with the first call.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { builtinServer } from "./builtin-server.ts";
import type { Tools } from "./tool.ts";

export type Session = { readonly client: Client; readonly close: () => Promise<void> };

export async function builtinSession(tools: Tools, version: string): Promise<Session> {
  const server = builtinServer(tools, version);
  const client = new Client({ name: "gleitzeit", version });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await server.connect(theirs);
  await client.connect(ours);
  return {
    client,
    close: async () => {
      await client.close();
      await server.close();
    },
  };
}
