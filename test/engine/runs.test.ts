import { describe, expect, test } from "vitest";
import { settled } from "./hand-clock.ts";
import { opened } from "./opened.ts";
import { broken, ok, rig, scripted, workflow } from "./rig.ts";

describe("a run", () => {
  test("of two tasks takes one append per step", async () => {
    const appends: number[] = [];
    const { run, types } = rig({
      providers: [scripted(({ params }) => ok(params))],
      events: (events) => ({
        ...events,
        append: (stream, expected, batch) => {
          appends.push(batch.length);
          return events.append(stream, expected, batch);
        },
      }),
    });
    const started = await run(
      workflow([
        { id: "a", params: { x: 1 } },
        { id: "b", params: { y: "${a.x}" } },
      ]),
    );
    expect(await started.end).toEqual({ kind: "ended", status: "succeeded" });
    expect(await types(started.run)).toEqual([
      "RunSubmitted",
      "RunStarted",
      "TaskScheduled",
      "TaskSucceeded",
      "TaskScheduled",
      "TaskSucceeded",
      "RunSucceeded",
    ]);
    expect(appends).toEqual([3, 2, 2]);
  });

  test("hands results on by reference and ends with its outputs", async () => {
    const { run, log, store } = rig({ providers: [scripted(({ params }) => ok({ result: params }))] });
    const { run: id, end } = await run(
      workflow(
        [
          { id: "a", params: { n: "${inputs.n}" } },
          { id: "b", params: { whole: "${a}", text: "n=${a.result.n}" } },
        ],
        {
          inputs: { n: { type: "integer" } },
          outputs: { b: "${b.result.text}" },
        },
      ),
      { inputs: { n: 42 } },
    );
    await end;
    const last = (await log(id)).at(-1);
    if (!last) throw new Error("no events");
    expect(await opened(last, store.blobs)).toEqual({ outputs: { b: "n=42" } });
  });

  test("whose outputs name what is not there fails, and the message says where", async () => {
    const { run, log, store } = rig({ providers: [scripted(() => ok({ x: 1 }))] });
    const started = await run(workflow([{ id: "a" }], { outputs: { y: "${a.nope}" } }));
    expect(await started.end).toEqual({ kind: "ended", status: "failed" });
    const last = (await log(started.run)).at(-1);
    if (!last) throw new Error("no events");
    expect(await opened(last, store.blobs)).toMatchObject({
      error: {
        message: "outputs.y: `${a.nope}`: `a` has no key `nope`; it has: x",
        cause: { code: "TASK_PARAMETER_ERROR", details: { path: "outputs.y" } },
      },
    });
  });

  test("with a failed task fails, and what depends on it is skipped", async () => {
    const provider = scripted(({ task }) => (task === "a" ? broken() : ok(1)));
    const { run, types } = rig({ providers: [provider] });
    const { run: id, end } = await run(
      workflow([
        { id: "a" },
        { id: "b", dependencies: ["a"] },
        { id: "c", dependencies: ["b"] },
        { id: "d" },
      ]),
    );
    expect(await end).toEqual({ kind: "ended", status: "failed" });
    expect(provider.calls.map(({ task }) => task).sort()).toEqual(["a", "d"]);
    expect((await types(id)).filter((type) => type === "TaskSkipped")).toHaveLength(2);
    expect((await types(id)).at(-1)).toBe("RunFailed");
  });

  test("retries what is retryable after its back-off, with the recorded params", async () => {
    const provider = scripted(({ attempt }) => (attempt < 3 ? broken("CONNECTION_LOST") : ok("at last")));
    const { run, types, clock } = rig({ providers: [provider] });
    const { run: id, end } = await run(
      workflow([{ id: "a", params: { x: 1 }, retry: { backoff: "fixed", base_delay: 10, jitter: false } }]),
    );
    await settled();
    expect(provider.calls).toHaveLength(1);
    await clock.advance(9_999);
    expect(provider.calls).toHaveLength(1);
    await clock.advance(1);
    expect(provider.calls).toHaveLength(2);
    await clock.advance(10_000);
    expect(await end).toEqual({ kind: "ended", status: "succeeded" });
    expect(provider.calls.map(({ params }) => params)).toEqual([{ x: 1 }, { x: 1 }, { x: 1 }]);
    expect((await types(id)).filter((type) => type === "TaskRetryScheduled")).toHaveLength(2);
    expect(clock.waiting()).toBe(0);
  });

  test("keeps to max_parallel_tasks", async () => {
    const provider = scripted();
    const { run } = rig({ providers: [provider] });
    await run(workflow([{ id: "a" }, { id: "b" }, { id: "c" }], { max_parallel_tasks: 2 }));
    await settled();
    expect(provider.calls).toHaveLength(2);
    provider.calls[0]?.answer(ok(1));
    await settled();
    expect(provider.calls).toHaveLength(3);
  });

  test("starts the urgent first", async () => {
    const provider = scripted(() => ok(1));
    const { run } = rig({ providers: [provider], limits: { slots: 1 } });
    const { end } = await run(
      workflow([
        { id: "a", priority: "low" },
        { id: "b" },
        { id: "c", priority: "urgent" },
        { id: "d", priority: "high" },
      ]),
    );
    await end;
    expect(provider.calls.map(({ task }) => task)).toEqual(["c", "d", "b", "a"]);
  });

  test("with fail_fast cancels the rest at the first final failure", async () => {
    const provider = scripted(({ task }) => (task === "a" ? broken() : undefined));
    const { run, types } = rig({ providers: [provider] });
    const { run: id, end } = await run(workflow([{ id: "a" }, { id: "b" }], { fail_fast: true }));
    expect(await end).toEqual({ kind: "ended", status: "failed" });
    expect((await types(id)).slice(-2)).toEqual(["TaskCancelled", "RunFailed"]);
  });

  test("goes on past a failure that its author tolerates, whose error is seen", async () => {
    const provider = scripted(({ task, params }) => (task === "a" ? broken() : ok(params)));
    const { run } = rig({ providers: [provider] });
    const { end } = await run(
      workflow([
        { id: "a", on_failure: "continue" },
        { id: "b", params: { why: "${a.error.code}" } },
      ]),
    );
    expect(await end).toEqual({ kind: "ended", status: "succeeded" });
    expect(provider.calls[1]?.params).toEqual({ why: "TASK_EXECUTION_FAILED" });
  });
});
