// The example of an agent on a scripted server of models, from the command line: what it does, and how that is read.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeModels, fakeModels } from "../providers/llm/fake-models.ts";
import { ollamaProtocol } from "../providers/llm/protocols.ts";
import { at, rig } from "./rig.ts";

const here = rig();
let server: FakeModels;
beforeEach(async () => {
  server = await fakeModels(ollamaProtocol);
});
afterEach(() => server.close());

const example = fileURLToPath(new URL("../../../examples/agent/workflow.yaml", import.meta.url));

/** Runs the example; a person lets the invoice go as soon as that is asked for. */
async function fees(...turns: readonly string[]) {
  server.script(...turns);
  const file = await here().file("workflow.yaml", await readFile(example, "utf8"));
  const env = { GLEITZEIT_OLLAMA_URL: server.url };
  let agreed: Promise<unknown> | undefined;
  const watch = (err: string): void => {
    if (/waits for approval/.test(err)) agreed ??= here().gleitzeit(["approve", "t", "fees[6]"], { env });
  };
  const answer = await here().gleitzeit(["run", file, "--id", "t", "--watch"], { env, watch });
  await agreed;
  return answer;
}

const TURNS = [
  'call multiply {"a": 9, "b": 6}',
  'call add {"a": 54, "b": "five"}',
  'call add {"a": 54, "b": 5}',
  'call send_invoice {"message": "59 please"}',
  "The fee is 59; the invoice is sent.",
];

test("the example runs, and each of its steps is a row of `show`, a line of `timeline`, a paragraph of `logs`", async () => {
  const { exit, err } = await fees(...TURNS);
  expect(exit, err).toBe(0);
  expect(err).toContain("fees: its model asks for 1 call");
  const { json } = await here().gleitzeit(["show", "t", "--json"]);
  expect(at(json, "outputs.answer")).toBe("The fee is 59; the invoice is sent.");
  expect(at(json, "outputs.steps")).toMatchObject([
    { calls: [{ tool: "multiply", task: "fees[1]", status: "succeeded" }] },
    { calls: [{ tool: "add", status: "refused", code: "INVALID_PARAMS" }] },
    { calls: [{ tool: "add", task: "fees[4]" }] },
    { calls: [{ tool: "send_invoice", task: "fees[7]", status: "succeeded" }] },
    { calls: [] },
  ]);
  const { out: shown } = await here().gleitzeit(["show", "t"]);
  const rows = shown.split("\n").map((row) => row.trim().split(/\s{2,}/));
  const methods = rows.filter(([task]) => task?.startsWith("fees")).map((row) => [row[0], row[4]]);
  expect(methods).toEqual([
    ["fees", "llm/agent"],
    ["fees[0]", "llm/chat"],
    ["fees[1]", "mcp/tool.multiply"],
    ["fees[2]", "llm/chat"],
    ["fees[3]", "llm/chat"],
    ["fees[4]", "mcp/tool.add"],
    ["fees[5]", "llm/chat"],
    ["fees[6]", "approval/request"],
    ["fees[7]", "mcp/tool.echo"],
    ["fees[8]", "llm/chat"],
  ]);
  const { out: logged } = await here().gleitzeit(["logs", "t"]);
  expect(logged).toContain('calls multiply {"a":9,"b":6}');
  const { out: times } = await here().gleitzeit(["timeline", "t"]);
  for (const id of ["fees[0]", "fees[4]", "fees[8]"]) expect(times).toContain(id);
});
