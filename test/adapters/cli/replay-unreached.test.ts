// For an auditor who suspects that a replay does something to the world: a run that had called a model, an agent's tools, an
// HTTP service and a program of its own is decided again with every way out of the process shut, and nobody knocks.
import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeModels, fakeModels } from "../providers/llm/fake-models.ts";
import { ollamaProtocol } from "../providers/llm/protocols.ts";
import { withNothingOutside } from "./nothing-outside.ts";
import { at, rig, text } from "./rig.ts";

const here = rig();
let models: FakeModels;
let service: Server;
let knocks = 0;
beforeEach(async () => {
  models = await fakeModels(ollamaProtocol);
  knocks = 0;
  service = createServer((_, response) =>
    response.setHeader("content-type", "application/json").end('{"n":2}'),
  );
  service.on("request", () => (knocks += 1));
  await new Promise<void>((resolve) => service.listen(0, "127.0.0.1", resolve));
});
afterEach(async () => {
  await models.close();
  await new Promise((resolve) => service.close(resolve));
});

const PROGRAM = `import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
  const { id } = JSON.parse(line);
  if (id !== undefined) console.log(JSON.stringify({ jsonrpc: "2.0", id, result: { n: 1 } }));
}
`;

test("models, tools, services and programs are told from the record, and none of them hears of it", async () => {
  const address = service.address();
  const port = typeof address === "object" ? address?.port : 0;
  await here().file("speaker.mjs", PROGRAM);
  await here().file(
    "gleitzeit.yaml",
    `outbound: {allow: {hosts: ["127.0.0.1"]}}
providers:
  model: {type: ollama, url: "${models.url}"}
  mine: {type: jsonrpc, protocol: mine/v1, command: ${JSON.stringify(process.execPath)}, args: [speaker.mjs], methods: {go: {description: goes}}}
`,
  );
  const file = await here().file(
    "all.yaml",
    `name: All
tasks:
  - {id: ask, method: llm/chat, params: {prompt: hi, model: llama3.2}}
  - {id: get, method: http/request, params: {method: GET, url: "http://127.0.0.1:${port}/"}}
  - {id: own, method: mine/go}
  - {id: sum, method: llm/agent, params: {prompt: Add., model: llama3.2, tools: [mcp/tool.add]}}
  - {id: all, method: echo/echo, params: {message: ["\${ask}", "\${get.json.n}", "\${own.n}", "\${sum}"]}}
`,
  );
  models.answers(({ body }) => {
    const said = JSON.stringify(body);
    if (!said.includes("Add.")) return undefined;
    return said.includes('"tool"') ? "It is 3." : 'call add {"a": 1, "b": 2}';
  });
  const ran = await here().gleitzeit(["run", file, "--json", "--quiet"]);
  expect([ran.exit, knocks]).toEqual([0, 1]);
  const heard = models.heard.length;
  const run = text(ran.json, "runId");
  for (const argv of [
    ["replay", run, "--mode", "stub", "--json"],
    ["replay", run, "--against", file, "--json"],
    ["replay", "--all", "--json"],
  ]) {
    const { value, tried } = await withNothingOutside(() => here().gleitzeit(argv));
    expect({ argv, exit: value.exit, tried, err: value.err }).toEqual({ argv, exit: 0, tried: [], err: "" });
    expect(at(value.json, "divergences") ?? at(value.json, "causes")).toEqual([]);
  }
  expect([knocks, models.heard.length]).toEqual([1, heard]);
});
