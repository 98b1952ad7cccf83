// Workers: whoever drives what nobody alive drives.
import { expect, test } from "vitest";
import { memoryStore } from "../../src/adapters/event-store/index.ts";
import { echoProvider } from "../../src/adapters/providers/echo/index.ts";
import type { Definition, RunId, RunStatus } from "../../src/domain/index.ts";
import type { Calls, CapturedWorkflows } from "../../src/engine/submitting/captured-workflows.ts";
import { handClock, settled } from "./hand-clock.ts";
import { CLI, called, ok, type Rig, rig, scripted, TENANT, workflow } from "./rig.ts";

const one = workflow([{ id: "a" }]);
const request = (name: string, definition = one) => ({
  tenant: TENANT,
  definition,
  inputs: {},
  files: [],
  name,
});

/** Ends with the test, as an interrupted command does. */
function working(here: Rig, protocols?: readonly string[]) {
  const stop = new AbortController();
  const ended = new Map<RunId, RunStatus>();
  const done = here.engine.work(TENANT, CLI, {
    stop: stop.signal,
    ended: (run, status) => ended.set(run, status),
    ...(protocols && { protocols }),
  });
  const leave = async (): Promise<void> => {
    stop.abort();
    await done;
    await here.engine.close();
  };
  return { ended, leave };
}

test("a run that is only submitted waits for a worker; the same name is the same run", async () => {
  const store = memoryStore();
  const client = rig({ store, providers: [scripted()] });
  const { run, created } = await client.engine.submit(request("order"), CLI);
  expect(created).toBe(true);
  expect(await client.engine.submit(request("order"), CLI)).toEqual({ run, created: false });
  await expect(client.engine.submit(request("order", workflow([{ id: "b" }])), CLI)).rejects.toMatchObject({
    code: "INVALID_REQUEST",
  });
  expect(await client.types(run)).toEqual(["RunSubmitted"]);
  const { ended, leave } = working(rig({ store, providers: [scripted(() => ok(1))] }));
  await settled();
  const later = await client.engine.submit(request("later"), CLI);
  await settled();
  expect([...ended]).toEqual([
    [run, "succeeded"],
    [later.run, "succeeded"],
  ]);
  await leave();
});

test("of two workers each run has one, and each task one attempt", async () => {
  const store = memoryStore();
  const alive = new Set<string>();
  const rigs = [1, 2].map(() => rig({ store, alive, providers: [scripted(() => ok(1))] }));
  for (const { engine } of rigs) alive.add(engine.incarnation);
  const client = rig({ store, alive, providers: [scripted()] });
  const names = Array.from({ length: 30 }, (_, i) => `run ${i}`);
  const runs = await Promise.all(
    names.map(async (name) => (await client.engine.submit(request(name), CLI)).run),
  );
  const workers = rigs.map((here) => working(here));
  await settled(400);
  const ended = workers.flatMap((worker) => [...worker.ended.keys()]);
  expect(ended.toSorted()).toEqual(runs.toSorted());
  for (const run of runs) {
    expect(await client.types(run)).toEqual([
      "RunSubmitted",
      "RunStarted",
      "TaskScheduled",
      "TaskSucceeded",
      "RunSucceeded",
    ]);
  }
  for (const { leave } of workers) await leave();
});

test("what a process leaves when it dies is taken over once that is noticed, and only then", async () => {
  const store = memoryStore();
  const clock = handClock();
  const first = rig({ store, clock, providers: [scripted()] });
  const alive = new Set<string>([first.engine.incarnation]);
  const { run } = await first.run(one);
  await settled();
  const second = rig({ store, clock, alive, providers: [scripted(() => ok("again"))] });
  const { ended, leave } = working(second);
  await clock.advance(10_000);
  expect(await second.types(run)).not.toContain("RunOwnerChanged");
  alive.clear();
  await clock.advance(1000);
  expect([...ended]).toEqual([[run, "succeeded"]]);
  expect(await second.types(run)).toContain("TaskLost");
  await leave();
});

test("runs that call what is spoken elsewhere are left alone", async () => {
  const store = memoryStore();
  const client = rig({ store, providers: [scripted()] });
  const mixed = await client.engine.submit(
    request("mixed", workflow([{ id: "a" }, { id: "b", method: "echo/echo" }])),
    CLI,
  );
  const waits = await client.engine.submit(request("waits", workflow([{ id: "a", wait: { for: 0 } }])), CLI);
  const here = rig({ store, providers: [scripted(() => ok(1)), echoProvider()] });
  const { ended, leave } = working(here, ["test/v1"]);
  await settled();
  expect([...ended]).toEqual([[waits.run, "succeeded"]]);
  expect(await client.types(mixed.run)).toEqual(["RunSubmitted"]);
  await leave();
});

test("so are runs whose parts call it, and not those that only stand beside such a part", async () => {
  const store = memoryStore();
  const client = rig({ store, providers: [scripted()] });
  const part = workflow([{ id: "p", workflow: "inner" }]);
  const other = workflow([{ id: "b", method: "echo/echo" }]);
  const inner = workflow([{ id: "deep", workflow: "innermost" }]);
  const submit = async (name: string, innermost: Definition) =>
    client.engine.submit(
      { ...request(name, part), workflows: called({ inner, innermost, unused: other }) },
      CLI,
    );
  const elsewhere = await submit("elsewhere", other);
  const first = await client.engine.submit(
    {
      ...request("first", part),
      workflows: withoutCallsTo("unused", called({ inner, innermost: one, unused: other })),
    },
    CLI,
  );
  const here = rig({ store, providers: [scripted(() => ok(1)), echoProvider()] });
  const { ended, leave } = working(here, ["test/v1"]);
  await settled(400);
  expect(ended.get(first.run)).toBe("succeeded");
  expect(await client.types(elsewhere.run)).toEqual(["RunSubmitted"]);
  await leave();
});

function withoutCallsTo(name: string, { list, calls }: CapturedWorkflows): CapturedWorkflows {
  const less = ({ [name]: _, ...rest }: Calls): Calls => rest;
  return { calls: less(calls), list: list.map((one) => ({ ...one, calls: less(one.calls) })) };
}

test("a paused run is kept, and goes on when it is resumed", async () => {
  const store = memoryStore();
  const clock = handClock();
  const client = rig({ store, clock, providers: [scripted()] });
  const waiting = workflow([{ id: "a", wait: { signal: "go" } }]);
  const { run } = await client.engine.submit(request("paused", waiting), CLI);
  const here = rig({ store, clock, providers: [scripted()] });
  const { leave } = working(here);
  await settled();
  await client.request(run, { type: "PauseRun" });
  await client.request(run, { type: "SendSignal", name: "go" });
  await clock.advance(3000);
  expect((await client.types(run)).at(-1)).toBe("SignalReceived");
  await client.request(run, { type: "ResumeRun" });
  await settled();
  expect((await client.types(run)).at(-1)).toBe("RunSucceeded");
  await leave();
});

test("a worker that stops hands its runs back", async () => {
  const store = memoryStore();
  const client = rig({ store, providers: [scripted()] });
  const { run } = await client.engine.submit(request("held"), CLI);
  const { leave } = working(rig({ store, providers: [scripted()] }));
  await settled();
  await leave();
  expect((await client.types(run)).at(-1)).toBe("TaskLost");
  const next = working(rig({ store, providers: [scripted(() => ok(1))] }));
  await settled();
  expect([...next.ended]).toEqual([[run, "succeeded"]]);
  await next.leave();
});
