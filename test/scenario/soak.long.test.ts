// A hundred thousand runs in one process: memory, timers and the store's answers stay as they were at the start.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sqliteStore } from "../../src/adapters/event-store/index.ts";
import { handClock } from "../engine/hand-clock.ts";
import { ok, rig, scripted, workflow } from "../engine/rig.ts";

const RUNS = 100_000;
const WINDOWS = 10;
const AT_ONCE = 20;

test("memory is flat over 100,000 runs", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gleitzeit-soak-"));
  const store = await sqliteStore({ path: join(folder, "log.db"), random: Math.random });
  const clock = handClock();
  const { calls, ...provider } = scripted(({ params }) => ok(params));
  const { run, engine } = rig({ store, clock, providers: [provider] });
  const three = workflow([
    { id: "a", params: { x: 1 } },
    { id: "b", params: { x: "${a.x}" } },
    { id: "c", params: { x: "${b.x}" } },
  ]);
  const lows: number[] = [];
  for (let window = 0; window < WINDOWS; window += 1) {
    let left = RUNS / WINDOWS;
    let low = Number.POSITIVE_INFINITY;
    const worker = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await (await run(three)).end;
        calls.length = 0;
        low = Math.min(low, process.memoryUsage().heapUsed);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    lows.push(low);
  }
  expect(clock.waiting()).toBe(0);
  const [, second = 0] = lows;
  const last = lows.at(-1) ?? Number.POSITIVE_INFINITY;
  expect(last, `lowest heap per window: ${lows.join(" ")}`).toBeLessThan(second * 1.5);
  await engine.close();
  await store.close();
  await rm(folder, { recursive: true });
});
