// A document that asks a model, from the command line to a server and back.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isObject } from "../../../src/domain/index.ts";
import { type FakeModels, fakeModels } from "../providers/llm/fake-models.ts";
import { ollamaProtocol } from "../providers/llm/protocols.ts";
import { PNG } from "../providers/llm/rig.ts";
import { at, rig } from "./rig.ts";

const here = rig();
let server: FakeModels;
beforeEach(async () => {
  server = await fakeModels(ollamaProtocol);
});
afterEach(() => server.close());

const DOCUMENT = `name: Tides
inputs:
  topic: {type: string, default: tides}
tasks:
  - id: explain
    method: llm/chat
    params: {prompt: "Explain \${inputs.topic}.", model: llama3.2, temperature: 0, seed: 7}
  - id: shorten
    method: llm/chat
    params: {prompt: "Shorten: \${explain.response}", model: llama3.2}
outputs:
  answer: \${shorten.response}
`;

test("a variable with the server's address is enough to ask it", async () => {
  const file = await here().file("tides.yaml", DOCUMENT);
  const env = { GLEITZEIT_OLLAMA_URL: server.url };
  const { exit, json, err } = await here().gleitzeit(["run", file, "--json"], { env });
  expect(err).not.toMatch(/error/);
  expect(exit).toBe(0);
  expect(at(json, "outputs.answer")).toBe("You said: Shorten: You said: Explain tides.");
  expect(at(json, "tasks.explain.result")).toMatchObject({
    role: "assistant",
    model: "llama3.2",
    provider_id: "ollama",
    tokens_used: 12,
    total_duration: 1.5,
    finish_reason: "stop",
  });
  expect(server.heard[0]?.body).toMatchObject({ options: { temperature: 0, seed: 7 } });
});

test("with --watch the answer is shown as lines, while it comes; it stands in the log once", async () => {
  const file = await here().file("tides.yaml", DOCUMENT);
  server.script("Ebb.\nAnd flood.", "Water moves.");
  const env = { GLEITZEIT_OLLAMA_URL: server.url };
  const { exit, err } = await here().gleitzeit(["run", file, "--watch", "--id", "t"], { env });
  expect(exit).toBe(0);
  expect(err).toMatch(/explain \| Ebb\.\nexplain \| And flood\.\nexplain: succeeded/);
  expect(err).toMatch(/shorten \| Water moves\.\nshorten: succeeded/);
  const { lines } = await here().gleitzeit(["events", "t", "--json"]);
  expect(
    lines.filter((event) => JSON.stringify(event).includes("And flood.")).map(({ type }) => type),
  ).toEqual(["TaskSucceeded", "TaskScheduled"]);
  expect(lines.find(({ type }) => type === "TaskSucceeded")).toMatchObject({
    data: {
      model: "llama3.2",
      modelDigest: "digest-of-llama3.2",
      usage: { inputTokens: 7, outputTokens: 5 },
    },
  });
});

test("on a terminal the tree shows what a model is just saying", async () => {
  const text = DOCUMENT.replace("model: llama3.2, temperature", "model: drip, temperature");
  const file = await here().file("tides.yaml", text);
  const waiting = server.waiting();
  let shown = (): void => undefined;
  const seen = new Promise<void>((resolve) => {
    shown = resolve;
  });
  const watch = (err: string): void => {
    if (/drop, and another/.test(err)) shown();
  };
  const run = here().gleitzeit(["run", file], {
    env: { GLEITZEIT_OLLAMA_URL: server.url },
    isTTY: true,
    watch,
  });
  const { say, end } = await waiting;
  say(", and ");
  say("another");
  await seen;
  end();
  expect((await run).exit).toBe(0);
});

test("without a model the document is refused, and the error says what to set", async () => {
  const file = await here().file("tides.yaml", DOCUMENT);
  for (const command of ["run", "validate"]) {
    const { exit, json } = await here().gleitzeit([command, file, "--json"]);
    expect(exit).toBe(3);
    expect(JSON.stringify(json)).toMatch(
      /PROTOCOL_NOT_FOUND.*nothing speaks `llm\/v1`.*GLEITZEIT_OLLAMA_URL=http/,
    );
  }
  const methods = await here().gleitzeit(["providers", "methods", "llm", "--json"]);
  expect(at(methods.json, "error.message")).toContain("GLEITZEIT_OLLAMA_URL");
});

test("init --type llm writes a project that runs at once where there is a model", async () => {
  const env = { GLEITZEIT_OLLAMA_URL: server.url };
  const folder = join(here().folder, "harbour");
  expect((await here().gleitzeit(["init", folder, "--type", "llm"], { env })).exit).toBe(0);
  const { exit, json } = await here().gleitzeit(["run", join(folder, "workflow.yaml"), "--json"], { env });
  expect({ exit, answer: at(json, "outputs.answer") }).toEqual({
    exit: 0,
    answer: "You said: Say it in one sentence: You said: Explain tides in three sentences.",
  });
});

test("batch asks about each text, and about each picture with --vision; what fails fails by itself", async () => {
  const env = { GLEITZEIT_OLLAMA_URL: server.url };
  await here().file("letters/a.txt", "low tide");
  await here().file("letters/b.txt", "high tide");
  const output = join(here().folder, "said.md");
  const letters = join(here().folder, "letters");
  const argv = ["batch", letters, "--prompt", "Shorten.", "--model", "llama3.2", "--output", output];
  expect((await here().gleitzeit(argv, { env })).exit).toBe(0);
  const written = await readFile(output, "utf8");
  expect(written).toContain("low tide");
  expect(written).toContain("high tide");
  expect(server.heard[0]?.text).toBe("Shorten.\n\nFile content from a.txt:\nlow tide");

  await writeFile(join(letters, "c.png"), Buffer.from(PNG, "base64"));
  const vision = ["batch", letters, "--vision", "--prompt", "What is it?", "--model", "llava", "--json"];
  const { exit, json } = await here().gleitzeit(vision, { env });
  expect(exit).toBe(1);
  const tasks = Object.entries(isObject(json.tasks) ? json.tasks : {});
  expect(tasks.map(([id, task]) => [id, at(task, "status")])).toEqual([
    ["process-a-txt-0", "failed"],
    ["process-b-txt-1", "failed"],
    ["process-c-png-2", "succeeded"],
  ]);
  expect(JSON.stringify(server.heard.at(-1)?.body)).toContain(PNG);
});

test("what cannot be asked is refused before anything runs, with its place", async () => {
  const text = `name: Wrong
tasks:
  - id: ask
    method: llm/chat
    params: {promt: hello, temperature: hot}
`;
  const file = await here().file("wrong.yaml", text);
  const { exit, out } = await here().gleitzeit(["validate", file, "--json"], {
    env: { GLEITZEIT_OLLAMA_URL: server.url },
  });
  expect(exit).toBe(3);
  expect(out).toMatch(/unknown parameter `promt`/);
  expect(out).toMatch(/temperature/);
  expect(server.heard).toEqual([]);
});

test("what a call cost is recorded with it, where the configuration has the price", async () => {
  await here().file(
    "gleitzeit.yaml",
    `providers: {local: {type: ollama, url: "${server.url}", prices: {llama3.2: {input: 1, output: 3}}}}\n`,
  );
  const file = await here().file("tides.yaml", DOCUMENT);
  expect((await here().gleitzeit(["run", file, "--id", "t"])).exit).toBe(0);
  const { lines } = await here().gleitzeit(["events", "t", "--json", "--type", "TaskSucceeded"]);
  expect(lines[0]).toMatchObject({ data: { provider: "local", usage: { costMicros: 22 } } });
  const { json } = await here().gleitzeit(["show", "t", "--json"]);
  expect(at(json, "tasks.explain")).toMatchObject({
    model: "llama3.2",
    modelDigest: "digest-of-llama3.2",
    usage: { inputTokens: 7, outputTokens: 5, costMicros: 22 },
  });
  const { out } = await here().gleitzeit(["show", "t", "--task", "explain"]);
  expect(out).toContain("llama3.2, 7 tokens read, 5 written, cost 0.000022");
});

test("the example asks about each letter, holds the answers to its schema, and writes a note", async () => {
  const example = fileURLToPath(new URL("../../../examples/model/workflow.yaml", import.meta.url));
  const card = (urgent: boolean): string => JSON.stringify({ wish: "something", urgent });
  server.answers(({ text }) =>
    text.includes("Harms") ? card(true) : text.includes("Petersen") ? card(false) : undefined,
  );
  const env = { GLEITZEIT_OLLAMA_URL: server.url };
  const { exit, json } = await here().gleitzeit(["run", example, "--json"], { env });
  expect(exit).toBe(0);
  expect(at(json, "outputs")).toEqual({
    urgent: [true, false],
    note: expect.stringContaining(
      '{"urgent":true,"wish":"something"} and {"urgent":false,"wish":"something"}',
    ),
  });
  expect(server.heard[0]?.body).toMatchObject({ format: { required: ["wish", "urgent"] } });
});
