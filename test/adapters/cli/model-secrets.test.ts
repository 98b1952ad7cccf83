// Keys of models: they reach the server that they are for, and nothing else; its address opens nothing for others.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeModels, fakeModels } from "../providers/llm/fake-models.ts";
import { anthropicProtocol, openaiProtocol } from "../providers/llm/protocols.ts";
import { at, rig } from "./rig.ts";

const here = rig();
const KEY = "sk-canary-4f1c0ffee";
let server: FakeModels;
beforeEach(async () => {
  server = await fakeModels(openaiProtocol);
});
afterEach(() => server.close());

const TELLING = `name: Telling
tasks:
  - {id: told, method: llm/chat, params: {prompt: x, model: tattler}}
  - {id: refused, method: llm/chat, params: {prompt: x, model: tattler-401}, on_failure: continue}
`;

async function everyFile(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map(({ parentPath, name }) => readFile(join(parentPath, name), "latin1")),
  );
  return texts.join("\n");
}

test("a key is in no file, event, error, log line or output, also when the server sends it back", async () => {
  const file = await here().file("telling.yaml", TELLING);
  const env = { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: server.url };
  const said: string[] = [];
  for (const argv of [
    ["run", file, "--id", "t", "--json", "--verbose"],
    ["run", file, "--watch"],
    ["show", "t", "--json"],
    ["logs", "t"],
    ["events", "t", "--json"],
    ["config", "show", "--json"],
    ["providers", "list", "--json"],
  ]) {
    const { out, err } = await here().gleitzeit(argv, { env });
    said.push(out, err);
  }
  expect(server.heard.length).toBeGreaterThanOrEqual(4);
  expect(JSON.stringify(server.heard.map(({ headers }) => headers.authorization))).toContain(KEY);
  expect(said.join("\n")).not.toContain(KEY);
  expect(said.join("\n")).toContain("***");
  expect(await everyFile(here().home)).not.toContain(KEY);
  expect((await everyFile(here().home)).length).toBeGreaterThan(1000);
});

test("a key of the file is read from the variable that it names; without it the task says what to set", async () => {
  const anthropic = await fakeModels(anthropicProtocol);
  await here().file(
    "gleitzeit.yaml",
    `providers:
  claude: {type: anthropic, url: "${anthropic.url}", api_key: "\${secret.HARBOUR_KEY}", default_model: claude-x}
`,
  );
  const file = await here().file(
    "ask.yaml",
    "name: Ask\ntasks: [{id: ask, method: llm/chat, params: {prompt: x}}]\n",
  );
  const without = await here().gleitzeit(["run", file, "--json"]);
  expect(without.exit).toBe(1);
  expect(at(without.json, "tasks.ask.error")).toMatchObject({
    code: "CONFIGURATION_ERROR",
    retryable: false,
  });
  expect(at(without.json, "tasks.ask.error.message")).toContain("HARBOUR_KEY");
  const { exit } = await here().gleitzeit(["run", file, "--json"], { env: { HARBOUR_KEY: KEY } });
  expect(exit).toBe(0);
  expect(anthropic.heard.map(({ headers }) => headers["x-api-key"])).toEqual([KEY]);
  await anthropic.close();
});

test("a key of the vault is used as it is when the call is made, and goes before the variable", async () => {
  await here().file(
    "gleitzeit.yaml",
    `providers: {m: {type: openai, url: "${server.url}", api_key: "\${secret.MY-KEY}"}}\n`,
  );
  const file = await here().file("telling.yaml", TELLING);
  const said: string[] = [];
  for (const [command, key] of [
    ["set", `${KEY}-1`],
    ["rotate", `${KEY}-2`],
  ] as const) {
    await here().gleitzeit(["secrets", command, "MY-KEY"], { input: key });
    const { exit, out, err } = await here().gleitzeit(["run", file, "--json"], {
      env: { "MY-KEY": "another" },
    });
    expect(exit).toBe(0);
    said.push(out, err);
  }
  const heard = new Set(server.heard.map(({ headers }) => headers.authorization));
  expect([...heard]).toEqual([`Bearer ${KEY}-1`, `Bearer ${KEY}-2`]);
  expect(said.join("\n")).not.toContain(KEY);
  expect(await everyFile(here().home)).not.toContain(KEY);
});

test("that a provider is on this machine opens this machine to no document", async () => {
  const file = await here().file(
    "both.yaml",
    `name: Both
tasks:
  - {id: ask, method: llm/chat, params: {prompt: x, model: m}}
  - {id: request, method: http/request, params: {url: "${server.url}/models"}}
`,
  );
  const { json } = await here().gleitzeit(["run", file, "--json"], { env: { OPENAI_BASE_URL: server.url } });
  expect(at(json, "tasks.ask.status")).toBe("succeeded");
  expect(at(json, "tasks.request.error.code")).toBe("DESTINATION_NOT_ALLOWED");
});

test("of several providers the one that has the model is asked, else the first that can, or the one that is named", async () => {
  const anthropic = await fakeModels(anthropicProtocol);
  await here().file(
    "gleitzeit.yaml",
    `providers:
  claude: {type: anthropic, url: "${anthropic.url}", default_model: claude-x}
  office: {type: openai, url: "${server.url}", models: [small, large]}
`,
  );
  const file = await here().file(
    "several.yaml",
    `name: Several
tasks:
  - {id: first, method: llm/chat, params: {prompt: x}}
  - {id: declared, method: llm/chat, params: {prompt: x, model: large}}
  - {id: able, method: llm/embed, params: {text: x}}
  - {id: named, method: llm/chat, provider: office, params: {prompt: x}}
  - {id: instead, method: llm/chat, params: {prompt: x, model: status-401}, fallback: [{provider: office, params: {prompt: x}}]}
outputs:
  first: \${first.provider_id}
  declared: \${declared.provider_id}
  able: \${able.model}
  named: \${named.model}
  instead: \${instead.provider_id}
`,
  );
  const { json } = await here().gleitzeit(["run", file, "--json"]);
  expect(json.outputs).toEqual({
    first: "claude",
    declared: "office",
    able: "small",
    named: "small",
    instead: "office",
  });
  await anthropic.close();
});
