// A process stops before and after every append and after every answer of a provider, each in turn; another goes on.
import { describe, expect, test } from "vitest";
import { memoryStore } from "../../src/adapters/event-store/index.ts";
import type { RunId } from "../../src/domain/index.ts";
import type { EventStore, Store } from "../../src/engine/ports/index.ts";
import { answers, ENDS, type Life, live, outcome, runIdOf } from "./crash-story.ts";
import { calm, stormy } from "./crash-twenty.ts";
import { rig, scripted } from "./rig.ts";

async function sweep(limits?: EventStore["limits"]): Promise<void> {
  const life = (): Life => ({ store: memoryStore(), ...(limits && { limits }) });
  const calm = life();
  const { r, points } = await live(calm, undefined, 0, answers(new Map(), new Map()));
  const id = await runIdOf(calm.store);
  if (!id) throw new Error("nothing ran");
  const expected = await outcome(calm.store, await r.log(id));
  expect(Object.keys(expected)).toHaveLength(ENDS);
  expect(points).toBeGreaterThan(60);

  for (let at = 1; at <= points; at += 1) {
    const stormy = life();
    const [failures, done] = [new Map<string, number>(), new Map<string, number>()];
    await live(stormy, undefined, at, answers(failures, done));
    const run = await runIdOf(stormy.store);
    const recorded = new Set<string>();
    for (const { event } of run ? await r2log(stormy.store, run) : []) {
      if (event.type === "TaskSucceeded") recorded.add(event.data.task);
    }
    const before = new Map(done);
    const { r: second } = await live(stormy, run, 0, answers(failures, done));
    const found = run ?? (await runIdOf(stormy.store));
    if (!found) throw new Error("nothing ran");
    const log = await second.log(found);
    expect(
      log.map(({ revision }) => revision),
      `point ${at}`,
    ).toEqual(log.map((_, i) => i));
    expect(await outcome(stormy.store, log), `point ${at}`).toEqual(expected);
    for (const task of recorded) expect(done.get(task), `point ${at}: ${task}`).toBe(before.get(task));
  }
}

const r2log = async (store: Store, run: RunId) => rig({ store, providers: [scripted()] }).log(run);

describe("a run whose process is stopped and that another process resumes ends as if nothing had happened", () => {
  test("with whole steps in one append", { timeout: 60_000 }, () => sweep());

  test("with steps split into small appends", { timeout: 120_000 }, () =>
    sweep({ appendBytes: 2_500, appendEvents: 3 }),
  );
});

describe("twenty runs at once whose process is stopped and that another resumes", () => {
  test("end as if nothing had happened, their appends sharing commits", { timeout: 120_000 }, async () => {
    const life = await calm();
    for (const at of [1, 2, 25, 41, 60, 97, 140, 222, 390, 601, 902]) await stormy(at, life);
  });
});
