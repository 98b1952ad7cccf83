import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { at, rig, text } from "./rig.ts";

const here = rig({ withImages: true });

const BATCH = `name: Notes
type: batch
batch: {directory: notes, pattern: "*.txt"}
template:
  method: python/execute
  params:
    context: {unit: lines}
    code: |
      with open(context["file_path"], encoding="utf-8") as note:
          result = int(note.read())
`;

async function batch(): Promise<string> {
  await here().file("notes/a.txt", "1");
  await here().file("notes/b.txt", "two");
  await here().file("notes/c.txt", "3");
  return here().file("flow.yaml", BATCH);
}

test("a failed item fails only itself, and retry repeats only that one", async () => {
  const flow = await batch();
  const first = await here().gleitzeit(["run", flow, "--json", "--quiet"]);
  expect(first.exit).toBe(1);
  expect(first.json).toMatchObject({
    status: "failed",
    error: { code: "WORKFLOW_EXECUTION_FAILED", details: { failed: 1, tasks: 3 } },
    tasks: {
      "process-a-txt-0": { name: "Process a.txt", status: "succeeded", result: { result: 1 } },
      "process-b-txt-1": { status: "failed", error: { code: "TASK_EXECUTION_FAILED" } },
      "process-c-txt-2": { status: "succeeded", result: { result: 3 } },
    },
  });
  const second = await here().gleitzeit(["retry", text(first.json, "runId"), "--json", "--quiet"]);
  expect(second.json).toMatchObject({
    tasks: {
      "process-a-txt-0": { status: "succeeded", attempts: 0, reused: { run: first.json.runId } },
      "process-b-txt-1": { status: "failed", attempts: 1 },
      "process-c-txt-2": { status: "succeeded", attempts: 0 },
    },
  });
});

test("a run sees its files as they were when it was submitted, whatever becomes of them", async () => {
  const flow = await batch();
  const first = await here().gleitzeit(["run", flow, "--json", "--quiet"]);
  await writeFile(`${here().folder}/notes/b.txt`, "2");
  const again = await here().gleitzeit(["retry", text(first.json, "runId"), "--json", "--quiet"]);
  expect(at(again.json, "tasks.process-b-txt-1.status")).toBe("failed");
  const fresh = await here().gleitzeit(["run", flow, "--json", "--quiet"]);
  expect(fresh.json).toMatchObject({ status: "succeeded", outputs: { "process-b-txt-1": { result: 2 } } });
  expect(await readFile(`${here().folder}/notes/b.txt`, "utf8")).toBe("2");
});

test("a failed script is told with its line, and what it printed is in the logs", async () => {
  const flow = await here().file(
    "flow.yaml",
    "name: Raises\ntasks:\n  - {id: pump, method: python/execute, params: {file: pump.py}}\n",
  );
  await here().file("pump.py", "print('pressure is 9')\nraise ValueError('too much')\n");
  const { exit, err } = await here().gleitzeit(["run", flow]);
  expect(exit).toBe(1);
  expect(err).toContain("ValueError: too much (pump.py, line 2)");
  expect(err).toMatch(/File "pump\.py", line 2/);
  const [log] = (await here().gleitzeit(["logs", /run ([0-9a-f-]{36})/.exec(err)?.[1] ?? "", "--json"]))
    .lines;
  expect(log).toMatchObject({ task: "pump", attempt: 1, status: "failed", stdout: "pressure is 9\n" });
});
