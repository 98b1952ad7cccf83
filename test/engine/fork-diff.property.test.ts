// A fork compared with the run it came from: the edit, what was made of it, and nothing else. What has to differ is worked
// out here, from the document alone.
import fc from "fast-check";
import { expect, test } from "vitest";
import { isObject, type Json, type JsonObject, jcs, jsonChanges, pathText } from "../../src/domain/index.ts";
import { diffRuns } from "../../src/engine/comparing/diff-runs.ts";
import { reading } from "./reading.ts";
import { CLI, ok, rig, scripted, TENANT, workflow } from "./rig.ts";

/** Each reads the input, or results of tasks before it, or waits for one without reading it. */
const spec = fc.record({
  tasks: fc.array(
    fc.record({
      input: fc.boolean(),
      reads: fc.array(fc.nat(), { maxLength: 2 }),
      after: fc.array(fc.nat(), { maxLength: 1 }),
    }),
    { minLength: 1, maxLength: 8 },
  ),
  edit: fc.record({
    of: fc.constantFrom("input", "params", "result" as const),
    task: fc.nat(),
    value: fc.oneof(fc.integer(), fc.string(), fc.constant({ deep: [1, { x: 2 }] })),
  }),
});

type Spec = typeof spec extends fc.Arbitrary<infer T> ? T : never;
type Told = { readonly params: JsonObject; readonly result: Json };

const id = (i: number): string => `t${i}`;
const readsOf = ({ tasks }: Spec, i: number): readonly string[] =>
  i === 0 ? [] : [...new Set((tasks[i]?.reads ?? []).map((n) => id(n % i)))];

const documentOf = (one: Spec) =>
  workflow(
    one.tasks.map(({ input, after }, i) => ({
      id: id(i),
      dependencies: i === 0 ? [] : [...new Set(after.map((n) => id(n % i)))],
      params: paramsOf(one, i, input ? "${inputs.word.is}" : "none", (task) => `\${${task}.did}`),
    })),
    { inputs: { word: { type: "object" } } },
  );

const paramsOf = (one: Spec, i: number, word: Json, resultOf: (task: string) => Json): JsonObject => ({
  n: i,
  word,
  of: Object.fromEntries(readsOf(one, i).map((task) => [task, resultOf(task)])),
});

/** What the provider makes of its params. */
const made = (params: JsonObject): JsonObject => ({
  did: { n: params.n ?? null, seen: [params.word ?? null, params.of ?? null, params.more ?? null] },
});

/** The run as it has to be, with an edit or without. */
function told(one: Spec, edit: Spec["edit"] | undefined): ReadonlyMap<string, Told> {
  const place = edit ? edit.task % one.tasks.length : -1;
  const found = new Map<string, Told>();
  const did = (task: string): Json => {
    const result = found.get(task)?.result ?? null;
    return isObject(result) ? (result.did ?? null) : null;
  };
  for (const [i, { input }] of one.tasks.entries()) {
    const word = input ? (edit?.of === "input" ? edit.value : "before") : "none";
    const base = paramsOf(one, i, word, did);
    const params = edit?.of === "params" && place === i ? { ...base, more: edit.value } : base;
    const result = edit?.of === "result" && place === i ? { did: edit.value } : made(params);
    found.set(id(i), { params, result });
  }
  return found;
}

const settings = ({ tasks, edit: { of, task, value } }: Spec): JsonObject => {
  const name = id(task % tasks.length);
  switch (of) {
    case "input":
      return { "inputs.word.is": value };
    case "params":
      return { [`tasks.${name}.params.more`]: value };
    case "result":
      return { [`tasks.${name}.result.did`]: value };
  }
};

/** task, kind, path → both sides. */
function expected(one: Spec): readonly string[] {
  const [before, after] = [told(one, undefined), told(one, one.edit)];
  const changes = (task: string, kind: string, a: Json | undefined, b: Json | undefined) =>
    jsonChanges(a ?? null, b ?? null).map((change) =>
      line(task, kind, pathText(change.path), change.before, change.after),
    );
  const inputs =
    one.edit.of === "input"
      ? changes("", "inputs", { word: { is: "before" } }, { word: { is: one.edit.value } })
      : [];
  const given = one.edit.of === "result" ? id(one.edit.task % one.tasks.length) : undefined;
  const tasks = [...before].flatMap(([task, { params, result }]) => [
    ...(task === given ? [] : changes(task, "params", params, after.get(task)?.params)),
    ...changes(task, "result", result, after.get(task)?.result),
  ]);
  const ends = outputs(one, before);
  return [...inputs, ...tasks, ...changes("", "outputs", ends, outputs(one, after))].toSorted();
}

/** Of those on which nothing rests. */
function outputs(one: Spec, of: ReadonlyMap<string, Told>): JsonObject {
  const used = new Set(
    one.tasks.flatMap(({ after }, i) => [
      ...readsOf(one, i),
      ...(i === 0 ? [] : after.map((n) => id(n % i))),
    ]),
  );
  return Object.fromEntries(
    [...of].flatMap(([task, { result }]) => (used.has(task) ? [] : [[task, result]])),
  );
}

const line = (task: string, kind: string, path: string, a: Json | undefined, b: Json | undefined): string =>
  jcs([task, kind, path, a ?? "absent", b ?? "absent"]);

test(
  "fork, then diff: the edit and what was made of it, and nothing else",
  () =>
    fc.assert(
      fc.asyncProperty(spec, async (one) => {
        const provider = scripted(({ params }) => ok(made(params)));
        const r = rig({ providers: [provider] });
        const first = await r.run(documentOf(one), { inputs: { word: { is: "before" } } });
        await first.end;
        const calls = provider.calls.splice(0).length;
        expect(calls).toBe(one.tasks.length);
        const fork = await r.engine.fork(first.run, TENANT, CLI, { set: settings(one) });
        expect(await fork.end).toEqual({ kind: "ended", status: "succeeded" });
        const found = await diffRuns(reading(r), first.run, fork.run);
        const lines = found.differences.map(({ task, kind, path, a, b }) =>
          line(task ?? "", kind, path ?? "", a, b),
        );
        expect(lines.toSorted()).toEqual(expected(one));
        expect(found.same).toBe(lines.length === 0);
        const again = new Set(provider.calls.map(({ task }) => task));
        for (const { task, kind } of found.differences) {
          const isGiven =
            kind === "result" && one.edit.of === "result" && task === id(one.edit.task % one.tasks.length);
          if (task !== null && !isGiven) expect(again).toContain(task);
        }
        await r.engine.close();
      }),
      { numRuns: 40 },
    ),
  300_000,
);
