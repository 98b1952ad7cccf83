// A recorded run against another document: each change is named where it shows first.
import { expect, test } from "vitest";
import type { Definition, JsonObject } from "../../../src/domain/index.ts";
import { ok, rig, scripted, workflow } from "../rig.ts";
import { instead } from "./instead.ts";
import { replayed } from "./replaying.ts";

const STEPS: readonly JsonObject[] = [
  { id: "a", params: { x: "${inputs.n}" } },
  { id: "b", params: { x: "${a}" }, when: "tasks.a.result == 3" },
  { id: "c", params: { x: "${b}" } },
];
const inputs = { n: { type: "integer" } };
const DOCUMENT = workflow(STEPS, { inputs, outputs: { last: "${c}" } });

async function against(other: Definition) {
  const { run, store } = rig({ providers: [scripted(({ params }) => ok(params.x ?? null))] });
  const started = await run(DOCUMENT, { inputs: { n: 3 } });
  await started.end;
  return (await replayed(store, started.run, { against: instead(store, other) })).divergences;
}

const changed = (id: string, change: JsonObject, more: JsonObject = {}) =>
  workflow(
    STEPS.map((step) => (step.id === id ? { ...step, ...change } : step)),
    { inputs, outputs: { last: "${c}" }, ...more },
  );

test("the same document has no difference", async () => {
  expect(await against(DOCUMENT)).toEqual([]);
});

test("other params of one task are one difference, and nothing follows from it", async () => {
  expect(await against(changed("c", { params: { x: "${b}", more: 1 } }))).toEqual([
    expect.objectContaining({
      task: "c",
      kind: "params",
      path: "more",
      expected: null,
      actual: 1,
      type: "TaskScheduled",
    }),
  ]);
});

test("a condition that does not hold any more: the task is skipped, and what needed it", async () => {
  expect(await against(changed("b", { when: "tasks.a.result == 4" }))).toMatchObject([
    { task: "b", kind: "skipped", expected: "TaskScheduled", actual: "TaskSkipped" },
    { task: "c", kind: "skipped", expected: "TaskScheduled", actual: "TaskSkipped" },
    { task: null, kind: "end", expected: "RunSucceeded", actual: "RunFailed" },
  ]);
});

test("a task that is new is a call that nobody has recorded; the end, which nobody knows, is not told", async () => {
  const more = workflow([...STEPS, { id: "new", params: { x: "${a}" } }], {
    inputs,
    outputs: { last: "${c}" },
  });
  expect(await against(more)).toMatchObject([
    { task: "new", kind: "call-not-recorded", expected: null, actual: "test/do" },
  ]);
});

test("a task that is gone, another method, other outputs", async () => {
  const fewer = workflow(STEPS.slice(0, 2), { inputs, outputs: { last: "${b}" } });
  expect(await against(fewer)).toMatchObject([
    { task: "c", kind: "not-called", expected: "TaskScheduled", actual: "not in the document" },
  ]);
  expect(await against(changed("a", { method: "test/other" }))).toMatchObject([
    { task: "a", kind: "method", expected: { method: "test/do" }, actual: { method: "test/other" } },
  ]);
  expect(await against(changed("c", {}, { outputs: { last: "${a}", more: "x" } }))).toMatchObject([
    { task: null, kind: "outputs", path: "more", expected: null, actual: "x" },
  ]);
});

test("inputs that do not fit are said, and nothing is decided", async () => {
  const other = workflow(STEPS, { inputs: { ...inputs, m: { type: "string" } } });
  expect(await against(other)).toMatchObject([
    { task: null, kind: "inputs", actual: expect.stringContaining("`m`") },
  ]);
});
