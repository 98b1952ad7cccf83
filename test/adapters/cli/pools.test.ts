// A provider with several instances, from the configuration to the log and back, a process after the other.
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeModels, fakeModels } from "../providers/llm/fake-models.ts";
import { ollamaProtocol } from "../providers/llm/protocols.ts";
import { at, rig } from "./rig.ts";

const here = rig({ withImages: true });
let servers: readonly FakeModels[] = [];
beforeEach(async () => {
  servers = await Promise.all([1, 2, 3].map(() => fakeModels(ollamaProtocol)));
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
});

const configured = (more = ""): Promise<string> => {
  const instances = servers.map(({ url }, i) => `      - {url: "${url}", name: ${"abc"[i]}}`).join("\n");
  return here().file(
    "gleitzeit.yaml",
    `providers:
  fleet:
    type: ollama
    default_model: llama3.2
    strategy: round_robin
    circuit_breaker: {failure_threshold: 1}
    health_check: {enabled: false}
${more}    instances:
${instances}
`,
  );
};

const DOCUMENT = `name: Tides
tasks:
  - {id: one, method: llm/chat, params: {prompt: one}}
  - {id: two, method: llm/chat, params: {prompt: two}, dependencies: [one]}
  - {id: three, method: llm/chat, params: {prompt: three}, dependencies: [two]}
`;

test("each attempt says who answered it and who was tried; how instances stand is there in the next process", async () => {
  await configured();
  await servers[1]?.close();
  const file = await here().file("tides.yaml", DOCUMENT);
  const ran = await here().gleitzeit(["run", file, "--id", "t", "--json"]);
  expect(ran.exit, ran.out).toBe(0);
  const { lines } = await here().gleitzeit(["events", "t", "--type", "TaskSucceeded", "--json"]);
  expect(lines.map(({ data }) => data)).toMatchObject([
    { task: "one", provider: "fleet", instance: "a" },
    { task: "two", instance: "c", tried: [{ instance: "b", code: "CONNECTION_REFUSED" }] },
    { task: "three", provider: "fleet" },
  ]);
  const shown = await here().gleitzeit(["show", "t", "--task", "two"]);
  expect(shown.out).toMatch(/attempt 1 by fleet \(c\): succeeded/);

  const { exit, json, out } = await here().gleitzeit(["providers", "health", "--json"]);
  expect(exit, out).toBe(0);
  const items = at(json, "items");
  expect(items).toContainEqual({
    provider: "fleet",
    protocol: "llm/v1",
    status: "degraded",
    detail: "2 of 3 instances take calls",
    instances: [
      expect.objectContaining({ instance: "a", status: "healthy", breaker: "closed", draining: false }),
      expect.objectContaining({
        instance: "b",
        status: "unhealthy",
        breaker: "open",
        until: expect.any(String),
      }),
      expect.objectContaining({ instance: "c", status: "healthy", breaker: "closed" }),
    ],
  });
  const told = await here().gleitzeit(["providers", "health"]);
  expect(told.out).toMatch(/^fleet +degraded +2 of 3/m);
  expect(told.out).toMatch(/^ {2}b +unhealthy +breaker open until/m);
});

test("a queue that is full says so", async () => {
  await configured("    max_concurrent: 1\n    max_queue: 0\n");
  const document = `name: Many
tasks:
  - {id: all, method: llm/chat, for_each: ["1", "2", "3", "4"], params: {prompt: "\${item}", model: drip}, retry: {max_attempts: 1}}
`;
  const file = await here().file("many.yaml", document);
  for (const server of servers) void server.waiting().then((waiting) => waiting.end());
  const { exit, json } = await here().gleitzeit(["run", file, "--json"]);
  expect(exit).toBe(1);
  expect(JSON.stringify(at(json, "tasks"))).toContain("every instance of provider `fleet` is busy");
});
