// Documents of the Python original: nothing of them is lost in silence.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { rig } from "./rig.ts";

const here = rig();
const imported = (...argv: readonly string[]) => here().gleitzeit(["import", ...argv, "--json"]);

const OLD = `# The harbour's books
name: "Books"   # kept
timeout: 45
wait_for_completion: true
tasks:
  - id: "count"
    method: python/execute
    priority: 1  # first
    "parameters":
      code: "result = 3"
      timeout: 5
  - {id: say, method: mcp/tool.add, depends_on: [count], parameters: {a: "\${count}", b: 1}, retry: {max_attempts: 2}}

  # the end
  - id: late
    method: echo/echo
    params: {message: "\${say}"}
`;

test("old keys are shown with their place, and written as they are today when that is asked for", async () => {
  const file = await here().file("old.yaml", OLD);
  const { exit, out } = await here().gleitzeit(["import", file]);
  expect(exit).toBe(0);
  expect(out).toContain(`${file}:9:5: old key \`parameters\` is written \`params\` now; both are read\n`);
  expect(out).toContain(`${file}: runs, 6 differences, 4 old keys\n`);
  expect(await readFile(file, "utf8")).toBe(OLD);

  expect((await here().gleitzeit(["import", file, "--rewrite"])).out).toContain(
    "runs, rewritten, 6 differences\n",
  );
  expect(await readFile(file, "utf8")).toBe(
    OLD.replace("priority: 1 ", "priority: high ")
      .replace('"parameters"', '"params"')
      .replace("depends_on", "dependencies")
      .replace("parameters:", "params:"),
  );
  expect((await here().gleitzeit(["validate", file])).exit).toBe(0);
});

test("a document in JSON stays one", async () => {
  const file = await here().file(
    "old.json",
    '{ "name": "J",\n  "tasks": [{"method": "echo/echo", "parameters" : {"priority": 2}, "priority": 2}] }\n',
  );
  const { exit, json } = await imported(file, "--rewrite");
  expect({ exit, json }).toMatchObject({
    exit: 0,
    json: { files: [{ file, runs: true, rewritten: true, findings: [] }] },
  });
  expect(await readFile(file, "utf8")).toBe(
    '{ "name": "J",\n  "tasks": [{"method": "echo/echo", "params" : {"priority": 2}, "priority": "normal"}] }\n',
  );
});

test("what behaves differently is told where it stands", async () => {
  const file = await here().file("old.yaml", OLD);
  const { json } = await imported(file);
  const findings = JSON.stringify(json.files);
  expect(json).toMatchObject({ problems: [] });
  for (const place of [
    { line: 3, path: "timeout", kind: "differs" },
    { line: 4, path: "wait_for_completion", kind: "differs" },
    { line: 5, path: "tasks", kind: "differs" },
    { line: 11, path: "tasks[0].parameters.timeout", kind: "differs" },
    { line: 12, path: "tasks[1].retry", kind: "differs" },
    { line: 17, path: "tasks[2].params.message", kind: "differs" },
  ]) {
    expect(json.files, findings).toMatchObject([
      { findings: expect.arrayContaining([expect.objectContaining(place)]) },
    ]);
  }
});

test.each([
  [
    "a batch",
    "type: batch\nbatch: {directory: in}\ntemplate: {method: python/execute, file: s.py, timeout: 3}\n",
    /own \(all had the last file's\)/,
  ],
  [
    "a template with params beside its keys",
    "type: batch\nbatch: {directory: in}\ntemplate: {method: echo/echo, message: hi}\n",
    /`message` beside the template's own keys is read as one of its `params`/,
  ],
  [
    "values in code",
    'tasks:\n  - {id: a, method: echo/echo}\n  - {id: b, method: python/execute, params: {code: "result = ${a}"}}\n',
    /values put into `code` are JSON now/,
  ],
  ["providers", "providers: [echo]\ntasks: [{id: a, method: echo/echo}]\n", /each must be there/],
])("%s", async (_, text, told) => {
  await here().file("s.py", "result = 1\n");
  const { out } = await here().gleitzeit(["import", await here().file("old.yaml", `name: N\n${text}`)]);
  expect(out).toMatch(told);
});

test("what cannot be carried over is named with its place, and nothing is written", async () => {
  const text =
    "name: N\ntasks:\n  - {id: a, method: python/eval, parameters: {code: '1'}, wait: 3}\n  - {id: b, method: python/execute, params: {file: gone.py}}\n";
  const file = await here().file("old.yaml", text);
  const { exit, json } = await imported(file);
  expect({ exit, json }).toMatchObject({
    exit: 3,
    json: {
      error: { code: "WORKFLOW_VALIDATION_FAILED" },
      files: [{ runs: false }],
      problems: expect.arrayContaining([
        expect.objectContaining({ message: expect.stringContaining("`gone.py`"), line: 4, file }),
      ]),
    },
  });
  expect(json.problems).toMatchObject([{ line: 3 }, { line: 3 }, { line: 4 }]);
  expect(await readFile(file, "utf8")).toBe(text);
});

test("scripts are looked into: packages, the network, programs, files that nobody names, files that are written", async () => {
  await here().file("data/a.csv", "1,2\n");
  await here().file("data/b.csv", "1,2\n");
  await here().file("scripts/beside.py", "x = 1\n");
  const script = [
    "import json, numpy as np",
    "from beside import x",
    "# import pandas",
    "import urllib.request",
    'rows = open("data/a.csv").read()',
    'more = open("data/b.csv").read()',
    'open("out.txt", "w").write(rows)',
    'os.system("ls")',
  ].join("\n");
  await here().file("scripts/old.py", script);
  const file = await here().file(
    "old.yaml",
    "name: N\ntasks:\n  - {id: a, method: python/execute, params: {file: scripts/old.py, context: {of: data/b.csv}}}\n",
  );
  const { exit, json } = await imported(file);
  expect(exit).toBe(0);
  const place = { file: "scripts/old.py", kind: "differs" };
  expect(json.files).toMatchObject([
    {
      findings: [
        {
          ...place,
          line: 1,
          message: expect.stringMatching(/^`import numpy` fails in the sandbox; no packages/),
        },
        { ...place, line: 4, message: expect.stringMatching(/^`import urllib` .*no network/) },
        { ...place, line: 5, message: expect.stringMatching(/^`data\/a.csv` is not named by the task/) },
        { ...place, line: 7, message: expect.stringMatching(/^files that a script writes are gone/) },
        { ...place, line: 8, message: expect.stringMatching(/^`os.system` fails/) },
      ],
    },
  ]);
});

test("of several files each is told; one that is not there is exit 4 when nothing else is wrong", async () => {
  const good = await here().file("good.yaml", "name: N\ntasks: [{id: a, method: echo/echo}]\n");
  expect((await imported(good, "nowhere.yaml")).exit).toBe(4);
  const bad = await here().file("bad.yaml", "name: N\ntasks: [{id: a, method: echo/echo, nothing: 1}]\n");
  const { exit, out, err } = await here().gleitzeit(["import", good, bad, "nowhere.yaml"]);
  expect({ exit, out, err }).toMatchObject({
    exit: 3,
    out: expect.stringContaining("good.yaml: runs\n"),
    err: expect.stringContaining("bad.yaml: 1 thing refused\n"),
  });
});
