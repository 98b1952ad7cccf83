// What somebody runs into who has read nothing yet is told with its remedy.
import { expect, test } from "vitest";
import { BROKEN, rig } from "./rig.ts";

const here = rig();
const written = (text: string) => here().file("first.yaml", text);
const failing = async (...argv: readonly string[]) => {
  const { exit, err } = await here().gleitzeit([...argv]);
  return { exit, err };
};

test("an input that is missing: how inputs are given", async () => {
  const file = await written(
    "name: A\ninputs: {seats: {type: integer}}\ntasks: [{id: a, method: echo/echo}]\n",
  );
  expect(await failing("run", file)).toEqual({
    exit: 3,
    err: expect.stringContaining(
      "input `seats` is required (integer); inputs are given as --input name=value",
    ),
  });
  const { err } = await failing("run", file, "--input", "seat=3");
  expect(err).not.toContain("--input name=value");
});

test("a member of a script's result: where it is", async () => {
  const file = await written(`name: A
tasks:
  - {id: a, method: echo/echo, params: {result: {names: [x]}}}
  - {id: b, method: echo/echo, params: {message: "\${a.names[0]}"}}
  - {id: c, method: echo/echo, params: {message: "\${a.other}"}}
`);
  const { err } = await failing("run", file);
  expect(err).toContain("its `result` has it: `${a.result.names[0]}`");
  expect(err).not.toContain("${a.result.other}");
});

test("list names the task that failed, not that the workflow did", async () => {
  await here().gleitzeit(["run", await written(BROKEN), "--quiet"]);
  const { out } = await here().gleitzeit(["list"]);
  expect(out).toMatch(/ {2}lost failed$/m);
});

test("a run that nobody would ever find is refused", async () => {
  const file = await written("name: A\ntasks: [{id: a, method: echo/echo}]\n");
  expect(await failing("run", file, "--detach", "--store", "memory:")).toEqual({
    exit: 2,
    err: expect.stringContaining("--detach needs a store that outlives this command"),
  });
});

test("a store that stands in the way of a restore: what to do", async () => {
  const file = await written("name: A\ntasks: [{id: a, method: echo/echo}]\n");
  await here().gleitzeit(["run", file, "--quiet"]);
  await here().gleitzeit(["store", "backup", "copy.db"]);
  expect(await failing("store", "restore", "copy.db")).toEqual({
    exit: 2,
    err: expect.stringMatching(/exists already .*move it away first, or name another place with --store/),
  });
});

test("runs that nobody drives: who would", async () => {
  const file = await written("name: A\ntasks: [{id: a, method: echo/echo}]\n");
  await here().gleitzeit(["run", file, "--detach"]);
  const { out } = await here().gleitzeit(["status"]);
  expect(out).toMatch(/gleitzeit resume [0-9a-f-]+\nor all of them: gleitzeit worker\n/);
});
