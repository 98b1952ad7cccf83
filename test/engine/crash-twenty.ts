// Twenty runs at once in one process that stops at a chosen point; another process goes on with all of them.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { sqliteStore } from "../../src/adapters/event-store/index.ts";
import type { JsonObject, RunId } from "../../src/domain/index.ts";
import type { Store } from "../../src/engine/ports/index.ts";
import { answers, document, ENDS, outcome, workflows } from "./crash-story.ts";
import { failpoint } from "./failpoint.ts";
import { handClock } from "./hand-clock.ts";
import { CLI, rig, scripted, TENANT } from "./rig.ts";

const TWENTY = Array.from({ length: 20 }, (_, i) => `run-${i}`);

/** What twenty runs come to if nothing stops them, and how many points they pass. */
export async function calm(): Promise<Calm> {
  const { points, outcomes } = await lived(0);
  const [expected = {}] = outcomes;
  expect(Object.keys(expected)).toHaveLength(ENDS);
  return { points, expected };
}

export type Calm = { readonly points: number; readonly expected: JsonObject };

/** Stops at this point, goes on in another process, and compares. */
export async function stormy(at: number, { expected }: Calm): Promise<void> {
  const { outcomes } = await lived(at);
  expect(outcomes, `point ${at}`).toEqual(TWENTY.map(() => expected));
}

async function lived(
  at: number,
): Promise<{ readonly points: number; readonly outcomes: readonly JsonObject[] }> {
  const folder = await mkdtemp(join(tmpdir(), "gleitzeit-crash-"));
  const store = await sqliteStore({ path: join(folder, "log.db"), random: Math.random });
  const { points } = await lifeOfTwenty(store, at);
  const { runs } = await lifeOfTwenty(store, 0);
  const reader = rig({ store, providers: [scripted()] });
  const outcomes: JsonObject[] = [];
  for (const run of runs) {
    const log = await reader.log(run);
    expect(log.map(({ revision }) => revision)).toEqual(log.map((_, i) => i));
    const done = log.flatMap(({ event }) => (event.type === "TaskSucceeded" ? [event.data.task] : []));
    expect(new Set(done).size, "a completed task ran twice").toBe(done.length);
    outcomes.push(await outcome(store, log));
  }
  await store.close();
  await rm(folder, { recursive: true });
  return { points, outcomes };
}

type Life = { readonly runs: readonly RunId[]; readonly points: number };

/** Submits or goes on with all of them; stops at the point given (0: never). */
async function lifeOfTwenty(store: Store, at: number): Promise<Life> {
  const stop = failpoint(at);
  const clock = handClock();
  const { run, engine } = rig({
    store,
    clock,
    events: stop.events,
    providers: [scripted(stop.provider((call) => answers(new Map(), new Map())(call)))],
  });
  const runs: RunId[] = [];
  const work = TWENTY.map(async (name) => {
    const started = await run(document, { name, workflows });
    runs.push(started.run);
    await (started.end ?? engine.drive(started.run, TENANT, CLI));
  });
  let over = false;
  const end = Promise.race([Promise.all(work), stop.stopped]).finally(() => {
    over = true;
  });
  while (!over) await clock.advance(1000);
  await end;
  return { runs, points: stop.passed() };
}
