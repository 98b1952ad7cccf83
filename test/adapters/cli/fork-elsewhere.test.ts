// What an operator forks the morning after: the files are gone, the document is newer, whoever spoke a protocol is not
// there any more. A fork either goes its way, or is refused before there is a run of it.
import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { at, rig, text } from "./rig.ts";

const here = rig();

const runs = async (): Promise<number> => {
  const { json } = await here().gleitzeit(["list", "--json"]);
  return Array.isArray(json.items) ? json.items.length : -1;
};

const DOCUMENT = `name: Letters
tasks:
  - {id: read, method: javascript/execute, params: {code: "result = files.text('letter.txt').length", files: [letter.txt]}}
  - {id: more, method: javascript/execute, params: {file: more.js, context: {n: "\${read}"}}}
  - {id: sum, method: mcp/tool.add, params: {a: "\${more}", b: 1}}
`;

test("its files are gone: it sees those that the run saw; those of today are refused by name, and nothing is begun", async () => {
  const file = await here().file("letters.yaml", DOCUMENT);
  const [letter, more] = [
    await here().file("letter.txt", "hello"),
    await here().file("more.js", "result = context.n + 1;"),
  ];
  const ran = await here().gleitzeit(["run", file, "--json"]);
  expect(at(ran.json, "outputs.sum.result")).toBe(7);
  const run = text(ran.json, "runId");
  for (const path of [file, letter, more]) await rm(path);

  const fork = await here().gleitzeit(["fork", run, "--from", "more", "--json"]);
  expect([fork.exit, at(fork.json, "outputs.sum.result")]).toEqual([0, 7]);
  const replay = await here().gleitzeit(["replay", run, "--mode", "stub", "--json"]);
  expect([replay.exit, at(replay.json, "divergences")]).toEqual([0, []]);

  const before = await runs();
  const current = await here().gleitzeit(["fork", run, "--from", "more", "--files", "current"]);
  expect([current.exit, current.err]).toEqual([3, expect.stringMatching(/letter\.txt|more\.js/)]);
  const document = await here().gleitzeit(["fork", run, "--workflow", file]);
  expect([document.exit, document.err]).toEqual([4, expect.stringContaining("letters.yaml")]);
  expect(await runs()).toBe(before);
});

test("its document is newer: what is in it as it was is taken over, and the first run is as it was", async () => {
  const file = await here().file("letters.yaml", DOCUMENT);
  await here().file("letter.txt", "hello");
  await here().file("more.js", "result = context.n + 1;");
  const run = text((await here().gleitzeit(["run", file, "--json"])).json, "runId");
  const shown = (await here().gleitzeit(["show", run, "--json"])).json.tasks;
  const newer = await here().file("newer.yaml", DOCUMENT.replace("b: 1", "b: 2"));
  const plan = await here().gleitzeit(["fork", run, "--workflow", newer, "--dry-run", "--json"]);
  expect(plan.json).toMatchObject({
    reused: [{ task: "read" }, { task: "more" }],
    again: [{ task: "sum", method: "mcp/tool.add", was: "succeeded" }],
  });
  const fork = await here().gleitzeit(["fork", run, "--workflow", newer, "--json"]);
  expect([fork.exit, at(fork.json, "outputs.sum.result")]).toEqual([0, 8]);
  expect((await here().gleitzeit(["show", run, "--json"])).json.tasks).toEqual(shown);
});

test("nobody speaks its protocol any more: refused before it is begun; what was answered is taken over all the same", async () => {
  const program = `import { createInterface } from "node:readline";
for await (const line of createInterface({ input: process.stdin })) {
  const { id } = JSON.parse(line);
  if (id !== undefined) console.log(JSON.stringify({ jsonrpc: "2.0", id, result: { n: 1 } }));
}
`;
  await here().file("speaker.mjs", program);
  const config = await here().file(
    "gleitzeit.yaml",
    `providers: {mine: {type: jsonrpc, protocol: mine/v1, command: ${JSON.stringify(process.execPath)}, args: [speaker.mjs], methods: {go: {description: goes}}}}\n`,
  );
  const file = await here().file(
    "mine.yaml",
    'name: Mine\ntasks:\n  - {id: x, method: mine/go}\n  - {id: y, method: echo/echo, params: {message: "${x.n}"}}\n',
  );
  const ran = await here().gleitzeit(["run", file, "--json"]);
  expect([ran.exit, at(ran.json, "tasks.x.status")]).toEqual([0, "succeeded"]);
  const run = text(ran.json, "runId");
  await rm(config);

  const refused = await here().gleitzeit(["fork", run, "--from", "x"]);
  expect(refused.exit).toBe(4);
  expect(refused.err).toContain("x would run again, and no provider speaks mine/v1 here: nothing was begun");
  expect(await runs()).toBe(1);
  const fork = await here().gleitzeit(["fork", run, "--from", "y", "--json"]);
  expect([fork.exit, at(fork.json, "tasks.y.status")]).toEqual([0, "succeeded"]);
  const given = await here().gleitzeit(["fork", run, "--set", 'tasks.x.result={"n": 5}', "--json"]);
  expect([given.exit, at(given.json, "tasks.y.result.response")]).toEqual([0, 5]);
  expect((await here().gleitzeit(["replay", run, "--mode", "stub"])).exit).toBe(0);
});
