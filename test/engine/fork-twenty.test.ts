// A run of twenty tasks, with parallel parts, a run inside it, a repeated task and one that fails, forked from every task
// of it: what is not behind that task is taken over, and nobody is called for it again.
import { expect, test } from "vitest";
import type { JsonObject, RunId } from "../../src/domain/index.ts";
import { broken, CLI, called, ok, rig, scripted, TENANT, workflow } from "./rig.ts";

const step = (id: string, ...after: readonly string[]) => ({
  id,
  dependencies: [...after],
  params: { said: after.map((one) => `\${${one}}`) },
});

/** Two arms of five behind a start, a list, a call and what comes of them; `bad` fails, and `end` needs it. */
const TASKS: readonly (JsonObject & { readonly id: string })[] = [
  step("start"),
  step("a1", "start"),
  step("a2", "a1"),
  step("a3", "a2"),
  step("a4", "a3"),
  step("a5", "a4"),
  step("b1", "start"),
  step("b2", "b1"),
  step("b3", "b1"),
  step("b4", "b2", "b3"),
  step("b5", "b4"),
  { id: "list", dependencies: ["a1"], params: { list: [1, 2, 3] } },
  { id: "each", for_each: "${list}", params: { n: "${item}" } },
  step("sum", "each"),
  { id: "call", workflow: "./inner.yaml", inputs: { word: "${b1}" } },
  step("called", "call"),
  step("join", "a5", "b5"),
  step("all", "join", "sum", "called"),
  { ...step("bad", "a2"), retry: { max_attempts: 1 } },
  step("end", "bad", "all"),
];

const INNER = workflow([{ id: "in", params: { said: "${inputs.word}" } }, step("out", "in")], {
  inputs: { word: { type: "string" } },
  outputs: { word: "${out}" },
});

const DEPENDENCIES = new Map(
  TASKS.map(({ id, dependencies, for_each: list, inputs }) => [
    id,
    Array.isArray(dependencies) ? dependencies.map(String) : list ? ["list"] : inputs ? ["b1"] : [],
  ]),
);

function isBehind(task: string, other: string): boolean {
  return task === other || (DEPENDENCIES.get(task) ?? []).some((one) => isBehind(one, other));
}

const ofDocument = (task: string): string =>
  task === "in" || task === "out" ? "call" : task.replace(/\[\d+\]$/, "");

test("from each of its tasks, nothing before that is called again", async () => {
  expect(TASKS).toHaveLength(20);
  const provider = scripted(({ task, params }) =>
    task === "bad" ? broken() : task === "list" ? ok(params.list ?? []) : ok(`did ${task}`),
  );
  const r = rig({ providers: [provider] });
  const document = workflow(TASKS, { outputs: { all: "${all}" } });
  const first = await r.run(document, { workflows: called({ "./inner.yaml": INNER }) });
  expect(await first.end).toEqual({ kind: "ended", status: "failed" });
  const before = JSON.stringify(await r.types(first.run));
  const calls = provider.calls.map(({ task }) => task);
  expect(new Set(calls.map(ofDocument)).size).toBe(19);

  for (const { id: from } of TASKS) {
    const seen = provider.calls.length;
    const plan = await r.engine.planFork(first.run, TENANT, { from });
    const fork = await r.engine.fork(first.run, TENANT, CLI, { from });
    await fork.end;
    const again = new Set(provider.calls.slice(seen).map(({ task }) => ofDocument(task)));
    const expected = [...DEPENDENCIES.keys()].filter((task) => isBehind(task, from) || task === "bad");
    expect([...again].toSorted(), `forked from ${from}`).toEqual(
      expected.filter((task) => task !== "end").toSorted(),
    );
    expect(
      plan.again.map(({ task }) => ofDocument(task)),
      from,
    ).toEqual(expect.arrayContaining(expected));
    expect(plan.reused.map(({ task }) => task).filter((task) => isBehind(ofDocument(task), from))).toEqual(
      [],
    );
    expect(await reusedIn(r, fork.run)).toEqual(
      plan.reused
        .map(({ task }) => task)
        .filter((task) => !task.endsWith("]"))
        .toSorted(),
    );
  }
  expect(JSON.stringify(await r.types(first.run))).toBe(before);
});

async function reusedIn(r: ReturnType<typeof rig>, run: RunId): Promise<readonly string[]> {
  const found = (await r.log(run)).flatMap(({ event }) =>
    event.type === "TaskSucceeded" && event.data.reused && !event.data.task.endsWith("]")
      ? [event.data.task]
      : [],
  );
  return found.toSorted();
}
