// Several processes on one log: who may write what, and what happens when they disagree.

import { describe, expect, test } from "vitest";
import { memoryStore } from "../../src/adapters/event-store/index.ts";
import { type RunEvent, runStream, TaskId } from "../../src/domain/index.ts";
import { VersionConflict } from "../../src/engine/ports/index.ts";
import { foreignEvent } from "./foreign-event.ts";
import { settled } from "./hand-clock.ts";
import { CLI, ok, rig, scripted, TENANT, workflow } from "./rig.ts";

const pair = workflow([
  { id: "a", params: { x: 1 } },
  { id: "b", dependencies: ["a"] },
]);

describe("the provider", () => {
  test("is called only after the append that claims its task is acknowledged", async () => {
    const order: string[] = [];
    let acknowledge = (): void => undefined;
    const provider = scripted(({ task }) => {
      order.push(`called ${task}`);
      return ok(1);
    });
    const { run } = rig({
      providers: [provider],
      events: (events) => ({
        ...events,
        append: async (stream, expected, batch) => {
          const appended = await events.append(stream, expected, batch);
          order.push(`durable ${batch.map(({ type }) => type).join("+")}`);
          await new Promise<void>((resolve) => {
            acknowledge = resolve;
          });
          return appended;
        },
      }),
    });
    const started = run(pair);
    await settled();
    expect(order).toEqual(["durable RunSubmitted+RunStarted+TaskScheduled"]);
    acknowledge();
    await started;
    await settled();
    expect(order.slice(1)).toEqual(["called a", "durable TaskSucceeded+TaskScheduled"]);
    acknowledge();
    await settled();
    expect(order.at(-1)).toBe("durable TaskSucceeded+RunSucceeded");
    acknowledge();
    await (await started).end;
  });
});

describe("a run under way in one process", () => {
  test("takes requests of another, which it sees in the log", async () => {
    const store = memoryStore();
    const provider = scripted();
    const owner = rig({ store, providers: [provider] });
    const other = rig({ store, providers: [scripted()] });
    const { run, end } = await owner.run(pair);
    await settled();
    const { decision, owner: named } = await other.request(run, { type: "CancelRun", reason: "enough" });
    expect(decision.kind).toBe("accepted");
    expect(named).toBe(owner.engine.incarnation);
    expect(await end).toEqual({ kind: "ended", status: "cancelled" });
    expect(provider.calls[0]?.context.signal.aborted).toBe(true);
  });

  test("executes a TaskScheduled that another process appended", async () => {
    const store = memoryStore();
    const provider = scripted(() => ok("done"));
    const owner = rig({ store, providers: [provider] });
    const { run, end } = await owner.run(pair);
    const paused = workflow([{ id: "a" }]);
    await end;
    const held = rig({ store, providers: [scripted()] });
    const second = await held.run(paused, { name: "held" });
    await settled();
    await held.engine.close(); // the attempt of `a` is given back: scheduled, claimed by nobody
    expect((await held.types(second.run)).at(-1)).toBe("TaskLost");
    const taker = rig({ store, providers: [provider] });
    expect(await taker.engine.drive(second.run, TENANT, CLI)).toEqual({ kind: "ended", status: "succeeded" });
    expect(run).not.toBe(second.run);
  });

  test("executes a task that another process scheduled while the owner waited", async () => {
    const store = memoryStore();
    const provider = scripted(({ task }) => (task === "b" ? ok("b") : undefined));
    const owner = rig({ store, providers: [provider] });
    const { run } = await owner.run(workflow([{ id: "a" }, { id: "b" }], { max_parallel_tasks: 1 }));
    await settled();
    expect(provider.calls.map(({ task }) => task)).toEqual(["a"]);
    const foreign: RunEvent = {
      type: "TaskScheduled",
      data: {
        task: TaskId.parse("b"),
        attempt: 1,
        protocol: "test/v1",
        method: "do",
        timeoutMs: 1000,
        idempotencyKey: `${run}/b`,
        priority: "normal",
        values: { params: { sent: "by another" } },
      },
    };
    const revision = (await owner.log(run)).length - 1;
    await store.events.append(runStream(run), revision, [foreignEvent(foreign)]);
    await settled();
    provider.calls[0]?.answer(ok("a"));
    await settled();
    expect(provider.calls.map(({ task, params }) => [task, params])).toEqual([
      ["a", {}],
      ["b", { sent: "by another" }],
    ]);
    expect((await owner.types(run)).at(-1)).toBe("RunSucceeded");
  });

  test("cannot be driven by a second process while the first is alive", async () => {
    const store = memoryStore();
    const owner = rig({ store, providers: [scripted()] });
    const { run } = await owner.run(pair);
    await settled();
    const other = rig({ store, providers: [scripted()], alive: new Set([owner.engine.incarnation]) });
    await expect(other.engine.drive(run, TENANT, CLI)).rejects.toMatchObject({
      code: "WORKFLOW_INVALID_STATE",
    });
  });

  test("has one driver in a process, however often it is asked to drive", async () => {
    const store = memoryStore();
    const { run } = await rig({ store, providers: [scripted()] }).run(pair);
    await settled();
    const provider = scripted(() => ok(1));
    const taker = rig({ store, providers: [provider] });
    const ends = await Promise.all([1, 2].map(() => taker.engine.drive(run, TENANT, CLI)));
    expect(ends).toEqual([1, 2].map(() => ({ kind: "ended", status: "succeeded" })));
    expect(provider.calls).toHaveLength(2);
  });

  test("is lost by an owner that was thought dead: it writes nothing more and stops its attempts", async () => {
    const store = memoryStore();
    const sleeper = scripted();
    const asleep = rig({ store, providers: [sleeper] });
    const { run, end } = await asleep.run(pair);
    await settled();
    const taker = rig({ store, providers: [scripted(() => ok("taken"))] });
    expect(await taker.engine.drive(run, TENANT, CLI)).toEqual({ kind: "ended", status: "succeeded" });
    sleeper.calls[0]?.answer(ok("too late"));
    expect((await end)?.kind).toMatch(/taken-over|ended/);
    await settled();
    const log = await taker.log(run);
    expect(log.filter(({ event }) => event.type === "TaskSucceeded")).toHaveLength(2);
    expect(sleeper.calls[0]?.context.signal.aborted).toBe(true);
    expect(log.map(({ event }) => event.type)).toContain("RunOwnerChanged");
  });

  test("gets ahead although requests of others keep moving its stream", async () => {
    const store = memoryStore();
    const owner = rig({ store, providers: [scripted(() => ok(1))] });
    const other = rig({ store, providers: [scripted()] });
    const chain = Array.from({ length: 40 }, (_, i) => ({
      id: `t${i}`,
      ...(i > 0 && { dependencies: [`t${i - 1}`] }),
    }));
    const { run, end } = await owner.run(workflow(chain));
    let over = false;
    const nagging = (async () => {
      while (!over) {
        await other.request(run, { type: "PauseRun" }).catch(expectConflict);
        await other.request(run, { type: "ResumeRun" }).catch(expectConflict);
        await settled(1);
      }
    })();
    const drive = async (): Promise<string> => {
      for (let how = await end; ; how = await owner.engine.drive(run, TENANT, CLI)) {
        if (how?.kind === "ended") return how.status;
      }
    };
    expect(await drive()).toBe("succeeded");
    over = true;
    await nagging;
    const revisions = (await owner.log(run)).map(({ revision }) => revision);
    expect(revisions).toEqual(revisions.map((_, i) => i));
  });
});

const expectConflict = (error: unknown): void => expect(error).toBeInstanceOf(VersionConflict);
