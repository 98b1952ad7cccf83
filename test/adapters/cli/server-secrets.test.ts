// Secrets of the configuration that servers are told, in their environment or in headers: a server that sends them back
// tells nobody, by whatever door they would come out.
import { afterEach, expect, test } from "vitest";
import { type Canary, canary } from "../outbound/canary.ts";
import { CANARY, everyFile, expectClean } from "./canary.ts";
import { at, rig } from "./rig.ts";

const here = rig();
let server: Canary | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** Speaks JSON-RPC or MCP, whoever asks, and says its token in all that it says. */
const TELLTALE = `
import { createInterface } from "node:readline";
const token = process.env.TOKEN;
const say = (message) => process.stdout.write(JSON.stringify({ jsonrpc: "2.0", ...message }) + "\\n");
const all = { token, json: JSON.stringify({ token }), base64: Buffer.from(token).toString("base64"), [token]: 1 };
const tool = (name) => ({ name, description: token, inputSchema: { type: "object", title: token, properties: {} } });
const RESULTS = {
  describe: () => ({ protocolVersion: 1, name: token, version: token, methods: {
    tell: { description: "Tells " + token, params: { type: "object" } },
    fail: { description: "Fails", params: { type: "object" } },
    die: { description: "Dies", params: { type: "object" } } } }),
  health: () => ({ status: "degraded", detail: token }),
  initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} }, serverInfo: { name: token, version: "1" }, instructions: token }),
  ping: () => ({}),
  "tools/list": () => ({ tools: ["tell", "fail", "die"].map(tool) }),
};
const act = (id, name, text) => {
  say({ method: "progress", params: { id, text: token } });
  if (name === "die") { process.stderr.write(token + "\\n"); process.exit(3); }
  if (name === "fail") return say({ id, error: { code: -32050, message: "no: " + token, data: all } });
  say({ id, result: text ? { content: [{ type: "text", text: token }], structuredContent: all } : all });
};
const parsed = (line) => {
  try {
    return JSON.parse(line);
  } catch {
    say({ id: null, error: { code: -32700, message: token } });
    return {};
  }
};
createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params = {} } = parsed(line);
  if (id === undefined) return;
  if (RESULTS[method]) return say({ id, result: RESULTS[method](params) });
  if (method === "call") return act(id, params.method, false);
  if (method === "tools/call") return act(id, params.name, true);
  act(id, method, false);
});
`;

const methodsOf = (prefix: string, more = "{}"): string =>
  ["tell", "fail", "die"]
    .map(
      (name) =>
        `  - {id: ${name}, method: ${prefix}${name}, params: ${more}, on_failure: continue, retry: {max_attempts: 1}}\n`,
    )
    .join("");
const called = `${["tell", "fail", "die"]
  .map(
    (name) =>
      `  - {id: ${name}, method: jsonrpc/call, params: {method: ${name}}, on_failure: continue, retry: {max_attempts: 1}}`,
  )
  .join("\n")}\n`;

async function everythingSaid(document: string): Promise<string> {
  const file = await here().file("telltale.yaml", `name: Telltale\ntasks:\n${document}`);
  const said: string[] = [];
  for (const argv of [
    ["run", file, "--id", "t", "--json", "--verbose"],
    ["run", file, "--watch", "--verbose"],
    ["show", "t", "--json"],
    ["logs", "t", "--json"],
    ["events", "t", "--json"],
    ["why", "t", "fail"],
    ["failures", "--json"],
    // Asks every provider there is, which takes its time: of one that has words of its own for it.
    ...(document.includes("telltale/") ? [["providers", "health", "--json"]] : []),
    ["providers", "methods", "telltale"],
    ["providers", "test", "telltale", "--timeout", "1", "--json"],
    ["config", "show", "--json"],
  ]) {
    const { out, err } = await here().gleitzeit(argv);
    said.push(out, err);
  }
  const { json } = await here().gleitzeit(["show", "t", "--json"]);
  expect(JSON.stringify(at(json, "tasks.tell.result"))).toContain("***");
  expect(JSON.stringify(at(json, "tasks.fail.error"))).toContain("***");
  expect(JSON.stringify(at(json, "tasks.die.error"))).toContain("***");
  return said.join("\n");
}

test.each([
  ["jsonrpc, protocol: telltale/v1", methodsOf("telltale/")],
  ["jsonrpc", called],
  ["mcp", methodsOf("mcp/tool.", "{server: telltale}")],
])("a program of {type: %s}", async (type, document) => {
  await here().gleitzeit(["secrets", "set", "TOKEN", "--json"], { input: `${CANARY}\n` });
  await here().file("telltale.mjs", TELLTALE);
  const program = `command: ${JSON.stringify(process.execPath)}, args: [telltale.mjs], env: {TOKEN: "\${secret.TOKEN}"}`;
  await here().file("gleitzeit.yaml", `providers: {telltale: {type: ${type}, ${program}}}\n`);
  expectClean(await everythingSaid(document));
  expectClean(await everyFile(here().home));
});

test("an address that sends back its headers", async () => {
  await here().gleitzeit(["secrets", "set", "TOKEN", "--json"], { input: "canary/4f1c0ffee+token\n" });
  server = await canary((request, response) => {
    const pieces: Buffer[] = [];
    request.on("data", (piece: Buffer) => pieces.push(piece));
    request.on("end", () => {
      const { id, method } = asked(Buffer.concat(pieces).toString());
      const { authorization } = request.headers;
      if (method === "die") return void response.writeHead(500).end(`no ${authorization}`);
      const error = { code: -32050, message: `no ${authorization}`, data: { authorization } };
      const answer = method === "fail" ? { error } : { result: { authorization } };
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ jsonrpc: "2.0", id, ...answer }));
    });
  });
  const address = `url: "http://127.0.0.1:${server.port}/", headers: {authorization: "Bearer \${secret.TOKEN}"}`;
  await here().file("gleitzeit.yaml", `providers: {telltale: {type: jsonrpc, ${address}}}\n`);
  expect(await everythingSaid(called)).not.toContain("canary/4f1c0ffee");
  expect(await everyFile(here().home)).not.toContain("canary/4f1c0ffee");
});

function asked(text: string): { readonly id?: unknown; readonly method?: unknown } {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
