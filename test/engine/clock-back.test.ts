// The clock of the machine is set back while runs are under way, or is behind where a process comes after another one: the order
// of the log is that of its positions, nothing is done again, and nothing took less than no time.
import { expect, test } from "vitest";
import { memoryStore } from "../../src/adapters/event-store/index.ts";
import type { Json, RunId } from "../../src/domain/index.ts";
import { chartIn, historyOf, reportOf, runDocument, timelineDocument } from "../../src/engine/index.ts";
import { handClock, settled } from "./hand-clock.ts";
import { reading } from "./reading.ts";
import { broken, CLI, ok, type Rig, rig, scripted, TENANT, workflow } from "./rig.ts";

const HOUR = 3_600_000;
const MINUTE = 60_000;
const RETRIED = { max_attempts: 2, backoff: "fixed", base_delay: 60, jitter: false };
const WORK = workflow([
  { id: "a", params: {} },
  { id: "b", params: {}, dependencies: ["a"], retry: RETRIED },
  { id: "c", wait: { for: 60 }, dependencies: ["b"] },
]);

/** Every number in what is told of the run that says how long something took. */
async function durationsOf(here: Rig, run: RunId): Promise<readonly number[]> {
  const at = reading(here);
  const history = await historyOf(at, run);
  const chart = await chartIn(at, history, here.clock.now());
  const told = [timelineDocument(history, chart), runDocument(await reportOf(at, history))];
  const found: number[] = [];
  JSON.parse(JSON.stringify(told), (key, value: Json) => {
    if (key.endsWith("Ms") && typeof value === "number") found.push(value);
    return value;
  });
  return found;
}

async function orderly(here: Rig, run: RunId): Promise<void> {
  const log = await here.log(run);
  expect(log.map(({ revision }) => revision)).toEqual(log.map((_, i) => i));
  const positions = log.map(({ position }) => position);
  expect(positions).toEqual([...positions].sort((a, b) => Number(a - b)));
  const durations = await durationsOf(here, run);
  expect(durations.length).toBeGreaterThan(5);
  expect(durations.filter((one) => one < 0)).toEqual([]);
}

test("an attempt, a retry and a wait end under a clock that was set back, each once", async () => {
  const calls = scripted();
  const here = rig({ providers: [calls] });
  const { run, end } = await here.run(WORK);
  await settled();
  await here.clock.advance(5_000);
  here.clock.jump(-HOUR);
  calls.calls[0]?.answer(ok(1));
  await settled();
  calls.calls[1]?.answer(broken("CONNECTION_LOST"));
  await settled();
  here.clock.jump(-HOUR); // it was due in a minute, by the clock
  await here.clock.advance(2 * MINUTE);
  expect(calls.calls).toHaveLength(2);
  await here.clock.advance(HOUR);
  calls.calls[2]?.answer(ok(2));
  await settled();
  here.clock.jump(-HOUR);
  await here.clock.advance(HOUR + 2 * MINUTE);
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect(calls.calls).toHaveLength(3);
  await orderly(here, run);
});

test("a process whose clock is an hour behind the log goes on with its runs, and ends them", async () => {
  const store = memoryStore();
  const first = rig({ store, providers: [scripted(({ task }) => (task === "a" ? ok(1) : undefined))] });
  const { run } = await first.run(WORK);
  await settled();
  await first.engine.close();
  const clock = handClock(first.clock.now() - HOUR);
  const next = rig({ store, clock, providers: [scripted(() => ok(2))] });
  const end = next.engine.drive(run, TENANT, CLI);
  await settled();
  await clock.advance(HOUR + 5 * MINUTE);
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  await orderly(next, run);
  const times = (await next.log(run)).map(({ recordedAt }) => recordedAt);
  expect(times.some((time, i) => time < (times[i - 1] ?? ""))).toBe(true); // as the clocks said, not made up
});
