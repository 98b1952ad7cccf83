// Servers that are reached at addresses, for tests: HTTP that says what it was sent, and JSON-RPC as MCP and as it is.
import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach } from "vitest";
import { isObject, type Json } from "../../../src/domain/index.ts";
import { type Canary, canary } from "../outbound/canary.ts";
import type { Rig } from "./rig.ts";

const open: Canary[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

type Asked = { readonly request: IncomingMessage; readonly body: Json };

export async function server(answer: (asked: Asked, response: ServerResponse) => void): Promise<Canary> {
  const made = await canary((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const text = Buffer.concat(pieces).toString();
      answer({ request, body: text === "" ? null : JSON.parse(text) }, response);
    });
  });
  open.push(made);
  return made;
}

export const say = (response: ServerResponse, value: Json, status = 200): void =>
  void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));

/** Says who it is, and what it was sent. */
export const mirror = (name: string) =>
  server(({ request: { url = "", headers } }, response) =>
    say(response, { name, url, key: headers["x-key"] ?? null, trace: headers["x-trace"] ?? null }),
  );

/** JSON-RPC as MCP over HTTP and as a plain endpoint. */
export const rpc = (name: string) =>
  server(({ body }, response) => {
    const { id = null, method = "", params = null } = isObject(body) ? body : {};
    if (id === null) return void response.writeHead(202).end();
    const version = isObject(params) ? (params.protocolVersion ?? "") : "";
    const serverInfo = { name, version: "1" };
    const results: Readonly<Record<string, Json>> = {
      initialize: { protocolVersion: version, capabilities: { tools: {} }, serverInfo },
      "tools/list": { tools: [{ name: "who", inputSchema: { type: "object" } }] },
      "tools/call": { content: [{ type: "text", text: name }] },
      who: name,
    };
    say(response, { jsonrpc: "2.0", id, result: (typeof method === "string" && results[method]) || {} });
  });

export const instances = (servers: readonly Canary[], path = "", more = ""): string =>
  `[${servers.map(({ port }, i) => `{url: "http://127.0.0.1:${port}${path}", name: ${"abc"[i]}${more}}`).join(", ")}]`;

/** Runs these tasks, as run `r`. */
export async function ran({ file, gleitzeit }: Rig, tasks: string) {
  const path = await file("calls.yaml", `name: Calls\ntasks:\n${tasks}`);
  return gleitzeit(["run", path, "--id", "r", "--json"], { env: { SHOP_KEY: "canary-of-the-shop" } });
}

/** Task, instance, and who was tried, of each that succeeded. */
export async function reached({ gleitzeit }: Rig): Promise<readonly Json[]> {
  const { lines } = await gleitzeit(["events", "r", "--type", "TaskSucceeded", "--json"]);
  return lines.flatMap(({ data }) =>
    isObject(data) ? [[data.task ?? "", data.instance ?? "", data.tried ?? []]] : [],
  );
}
