// The example of an agent on a scripted server of models, from the command line: what it does, and how that is read.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { type FakeModels, fakeModels } from "../providers/llm/fake-models.ts";
import {
  anthropicProtocol,
  ollamaProtocol,
  openaiProtocol,
  type Protocol,
} from "../providers/llm/protocols.ts";
import { at, rig } from "./rig.ts";

const here = rig();
let server: FakeModels | undefined;
afterEach(() => server?.close());

const example = fileURLToPath(new URL("../../../examples/agent/workflow.yaml", import.meta.url));

/** Six turns: a call, wrong arguments, right ones beside a tool that there is not, what a person decides, two at once. */
const TURNS = [
  'call multiply {"a": 9, "b": 6}',
  'call add {"a": 54, "b": "five"}',
  'call add {"a": 54, "b": 5}\ncall substract {"a": 1}',
  'call send_invoice {"message": "59 please"}',
  'call multiply {"a": 59, "b": 2}\ncall add {"a": 118, "b": 0}',
  "The fee is 59; the invoice is sent.",
];

/** Runs the example; a person lets the invoice go as soon as that is asked for. */
async function fees(protocol: Protocol) {
  server = await fakeModels(protocol);
  server.script(...TURNS);
  const file = await here().file("workflow.yaml", await readFile(example, "utf8"));
  await here().file(
    "gleitzeit.yaml",
    `providers: {models: {type: ${protocol.type}, url: "${server.url}"}}\n`,
  );
  let agreed: Promise<unknown> | undefined;
  const watch = (err: string): void => {
    if (/waits for approval/.test(err)) agreed ??= here().gleitzeit(["approve", "t", "fees[6]"]);
  };
  const answer = await here().gleitzeit(["run", file, "--id", "t", "--watch"], { watch });
  await agreed;
  return { ...answer, heard: server.heard };
}

const STEPS = [
  { task: "fees[0]", calls: [{ tool: "multiply", task: "fees[1]", status: "succeeded" }] },
  { task: "fees[2]", calls: [{ tool: "add", status: "refused", code: "INVALID_PARAMS" }] },
  {
    task: "fees[3]",
    calls: [
      { tool: "add", task: "fees[4]", status: "succeeded" },
      { tool: "substract", status: "refused", code: "METHOD_NOT_SUPPORTED" },
    ],
  },
  { task: "fees[5]", calls: [{ tool: "send_invoice", task: "fees[7]", status: "succeeded" }] },
  {
    task: "fees[8]",
    calls: [
      { tool: "multiply", task: "fees[9]", status: "succeeded" },
      { tool: "add", task: "fees[10]", status: "succeeded" },
    ],
  },
  { task: "fees[11]", calls: [] },
];

test.each([ollamaProtocol, openaiProtocol, anthropicProtocol])(
  "$type drives the example: each turn is told what came of the calls before it",
  async (protocol) => {
    const { exit, err, heard } = await fees(protocol);
    expect(exit, err).toBe(0);
    expect(err).toContain("fees: its model asks for 2 calls");
    const { json } = await here().gleitzeit(["show", "t", "--json"]);
    expect(at(json, "outputs.answer")).toBe("The fee is 59; the invoice is sent.");
    expect(at(json, "outputs.steps")).toEqual(STEPS);
    expect(heard).toHaveLength(6);
    const said = heard.map(({ body }) => JSON.stringify(body.messages));
    for (const [turn, told] of [
      [1, "54"],
      [2, "INVALID_PARAMS"],
      [3, "METHOD_NOT_SUPPORTED"],
      [4, "59 please"],
      [5, "118"],
    ] as const)
      expect(said[turn], `turn ${turn}`).toContain(told);
  },
);

/** Ids, instants, times and widths differ from run to run; what is said does not. */
const plain = (text: string): string =>
  text
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "RUN")
    .replace(/\b[0-9a-f]{64}\b/g, "WHO")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "WHEN")
    .replace(/\b(?:\d+ min )?[\d.]+ m?s\b/g, "TIME")
    .replace(/127\.0\.0\.1:\d+/g, "HOST")
    .replace(/events {2,}\d+, the last at \d+/, "events  N")
    .replace(/^.*waited for a free place for.*\n/gm, "")
    .replace(/^█ ran .*$/gm, "what the bars mean")
    .replace(/[▄█░─·]+/g, "▄")
    .replace(/[^\S\n]{2,}/g, "  ")
    .replace(/[^\S\n]+$/gm, "");

test("its tree is readable in show, timeline, logs and why", async () => {
  await fees(ollamaProtocol);
  const told: string[] = [];
  for (const argv of [
    ["show", "t"],
    ["show", "t", "--task", "fees[6]"],
    ["show", "t", "--task", "fees[7]"],
    ["timeline", "t"],
    ["logs", "t"],
    ["why", "t", "fees"],
  ]) {
    const { out } = await here().gleitzeit(argv, { columns: 200 });
    told.push(`$ gleitzeit ${argv.join(" ")}`, plain(out));
  }
  await expect(told.join("\n")).toMatchFileSnapshot("agent-told.txt");
});

test("an agent whose steps failed is not told as never started", async () => {
  await here().file("gleitzeit.yaml", 'providers: {models: {type: ollama, url: "http://127.0.0.1:9"}}\n');
  const file = await here().file(
    "lost.yaml",
    "name: Lost\ntasks:\n  - {id: a, method: llm/agent, params: {model: m, prompt: hi}, retry: {max_attempts: 1}}\n",
  );
  const { exit, err } = await here().gleitzeit(["run", file]);
  expect(exit).toBe(1);
  expect(err).toContain("llm/agent");
  expect(err).not.toContain("never started");
});
