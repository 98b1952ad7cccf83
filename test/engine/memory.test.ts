// What a finished run leaves behind in memory: next to nothing. The long form is scenario/soak.long.test.ts.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { sqliteStore } from "../../src/adapters/event-store/index.ts";
import { handClock } from "./hand-clock.ts";
import { ok, rig, scripted, workflow } from "./rig.ts";

const WARM_UP = 150;
const RUNS = 600;
/** The store remembers the heads of many streams, which is a few hundred bytes a run; the state of one is far more. */
const BYTES_PER_RUN = 2_500;

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

function heap(): number {
  if (typeof collect !== "function") throw new Error("garbage cannot be collected here");
  collect();
  return process.memoryUsage().heapUsed;
}

test("runs that are over leave neither their state nor their timers in memory", async ({ annotate }) => {
  const folder = await mkdtemp(join(tmpdir(), "gleitzeit-memory-"));
  const store = await sqliteStore({ path: join(folder, "log.db"), random: Math.random });
  const clock = handClock();
  const { calls, ...provider } = scripted(({ params }) => ok(params));
  const { run, engine } = rig({ store, clock, providers: [provider] });
  const three = workflow([
    { id: "a", params: { x: "some text of a few words".repeat(20) } },
    { id: "b", params: { x: "${a.x}" } },
    { id: "c", params: { x: "${b.x}" } },
  ]);
  const many = async (count: number): Promise<void> => {
    const worker = async (): Promise<void> => {
      for (let i = 0; i < count / 10; i += 1) await (await run(three)).end;
    };
    await Promise.all(Array.from({ length: 10 }, worker));
    calls.length = 0;
  };
  await many(WARM_UP);
  const before = heap();
  await many(RUNS);
  const perRun = (heap() - before) / RUNS;
  await annotate(`${Math.round(perRun)} bytes a run`);
  expect(clock.waiting()).toBe(0);
  expect(perRun).toBeLessThan(BYTES_PER_RUN);
  await engine.close();
  await store.close();
  await rm(folder, { recursive: true });
});
