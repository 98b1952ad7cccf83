// Code, folders of files and projects, without a document of one's own.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { batchTextOf } from "../../../src/adapters/cli/batch-export.ts";
import { RunId } from "../../../src/domain/index.ts";
import { historyOf, reportOf } from "../../../src/engine/index.ts";
import { at, rig, text } from "./rig.ts";

const here = rig({ withImages: true });

test("exec: a run of one task, its result on stdout; what looks like a reference is text", async () => {
  const code = 'result = "${nobody}" + context["x"]';
  const { exit, out } = await here().gleitzeit(["exec", "-", "--context", '{"x": "${me}"}', "--quiet"], {
    input: code,
  });
  expect({ exit, out }).toEqual({ exit: 0, out: "result: ${nobody}${me}\n" });
  const { json } = await here().gleitzeit(["list", "--json"]);
  expect(json.items).toMatchObject([{ status: "succeeded", workflow: { name: "exec" } }]);
});

test("exec: code that raises is exit 1; its timeout is the task's", async () => {
  const argv = ["exec", "raise ValueError('no')", "--timeout", "2m", "--json", "--quiet"];
  const { exit, json } = await here().gleitzeit(argv);
  expect({ exit, code: at(json, "tasks.exec.error.code") }).toEqual({
    exit: 1,
    code: "TASK_EXECUTION_FAILED",
  });
  const { lines } = await here().gleitzeit([
    "events",
    text(json, "runId"),
    "--json",
    "--type",
    "TaskScheduled",
  ]);
  expect(lines[0]?.data).toMatchObject({ timeoutMs: 120_000 });
});

async function notes(): Promise<string> {
  await here().file("notes/a.txt", "1");
  await here().file("notes/b.txt", 'two, "or" more');
  await here().file("notes/c.md", "3");
  return join(here().folder, "notes");
}

type Batch = { readonly method: string; readonly params: object; readonly output: string };

async function batchOf({ method, params, output }: Batch) {
  const path = join(here().folder, output);
  const argv = [
    "--pattern",
    "*.txt",
    "--method",
    method,
    "--params",
    JSON.stringify(params),
    "--output",
    path,
  ];
  const { exit, json } = await here().gleitzeit(["batch", await notes(), ...argv, "--json", "--quiet"]);
  return { exit, run: text(json, "runId"), written: await readFile(path, "utf8") };
}

const SAID = { method: "echo/echo", params: { message: { said: 'one, "two"' } } };

test("batch: one task for each file that fits, results as JSON", async () => {
  const { exit, run, written } = await batchOf({ ...SAID, output: "results.json" });
  expect(exit).toBe(0);
  expect(JSON.parse(written)).toMatchObject({
    runId: run,
    total: 2,
    succeeded: 2,
    failed: 0,
    items: [
      { file: "a.txt", task: "process-a-txt-0", result: { said: 'one, "two"' }, error: null },
      { file: "b.txt", status: "succeeded" },
    ],
  });
});

test("batch: results as CSV, quoted as spreadsheets expect it", async () => {
  const [head, a] = (await batchOf({ ...SAID, output: "results.csv" })).written.split("\r\n");
  expect(head).toBe("file,status,result,error,duration_ms,task");
  expect(a).toMatch(/^a\.txt,succeeded,"\{""said"":""one, \\""two\\""""\}",,\d+,process-a-txt-0$/);
});

test("batch: results as Markdown", async () => {
  const { written } = await batchOf({ ...SAID, output: "results.md" });
  expect(written).toMatch(/^# batch of notes\n\n2 files, 2 succeeded, 0 failed\./);
  expect(written).toContain("## a.txt\n\n*succeeded, ");
  expect(written).toContain('```json\n{\n  "said": "one, \\"two\\""\n}\n```');
});

const READ = `with open(context["file_path"], encoding="utf-8") as note:
    result = int(note.read()) if "b.txt" not in context["file_path"] else missing`;

test("batch: an item that failed has its error in every form", async () => {
  const { exit, run, written } = await batchOf({
    method: "python/execute",
    params: { code: READ },
    output: "some.json",
  });
  expect(exit).toBe(1);
  expect(JSON.parse(written)).toMatchObject({
    status: "failed",
    failed: 1,
    items: [
      { file: "a.txt", status: "succeeded", result: 1 },
      { file: "b.txt", status: "failed", result: null, error: { code: "TASK_EXECUTION_FAILED" } },
    ],
  });
  const reading = await here().parts().reading();
  const report = await reportOf(reading, await historyOf(reading, RunId.parse(run)));
  expect(batchTextOf(".CSV")(report).split("\r\n")[2]).toMatch(
    /^b\.txt,failed,,"?TASK_EXECUTION_FAILED: NameError: .*,\d+,process-b-txt-1$/,
  );
  expect(batchTextOf(".md")(report)).toMatch(
    /## b\.txt\n\n\*failed, .*\*\n\n\*\*TASK_EXECUTION_FAILED\*\*: NameError/,
  );
});

test("batch: a cell that a spreadsheet would take for a formula is kept from being one", async () => {
  await here().file("sums/=1+1.txt", "");
  const output = join(here().folder, "sums.csv");
  await here().gleitzeit([
    "batch",
    join(here().folder, "sums"),
    "--method",
    "echo/echo",
    "--params",
    '{"message": "-2"}',
    "--output",
    output,
    "--quiet",
  ]);
  expect((await readFile(output, "utf8")).split("\r\n")[1]).toMatch(/^'=1\+1\.txt,succeeded,-2,/);
});

test("batch: without a model it says so before anything runs, and with a folder that is not there too", async () => {
  const folder = await notes();
  const asked = await here().gleitzeit(["batch", folder, "--prompt", "Summarise.", "--json"]);
  expect({ exit: asked.exit, code: at(asked.json, "error.code") }).toEqual({
    exit: 4,
    code: "PROTOCOL_NOT_FOUND",
  });
  expect(at(asked.json, "error.message")).toContain("llm/chat needs a model");
  const nowhere = await here().gleitzeit([
    "batch",
    join(here().folder, "nowhere"),
    "--method",
    "echo/echo",
    "--json",
  ]);
  expect(nowhere.exit).toBe(3);
  expect((await here().gleitzeit(["list", "--json"])).json.items).toEqual([]);
});

test.each(["python", "mcp", "mixed"])("init --type %s writes a project that runs at once", async (type) => {
  const folder = join(here().folder, "harbour");
  expect((await here().gleitzeit(["init", folder, "--type", type])).exit).toBe(0);
  const { exit, json } = await here().gleitzeit(["run", join(folder, "workflow.yaml"), "--json", "--quiet"]);
  expect({ exit, outputs: json.outputs }).toEqual({ exit: 0, outputs: OUTPUTS[type] });
});

const OUTPUTS: Readonly<Record<string, object>> = {
  python: { report: "12 words, the longest is often." },
  mcp: { sentence: "100 places bring in 300" },
  mixed: { sentence: "This text read twice has 24 words" },
};

test("init writes nothing over, and nothing at all when a part is there already", async () => {
  const mine = await here().file("harbour/scripts/count.py", "mine");
  const folder = join(here().folder, "harbour");
  const { exit, json } = await here().gleitzeit(["init", folder, "--json"]);
  expect({ exit, code: at(json, "error.code") }).toEqual({ exit: 2, code: "USAGE_ERROR" });
  expect(await readFile(mine, "utf8")).toBe("mine");
  expect(await readdir(folder)).toEqual(["scripts"]);
});

test("init refuses a type that could not run here, and writes nothing", async () => {
  const folder = join(here().folder, "harbour");
  const { exit, json } = await here().gleitzeit(["init", folder, "--type", "llm", "--json"]);
  expect({ exit, code: at(json, "error.code") }).toEqual({ exit: 4, code: "PROTOCOL_NOT_FOUND" });
  expect(await readdir(here().folder)).toEqual([]);
});

test("init takes any name as a folder's, and as the workflow's", async () => {
  const folder = join(here().folder, 'it\'s: a "name" #1');
  await here().gleitzeit(["init", folder, "--type", "mcp"]);
  const { json } = await here().gleitzeit(["run", join(folder, "workflow.yaml"), "--json", "--quiet"]);
  expect(at(json, "workflow.name")).toBe('it\'s: a "name" #1');
});
