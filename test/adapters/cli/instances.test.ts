// What operators do with instances and with providers that stand in for one another.
import { afterEach, beforeEach, expect, test } from "vitest";
import { systemClock } from "../../../src/adapters/host/index.ts";
import { outbound } from "../../../src/adapters/outbound/index.ts";
import { discovered } from "../../../src/adapters/providers/llm/index.ts";
import { canary } from "../outbound/canary.ts";
import { type FakeModels, fakeModels } from "../providers/llm/fake-models.ts";
import { ollamaProtocol, openaiProtocol } from "../providers/llm/protocols.ts";
import { at, rig } from "./rig.ts";

const here = rig({ withImages: true });
let servers: readonly FakeModels[] = [];
beforeEach(async () => {
  servers = await Promise.all([
    fakeModels(ollamaProtocol),
    fakeModels(ollamaProtocol),
    fakeModels(openaiProtocol, ["gpt-5-mini"]),
  ]);
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
});

const url = (place: number): string => servers[place]?.url ?? "";

const configured = (more = ""): Promise<string> =>
  here().file(
    "gleitzeit.yaml",
    `providers:
  spare: {type: openai, url: "${url(2)}", default_model: gpt-5-mini}
  fleet:
    type: ollama
    default_model: llama3.2
    health_check: {enabled: false}
    instances: [{url: "${url(0)}", name: a}, {url: "${url(1)}", name: b}]
${more}`,
  );

const DOCUMENT = `name: Tides
tasks: [{id: ask, method: llm/chat, params: {prompt: ahoy}PROVIDER}]
`;
const asked = async (id: string, provider = "") => {
  const file = await here().file("tides.yaml", DOCUMENT.replace("PROVIDER", provider));
  const ran = await here().gleitzeit(["run", file, "--id", id, "--json"]);
  const { lines } = await here().gleitzeit(["events", id, "--type", "TaskSucceeded", "--json"]);
  return { ...ran, data: lines[0]?.data };
};

test("an instance that is drained gets no calls, in the next process either, until it gets them again", async () => {
  await configured("fallbacks: {llm/v1: [fleet]}\n");
  const drain = await here().gleitzeit([
    "providers",
    "drain",
    "fleet",
    "a",
    "--reason",
    "new disks",
    "--json",
  ]);
  expect(drain).toMatchObject({
    exit: 0,
    json: { provider: "fleet", instance: "a", draining: true, changed: true },
  });
  for (const id of ["t1", "t2"]) expect((await asked(id)).data).toMatchObject({ instance: "b" });
  const again = await here().gleitzeit(["providers", "drain", "fleet", "a"]);
  expect(again.out).toBe("a of fleet is being drained already\n");
  const health = await here().gleitzeit(["providers", "health"]);
  expect(health.out).toMatch(/^ {2}a +healthy +draining/m);
  const undrain = await here().gleitzeit(["providers", "undrain", "fleet", "a", "--json"]);
  expect(undrain.json).toEqual({ provider: "fleet", instance: "a", draining: false, changed: true });
  expect((await asked("t3")).data).toMatchObject({ instance: "a" });
  expect((await here().gleitzeit(["store", "check", "--json"])).exit).toBe(0);
});

test("what is not there is not drained, and what was meant is said", async () => {
  await configured();
  const provider = await here().gleitzeit(["providers", "drain", "fleets", "a"]);
  expect(provider.exit).toBe(4);
  expect(provider.err).toContain("no provider `fleets` has several instances: did you mean `fleet`?");
  const instance = await here().gleitzeit(["providers", "drain", "fleet", "nowhere"]);
  expect(instance.exit).toBe(4);
  expect(instance.err).toContain("provider `fleet` has no instance `nowhere`; there are a, b");
});

test("a provider stands in for another that cannot be reached; the attempt says who answered, and who was tried", async () => {
  await configured("fallbacks: {llm/v1: [fleet, spare]}\n");
  expect((await asked("t1")).data).toMatchObject({ provider: "fleet", model: "llama3.2" });
  await servers[0]?.close();
  await servers[1]?.close();
  expect((await asked("t2")).data).toMatchObject({
    provider: "spare",
    instance: url(2).replace("/v1", ""),
    model: "gpt-5-mini",
    tried: [
      { instance: "a", code: "CONNECTION_REFUSED" },
      { instance: "b", code: "CONNECTION_REFUSED" },
    ],
  });
  const pinned = await asked("t3", ", provider: fleet, retry: {max_attempts: 1}");
  expect(pinned.exit).toBe(1);
  expect(at(pinned.json, "tasks.ask.error.code")).toBe("CONNECTION_REFUSED");
});

test("a model that the other has not is not asked there: its own is, or the one that is named", async () => {
  const model = ", model: llama3.2";
  await configured("fallbacks: {llm/v1: [fleet, {provider: spare, model: gpt-5}]}\n");
  await servers[0]?.close();
  await servers[1]?.close();
  await asked("t1", model);
  await configured("fallbacks: {llm/v1: [fleet, spare]}\n");
  await asked("t2", model);
  expect(servers[2]?.heard.map((heard) => heard.model)).toEqual(["gpt-5", "gpt-5-mini"]);
});

test("a name that nobody has is told before anything runs", async () => {
  await configured("fallbacks: {llm/v1: [fleet, spar]}\n");
  const { exit, err } = await here().gleitzeit(["providers", "list"]);
  expect(exit).toBe(3);
  expect(err).toContain("`fallbacks`: no provider `spar` speaks llm/v1: did you mean `spare`?");
});

test("servers that answer where such servers are are told, others are not, and nothing is added", async () => {
  const page = await canary((_, response) => void response.end("<h1>hello</h1>"));
  const client = outbound({});
  const ports = [0, 1].map((place) => Number(new URL(url(place)).port));
  const found = await discovered(client, systemClock(), [...ports, page.port]);
  expect(found.map((one) => one.url)).toEqual([url(0), url(1)]);
  expect(found[0]?.models).toContain("llama3.2:latest");
  await client.close();
  await page.close();
  const { exit, json } = await here().gleitzeit(["providers", "discover", "--json"]);
  expect(exit).toBe(0);
  expect(at(json, "items")).toEqual(expect.any(Array));
  expect((await here().gleitzeit(["config", "path"])).out).not.toContain("gleitzeit.yaml");
});
