// Servers of other kinds than models, several of them for one another: JSON-RPC and MCP, through the same pool.
import { expect, test } from "vitest";
import { instances, ran, reached, rpc } from "./place-servers.ts";
import { at, rig } from "./rig.ts";

const here = rig();

test("jsonrpc: an endpoint and the protocol of its own share their instances, and what the log knows of them", async () => {
  const servers = [await rpc("one"), await rpc("two")];
  await servers[0]?.close();
  await here().file(
    "gleitzeit.yaml",
    `providers:
  quay:
    type: jsonrpc
    protocol: quay/v1
    methods: {who: {description: Who.}}
    circuit_breaker: {failure_threshold: 1}
    health_check: {enabled: false}
    instances: ${instances(servers)}
`,
  );
  const { exit, json, out } = await ran(
    here(),
    `  - {id: t1, method: quay/who}
  - {id: t2, method: jsonrpc/call, dependencies: [t1], params: {method: who}}
`,
  );
  expect(exit, out).toBe(0);
  expect(at(json, "tasks.t1.result")).toBe("two");
  expect(await reached(here())).toEqual([
    ["t1", "b", [{ instance: "a", code: "CONNECTION_REFUSED" }]],
    ["t2", "b", []],
  ]);
});

test("mcp: servers over HTTP stand for one another; a drained one is left alone", async () => {
  const servers = [await rpc("one"), await rpc("two")];
  await here().file(
    "gleitzeit.yaml",
    `providers:\n  port:\n    type: mcp\n    instances: ${instances(servers, "/mcp")}\n`,
  );
  const drained = await here().gleitzeit(["providers", "drain", "port", "a"]);
  expect(drained.exit, drained.err).toBe(0);
  const { exit, json, out } = await ran(
    here(),
    "  - {id: t, method: mcp/tool.who, for_each: [1, 2, 3], params: {server: port}}\n",
  );
  expect(exit, out).toBe(0);
  expect(JSON.stringify(at(json, "tasks"))).toMatch(/"two"/);
  expect(JSON.stringify(at(json, "tasks"))).not.toMatch(/"one"/);
  expect((await reached(here())).filter((one) => Array.isArray(one) && one[1] === "b")).toHaveLength(3);
});

test.each([
  ["{type: http}", "expected either `url` or `instances`"],
  ['{type: http, url: "http://a", instances: [{url: "http://b"}]}', "expected either `url` or `instances`"],
  [
    '{type: mcp, url: "http://a", instances: [{url: "http://b"}]}',
    "expected either `command`, `url` or `instances`",
  ],
  ["{type: mcp, tools_dir: t, strategy: random}", "does not stand beside `tools_dir`"],
  [
    '{type: jsonrpc, instances: [{url: "http://a", name: x}, {url: "http://b", name: x}]}',
    "two instances have one `name`",
  ],
  ['{type: http, url: "http://a", health_path: "http://b"}', "expected a path such as /healthz"],
])("%s is refused: %s", async (settings, problem) => {
  const file = await here().file("gleitzeit.yaml", `providers:\n  x: ${settings}\n`);
  const { exit, out } = await here().gleitzeit(["config", "validate", file, "--json"]);
  expect(exit).not.toBe(0);
  expect(out).toContain(problem);
});
