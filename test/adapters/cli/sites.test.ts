// `{type: http}`: servers that documents reach by paths, with what the operator says of them.
import { expect, test } from "vitest";
import { systemClock } from "../../../src/adapters/host/index.ts";
import { outbound } from "../../../src/adapters/outbound/index.ts";
import { siteProvider } from "../../../src/adapters/providers/http/index.ts";
import { instances, mirror, ran, reached, say, server } from "./place-servers.ts";
import { at, rig } from "./rig.ts";

const here = rig();

test("http: paths go to each in turn, with the operator's headers; one that is gone is passed over and said so", async () => {
  const servers = [await mirror("one"), await mirror("two"), await mirror("three")];
  await servers[1]?.close();
  await here().file(
    "gleitzeit.yaml",
    `providers:
  shop:
    type: http
    headers: {X-Key: "\${secret.SHOP_KEY}"}
    strategy: round_robin
    circuit_breaker: {failure_threshold: 1}
    instances: ${instances(servers, "/v1/")}
`,
  );
  const task = (id: string, after: string, params: string): string =>
    `  - {id: ${id}, method: http/request, provider: shop, dependencies: [${after}], params: ${params}}\n`;
  const { exit, json, out } = await ran(
    here(),
    task("t1", "", "{url: /orders?open=1, headers: {x-key: mine, x-trace: t}}") +
      task("t2", "t1", "{url: /orders}") +
      task("t3", "t2", '{url: "/a/../b"}'),
  );
  expect(exit, out).toBe(0);
  expect(at(json, "tasks.t1.result.json")).toEqual({
    name: "one",
    url: "/v1/orders?open=1",
    key: "***",
    trace: "t",
  });
  expect(at(json, "tasks.t2.result.json.name")).toBe("three");
  expect(at(json, "tasks.t3.result.json.url")).toBe("/v1/b");
  expect(await reached(here())).toEqual([
    ["t1", "a", []],
    ["t2", "c", [{ instance: "b", code: "CONNECTION_REFUSED" }]],
    ["t3", expect.any(String), []],
  ]);
});

test.each([
  ["http://elsewhere.example/", "expected a path such as /orders"],
  ["//elsewhere.example/", "expected a path such as /orders"],
  ["/\\\\elsewhere.example", "expected a path such as /orders"],
  ["/../private", "leads out of the address"],
  ["/%2e%2e/private", "leads out of the address"],
  ["/a/..%5c../private", ""],
])("http: %j is no way out of the address that the operator gave", async (url, problem) => {
  const only = await mirror("one");
  await here().file(
    "gleitzeit.yaml",
    `providers: {shop: {type: http, url: "http://127.0.0.1:${only.port}/v1"}}\n`,
  );
  const { exit, out, json } = await ran(
    here(),
    `  - {id: t, method: http/request, provider: shop, params: {url: ${JSON.stringify(url)}}}\n`,
  );
  if (problem === "") {
    expect(at(json, "tasks.t.result.json.url")).toMatch(/^\/v1\//);
    return;
  }
  expect(exit).not.toBe(0);
  expect(out).toContain(problem);
  expect(only.visits()).toBe(0);
});

test("http: without `provider` nobody asks there, and a path is no address", async () => {
  const only = await mirror("one");
  await here().file(
    "gleitzeit.yaml",
    `providers: {shop: {type: http, url: "http://127.0.0.1:${only.port}"}}\n`,
  );
  const { out } = await ran(here(), "  - {id: t, method: http/request, params: {url: /orders}}\n");
  expect(out).toContain("expected a whole address");
  expect(only.visits()).toBe(0);
});

test.each([
  ["/fine", "healthy"],
  ["/sick", "unhealthy"],
])("http: a server is as well as its health path %s says: %s", async (healthPath, status) => {
  const one = await server(({ request: { url } }, response) =>
    say(response, {}, url === "/v1/fine" ? 200 : 500),
  );
  const client = outbound({});
  const way = async () => ({ url: `http://127.0.0.1:${one.port}/v1`, headers: {} });
  const clock = systemClock();
  const site = siteProvider({ name: "shop", outbound: client, clock, mostBytes: 1000, way, healthPath });
  expect(await site.health?.()).toMatchObject({ status });
  await site.close();
  await client.close();
});
