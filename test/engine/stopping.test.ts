import { describe, expect, test } from "vitest";
import { settled } from "./hand-clock.ts";
import { ok, rig, scripted, TENANT, workflow } from "./rig.ts";

describe("a run", () => {
  test("stops a task at its timeout", async () => {
    const provider = scripted();
    const { run, log, clock } = rig({ providers: [provider] });
    const { run: id, end } = await run(workflow([{ id: "a", timeout: 5, retry: { max_attempts: 1 } }]));
    await settled();
    await clock.advance(5_000);
    expect(provider.calls[0]?.context.signal.aborted).toBe(true);
    expect(await end).toEqual({ kind: "ended", status: "failed" });
    const failure = (await log(id)).find(({ event }) => event.type === "TaskFailed");
    expect(failure?.event.data).toMatchObject({ error: { code: "TASK_TIMEOUT" }, final: true });
    expect(clock.waiting()).toBe(0);
  });

  test("holds a task that says nothing to the configured timeout", async () => {
    const { run, log, clock } = rig({ providers: [scripted()], limits: { taskTimeoutMs: 2_000 } });
    const { run: id, end } = await run(workflow([{ id: "a", retry: { max_attempts: 1 } }]));
    await settled();
    await clock.advance(2_000);
    await end;
    expect((await log(id))[2]?.event.data).toMatchObject({ timeoutMs: 2_000 });
  });

  test("stops at its own timeout, cancelling what runs", async () => {
    const provider = scripted();
    const { run, types, clock } = rig({ providers: [provider] });
    const { run: id, end } = await run(
      workflow([{ id: "a" }, { id: "b", dependencies: ["a"] }], { timeout: 60 }),
    );
    await settled();
    await clock.advance(60_000);
    expect(await end).toEqual({ kind: "ended", status: "failed" });
    expect((await types(id)).slice(-2)).toEqual(["TaskCancelled", "RunFailed"]);
    expect(provider.calls[0]?.context.signal.aborted).toBe(true);
  });

  test("is cancelled on request: attempts are aborted, nothing more starts", async () => {
    const provider = scripted();
    const { run, request, types } = rig({ providers: [provider] });
    const { run: id, end } = await run(workflow([{ id: "a" }, { id: "b", dependencies: ["a"] }]));
    await settled();
    expect(await request(id, { type: "CancelRun", reason: "enough" })).toMatchObject({
      decision: { kind: "accepted" },
    });
    expect(await end).toEqual({ kind: "ended", status: "cancelled" });
    expect(provider.calls).toHaveLength(1);
    expect(provider.calls[0]?.context.signal.aborted).toBe(true);
    expect((await types(id)).slice(-3)).toEqual(["RunCancelRequested", "TaskCancelled", "RunCancelled"]);
  });

  test("that is paused lets attempts finish and starts nothing until it is resumed", async () => {
    const provider = scripted();
    const { run, request, engine } = rig({ providers: [provider] });
    const { run: id, end } = await run(workflow([{ id: "a" }, { id: "b", dependencies: ["a"] }]));
    await settled();
    await request(id, { type: "PauseRun" });
    provider.calls[0]?.answer(ok(1));
    expect(await end).toEqual({ kind: "paused" });
    await settled();
    expect(provider.calls).toHaveLength(1);
    await request(id, { type: "ResumeRun" });
    await settled();
    expect(provider.calls).toHaveLength(2);
    provider.calls[1]?.answer(ok(2));
    await settled();
    expect(await engine.drive(id, TENANT, { type: "cli", id: "x" })).toEqual({
      kind: "ended",
      status: "succeeded",
    });
  });
});
