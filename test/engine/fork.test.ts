import { expect, test } from "vitest";
import { settled } from "./hand-clock.ts";
import { outcome } from "./outcome.ts";
import { broken, CLI, called, ok, rig, scripted, TENANT, workflow } from "./rig.ts";

const CHAIN = workflow(
  [
    { id: "a", params: { x: "${inputs.n}" } },
    { id: "b", params: { x: "${a}" } },
    { id: "c", params: { x: "${b}", y: "fixed" } },
  ],
  { inputs: { n: { type: "integer" }, other: { type: "string", default: "o" } }, outputs: { last: "${c}" } },
);

async function recorded(document = CHAIN) {
  const provider = scripted(({ task, params }) => ok({ [task]: params }));
  const r = rig({ providers: [provider] });
  const { run, end } = await r.run(document, { inputs: { n: 1 } });
  await end;
  return { ...r, provider, first: run, tasks: () => provider.calls.splice(0).map(({ task }) => task) };
}

test("a result that is set, whole or in part: what follows runs with it, its own task does not", async () => {
  const r = await recorded();
  r.tasks();
  const fork = await r.engine.fork(r.first, TENANT, CLI, { from: "b", set: { "tasks.b.result.b.x": 9 } });
  expect(await fork.end).toEqual({ kind: "ended", status: "succeeded" });
  expect(r.provider.calls.map(({ task, params }) => [task, params])).toEqual([
    ["c", { x: { b: { x: 9 } }, y: "fixed" }],
  ]);
  expect(await outcome(r, fork.run, "b")).toMatchObject({ result: { b: { x: 9 } } });
  const [submitted] = await r.log(fork.run);
  expect(submitted?.event.data).toMatchObject({ forkedFrom: { run: r.first, again: [], results: ["b"] } });
});

test("params that are set hold for that task; inputs reach those that read them; no more is called", async () => {
  const r = await recorded();
  r.tasks();
  const edited = await r.engine.fork(r.first, TENANT, CLI, {
    set: { "tasks.c.params.y": "${no reference}" },
  });
  await edited.end;
  expect(r.provider.calls.map(({ task, params }) => [task, params.y])).toEqual([["c", "${no reference}"]]);
  r.tasks();
  await (await r.engine.fork(r.first, TENANT, CLI, { set: { "inputs.other": "p" } })).end;
  expect(r.tasks()).toEqual([]);
  await (await r.engine.fork(r.first, TENANT, CLI, { set: { "inputs.n": 2 } })).end;
  expect(r.tasks()).toEqual(["a", "b", "c"]);
});

test("from an event: what had ended by then is taken over, the rest runs again", async () => {
  const r = await recorded();
  r.tasks();
  const at = (await r.log(r.first)).find(
    ({ event }) => event.type === "TaskSucceeded" && event.data.task === "a",
  );
  const fork = await r.engine.fork(r.first, TENANT, CLI, { from: String(at?.revision) });
  await fork.end;
  expect(r.tasks()).toEqual(["b", "c"]);
});

test("another document: what is the same and rests on the same is taken over", async () => {
  const r = await recorded();
  r.tasks();
  const other = workflow(
    [
      { id: "a", params: { x: "${inputs.n}" } },
      { id: "b", params: { x: "${a}", more: true } },
      { id: "c", params: { x: "${b}", y: "fixed" } },
      { id: "d", params: { x: "${a}" } },
    ],
    { inputs: { n: { type: "integer" }, other: { type: "string", default: "o" } } },
  );
  const document = { tenant: TENANT, definition: other, files: [] };
  const fork = await r.engine.fork(r.first, TENANT, CLI, { document });
  expect(await fork.end).toEqual({ kind: "ended", status: "succeeded" });
  expect(r.tasks().toSorted()).toEqual(["b", "c", "d"]);
});

test("one element alone runs again, with what is gathered; an edited one is not called", async () => {
  const r = await recorded(
    workflow(
      [
        { id: "each", for_each: [1, 2, 3], params: { n: "${item}" } },
        { id: "sum", params: { x: "${each}" } },
      ],
      { inputs: { n: { type: "integer" } } },
    ),
  );
  r.tasks();
  await (await r.engine.fork(r.first, TENANT, CLI, { from: "each[1]" })).end;
  expect(r.tasks()).toEqual(["each[1]", "sum"]);
  const fork = await r.engine.fork(r.first, TENANT, CLI, { set: { "tasks.each[2].result": "mine" } });
  await fork.end;
  expect(r.tasks()).toEqual(["sum"]);
  expect(await outcome(r, fork.run, "each")).toMatchObject({
    result: [expect.anything(), expect.anything(), "mine"],
  });
});

test("a child that is named runs again as a whole; one that failed elsewhere goes on from where it was", async () => {
  let mended = false;
  const provider = scripted(({ task }) => (task === "two" && !mended ? broken() : ok(task)));
  const r = rig({ providers: [provider] });
  const inner = workflow([{ id: "one" }, { id: "two", dependencies: ["one"] }]);
  const { run, end } = await r.run(workflow([{ id: "call", workflow: "./inner.yaml" }, { id: "side" }]), {
    workflows: called({ "./inner.yaml": inner }),
  });
  expect(await end).toMatchObject({ status: "failed" });
  mended = true;
  const seen = provider.calls.length;
  await (await r.engine.fork(run, TENANT, CLI, { from: "side" })).end;
  expect(
    provider.calls
      .slice(seen)
      .map(({ task }) => task)
      .toSorted(),
  ).toEqual(["side", "two"]);
  const again = provider.calls.length;
  await (await r.engine.fork(run, TENANT, CLI, { from: "call" })).end;
  expect(provider.calls.slice(again).map(({ task }) => task)).toEqual(["one", "two"]);
});

test("a fork that fails keeps what was edited when it is retried", async () => {
  let mended = false;
  const provider = scripted(({ task }) => (task === "c" && !mended ? broken() : ok(1)));
  const r = rig({ providers: [provider] });
  const { run, end } = await r.run(CHAIN, { inputs: { n: 1 } });
  await end;
  const fork = await r.engine.fork(run, TENANT, CLI, { from: "c", set: { "tasks.c.params.y": "edited" } });
  await fork.end;
  mended = true;
  const retry = await r.engine.retry(fork.run, TENANT, CLI);
  expect(await retry.end).toMatchObject({ status: "succeeded" });
  expect(provider.calls.at(-1)).toMatchObject({ task: "c", params: { y: "edited" } });
});

test("a run under way can be forked, and stays as it is", async () => {
  const provider = scripted(({ task }) => (task === "b" && provider.calls.length < 3 ? undefined : ok(task)));
  const r = rig({ providers: [provider] });
  const { run } = await r.run(CHAIN, { inputs: { n: 1 } });
  await settled();
  const fork = await r.engine.fork(run, TENANT, CLI, { from: "b" });
  expect(await fork.end).toMatchObject({ status: "succeeded" });
  expect(provider.calls.map(({ task }) => task)).toEqual(["a", "b", "b", "c"]);
});

test("what makes no sense is refused before anything is written", async () => {
  const r = await recorded();
  const fork = (request: Parameters<typeof r.engine.fork>[3]) => r.engine.fork(r.first, TENANT, CLI, request);
  const nothing = { code: "USAGE_ERROR", message: expect.stringContaining("--from") };
  await expect(fork({})).rejects.toMatchObject(nothing);
  await expect(fork({ from: "nobody" })).rejects.toMatchObject({ code: "TASK_NOT_FOUND" });
  await expect(fork({ from: "999" })).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
  await expect(fork({ from: "a", set: { "tasks.x.result": 1 } })).rejects.toMatchObject({
    code: "INVALID_PARAMS",
  });
  await expect(fork({ from: "a", set: { "inputs.n": "one" } })).rejects.toMatchObject({
    code: "INVALID_PARAMS",
  });
  await expect(fork({ from: "a", set: { nonsense: 1 } })).rejects.toMatchObject({ code: "INVALID_PARAMS" });
});
