// Runs that have undone, or half undone, what their tasks did: who goes on with them, and what a retry makes of it.
import { expect, test } from "vitest";
import { broken, CLI, called, ok, rig, scripted, TENANT, workflow } from "./rig.ts";
import { all, inputs, kinds, trip, undo } from "./trips.ts";

test("another process goes on with it, and undoes nothing twice", async () => {
  const first = rig({
    providers: [
      scripted(({ task }) => {
        if (task === "compensate:a") return undefined;
        return task === "c" ? broken() : ok({ n: 1 });
      }),
    ],
  });
  const { run } = await first.run(trip(), { inputs });
  await first.clock.advance(1);
  await first.engine.close();
  expect((await kinds(first, run)).at(-1)).toBe("TaskLost compensate:a");
  const provider = all();
  const second = rig({ store: first.store, providers: [provider] });
  expect(await second.engine.drive(run, TENANT, CLI)).toEqual({ kind: "ended", status: "failed" });
  expect(provider.calls.map(({ task, attempt }) => [task, attempt])).toEqual([["compensate:a", 2]]);
});

test("a retry runs again what was undone, and takes over what was not; that is undone should it fail again", async () => {
  const r = rig({ providers: [all("c", "compensate:a")] });
  const { run, end } = await r.run(trip(), { inputs });
  await end;
  const again = await r.engine.retry(run, TENANT, CLI);
  await again.end;
  expect((await kinds(r, again.run)).filter((one) => /^Task(Succeeded|Scheduled)/.test(one))).toEqual([
    "TaskSucceeded a",
    "TaskScheduled b",
    "TaskSucceeded b",
    "TaskScheduled c",
    "TaskScheduled compensate:b",
    "TaskSucceeded compensate:b",
    "TaskScheduled compensate:a",
  ]);
});

test("a retry repeats a list of which one element was undone", async () => {
  const list = workflow([
    { id: "each", for_each: [1, 2], max_parallel: 1, compensate: { ...undo, params: { of: "${each.n}" } } },
    { id: "c", dependencies: ["each"] },
  ]);
  const provider = scripted(({ task }) => {
    if (task === "c" || task === "compensate:each[0]") return broken();
    return ok({ n: task });
  });
  const r = rig({ providers: [provider] });
  const { run, end } = await r.run(list);
  await end;
  expect(provider.calls.find(({ task }) => task === "compensate:each[1]")?.params).toEqual({ of: "each[1]" });
  const again = await r.engine.retry(run, TENANT, CLI);
  await again.end;
  const told = await kinds(r, again.run);
  expect(told).not.toContain("TaskScheduled each[0]");
  expect(told).toContain("TaskScheduled each[1]");
});

test("a run that is a task of another undoes its own before the other goes on to undo", async () => {
  const inner = workflow([
    { id: "in", compensate: undo },
    { id: "bad", dependencies: ["in"] },
  ]);
  const outer = workflow([
    { id: "first", compensate: undo },
    { id: "part", workflow: "inner", dependencies: ["first"] },
  ]);
  const provider = all("bad");
  const r = rig({ providers: [provider] });
  const { end } = await r.run(outer, { workflows: called({ inner }) });
  expect(await end).toMatchObject({ status: "failed" });
  expect(provider.calls.map(({ task }) => task)).toEqual([
    "first",
    "in",
    "bad",
    "compensate:in",
    "compensate:first",
  ]);
});
