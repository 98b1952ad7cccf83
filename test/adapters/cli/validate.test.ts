import { expect, test } from "vitest";
import { at, ECHO, rig } from "./rig.ts";

const here = rig();

test("valid documents are said to be valid, one line each", async () => {
  const [a, b] = [
    await here().file("a.yaml", ECHO),
    await here().file("b.json", '{"name": "B", "tasks": [{"id": "x", "method": "echo/echo"}]}'),
  ];
  expect(await here().gleitzeit(["validate", a, b])).toMatchObject({
    exit: 0,
    out: `${a}: valid\n${b}: valid\n`,
    err: "",
  });
  expect((await here().gleitzeit(["validate", a, b, "--json"])).json).toEqual({
    valid: true,
    files: [
      { file: a, valid: true },
      { file: b, valid: true },
    ],
    problems: [],
  });
});

test("every problem of every document, with file, line and column, on stdout", async () => {
  const good = await here().file("good.yaml", ECHO);
  const bad = await here().file(
    "bad.yaml",
    "name: Bad\ntasks:\n  - {id: a, method: echo/echo, dependancies: [b]}\n  - {id: c, method: echo/echo, dependencies: [d]}\n",
  );
  const { exit, out, err } = await here().gleitzeit(["validate", bad, good]);
  expect(exit).toBe(3);
  expect(out).toMatch(new RegExp(`^${bad}:3:\\d+: .*\`dependancies\``, "m"));
  expect(out).toMatch(new RegExp(`^${bad}:4:\\d+: .*d`, "m"));
  expect(out).toContain(`${good}: valid`);
  expect(err).toContain(`${bad}: 2 problems`);
  const { json } = await here().gleitzeit(["validate", bad, good, "--json"]);
  expect(json).toMatchObject({
    valid: false,
    files: [
      { file: bad, valid: false },
      { file: good, valid: true },
    ],
  });
  expect(at(json, "error.code")).toBe("WORKFLOW_VALIDATION_FAILED");
  expect(json.problems).toHaveLength(2);
});

test("a document that is not there is exit 4; beside others that are not valid, 3", async () => {
  const bad = await here().file("bad.yaml", "name: [\n");
  expect((await here().gleitzeit(["validate", "nowhere.yaml"])).exit).toBe(4);
  const { exit, out } = await here().gleitzeit(["validate", "nowhere.yaml", bad]);
  expect(exit).toBe(3);
  expect(out).toContain("nowhere.yaml");
  expect(out).toContain("bad.yaml:");
});

test("nothing is made by looking", async () => {
  await here().gleitzeit(["validate", await here().file("a.yaml", ECHO)]);
  const { readdir } = await import("node:fs/promises");
  await expect(readdir(here().home)).rejects.toThrow("ENOENT");
});

test("a configuration that cannot be read is told as such, not as a problem of the document", async () => {
  await here().file("gleitzeit.yaml", "log_level: loud\n");
  const path = await here().file("fine.yaml", ECHO);
  const { exit, json } = await here().gleitzeit(["validate", path, "--json"]);
  expect({ exit, code: at(json, "error.code") }).toEqual({ exit: 3, code: "CONFIGURATION_ERROR" });
  expect(json.problems).toMatchObject([{ file: expect.stringContaining("gleitzeit.yaml"), line: 1 }]);
  expect(json).not.toHaveProperty("files");
});
