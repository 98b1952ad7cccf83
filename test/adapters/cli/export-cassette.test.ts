// A run that nobody recorded is made a cassette of afterwards, from the log alone, and played where nothing can be reached.
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeModels, fakeModels } from "../providers/llm/fake-models.ts";
import { ollamaProtocol } from "../providers/llm/protocols.ts";
import { at, rig, text } from "./rig.ts";

const here = rig();
let models: FakeModels;
beforeEach(async () => {
  models = await fakeModels(ollamaProtocol);
});
afterEach(() => models.close());

const INNER = `name: Inner
inputs: {word: {type: string}}
tasks:
  - {id: say, method: llm/chat, params: {prompt: "Say \${inputs.word} in \${run.id}.", model: llama3.2}}
`;
const DOCUMENT = `name: Tides
tasks:
  - {id: explain, method: llm/chat, params: {prompt: Explain it., file_path: tides.txt, model: llama3.2}}
  - id: each
    for_each: [1, 2, 2]
    method: javascript/execute
    params: {code: "result = context.n * 3", context: {n: "\${item}"}}
  - {id: inner, workflow: ./inner.yaml, inputs: {word: "\${explain}"}}
  - {id: wrong, method: javascript/execute, params: {code: "throw new Error('no')"}, on_failure: continue}
  - {id: sum, method: llm/agent, params: {prompt: Add., model: llama3.2, tools: [mcp/tool.add]}, dependencies: [explain]}
outputs: {each: "\${each}", inner: "\${inner}", sum: "\${sum}", wrong: "\${wrong.error.code}"}
`;

/** Each run is told of by its own id. */
const anyRun = (value: unknown): string =>
  JSON.stringify(value).replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "RUN");

test("what is played is what the run came to, in every attempt, child, element and turn", async () => {
  const file = await here().file("tides.yaml", DOCUMENT);
  await here().file("inner.yaml", INNER);
  await here().file("tides.txt", "High and low.");
  models.answers(({ body }) => {
    const said = JSON.stringify(body);
    if (!said.includes("Add.")) return undefined;
    return said.includes('"tool"') ? "It is 3." : 'call add {"a": 1, "b": 2}';
  });
  const env = { GLEITZEIT_OLLAMA_URL: models.url };
  const ran = await here().gleitzeit(["run", file, "--json"], { env });
  expect([ran.exit, at(ran.json, "outputs.sum")]).toEqual([0, "It is 3."]);
  const heard = models.heard.length;
  await models.close();

  const run = text(ran.json, "runId");
  const made = await here().gleitzeit(["export", run, "--format", "cassette", "-o", "tape", "--json"]);
  expect({ exit: made.exit, json: made.json }).toMatchObject({
    exit: 0,
    json: { folder: "tape", format: "cassette" },
  });
  const files = await readdir(join(here().folder, "tape"));
  expect(files.map((name) => name.split(".")[0])).toEqual(
    expect.arrayContaining(["each-0", "each-1", "each-2", "explain", "say", "wrong", "sum-0"]),
  );
  const texts = await Promise.all(files.map((name) => readFile(join(here().folder, "tape", name), "utf8")));
  expect(texts.join("")).not.toContain(run);

  const played = await here().gleitzeit(["run", file, "--play", "tape", "--json"]);
  expect([played.exit, anyRun(at(played.json, "outputs"))]).toEqual([0, anyRun(at(ran.json, "outputs"))]);
  expect(at(played.json, "tasks.explain.result")).toEqual(at(ran.json, "tasks.explain.result"));
  expect(at(played.json, "tasks.wrong.error.message")).toEqual(at(ran.json, "tasks.wrong.error.message"));
  expect(models.heard.length).toBe(heard);

  await rm(join(here().folder, "tape", files.find((name) => name.startsWith("explain")) ?? ""));
  const without = await here().gleitzeit(["run", file, "--play", "tape", "--json"]);
  expect(at(without.json, "tasks.explain.error.code")).toBe("CALL_NOT_RECORDED");
});

test("what a fork took over was not called, so it is in no cassette of the fork", async () => {
  const echo = await here().file(
    "two.yaml",
    'name: Two\ntasks:\n  - {id: a, method: echo/echo, params: {message: 1}}\n  - {id: b, method: echo/echo, params: {message: "${a}"}}\n',
  );
  const ran = await here().gleitzeit(["run", echo, "--json"]);
  const fork = await here().gleitzeit(["fork", text(ran.json, "runId"), "--from", "b", "--json"]);
  const made = await here().gleitzeit([
    "export",
    text(fork.json, "runId"),
    "--format",
    "cassette",
    "-o",
    "tape",
    "--json",
  ]);
  expect(made.json).toEqual({ folder: "tape", format: "cassette", calls: 1 });
});

test("a run whose values were erased is none any more, and says so", async () => {
  const file = await here().file(
    "s.yaml",
    "name: S\ntasks:\n  - {id: a, method: echo/echo, params: {message: 1}}\n",
  );
  const ran = await here().gleitzeit(["run", file, "--subject", "anna", "--json"]);
  await here().gleitzeit(["erase", "anna", "--reason", "she asked", "--json"]);
  const run = text(ran.json, "runId");
  const made = await here().gleitzeit(["export", run, "--format", "cassette", "-o", "tape"]);
  expect(made.exit).toBe(3);
  expect(made.err).toContain("has been erased");
  const lines = await here().gleitzeit(["export", run, "--format", "cloudevents"]);
  expect(lines.exit).toBe(0);
  expect(lines.out).toContain('"values":{"$erased":true}');
});
