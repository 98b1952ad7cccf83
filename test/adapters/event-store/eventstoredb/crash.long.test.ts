// A process stops in the middle of a run on a server; another one, with a connection of its own, goes on.
import { expect, test } from "vitest";
import type { RunId } from "../../../../src/domain/index.ts";
import type { Store } from "../../../../src/engine/ports/index.ts";
import { answers, live, outcome, runIdOf } from "../../../engine/crash-story.ts";
import { failpoint } from "../../../engine/failpoint.ts";
import { CLI, ok, rig, scripted, TENANT, workflow } from "../../../engine/rig.ts";
import { servers } from "./servers.ts";

const { start, open } = servers();

const logOf = (store: Store, run: RunId) => rig({ store, providers: [scripted()] }).log(run);

test("a run that was stopped here and there ends as if nothing had happened", async () => {
  const server = await start();
  const calm = await open(server.url(), { log: "calm" });
  const { points } = await live({ store: calm }, undefined, 0, answers(new Map(), new Map()));
  const undisturbed = await runIdOf(calm);
  if (!undisturbed) throw new Error("nothing ran");
  const expected = await outcome(calm, await logOf(calm, undisturbed));

  for (let at = 2; at <= points; at += 11) {
    const [failures, done] = [new Map<string, number>(), new Map<string, number>()];
    const log = `stopped-at-${at}`;
    const first = await open(server.url(), { log });
    await live({ store: first }, undefined, at, answers(failures, done));
    await first.close();
    const second = await open(server.url(), { log });
    const run = await runIdOf(second);
    await live({ store: second }, run, 0, answers(failures, done));
    const found = run ?? (await runIdOf(second));
    if (!found) throw new Error("nothing ran");
    expect(await outcome(second, await logOf(second, found)), `point ${at}`).toEqual(expected);
  }
});

test("five thousand tasks at once, more than one append can hold, stopped between two appends", async () => {
  const server = await start();
  const tasks = Array.from({ length: 5_000 }, (_, i) => ({
    id: `t${i}`,
    params: { i, text: "x".repeat(100) },
  }));
  const fanOut = workflow(tasks);
  const first = await open(server.url());
  const stop = failpoint(6); // three appends stand
  const stopped = rig({
    store: first,
    events: stop.events,
    providers: [scripted(stop.provider(({ params }) => ok(params)))],
    limits: { slots: 10_000 },
  });
  await Promise.race([stopped.run(fanOut, { name: "wide" }), stop.stopped]);
  await stop.stopped;
  await first.close();

  const second = await open(server.url());
  const run = await runIdOf(second);
  if (!run) throw new Error("nothing ran");
  const before = await logOf(second, run);
  const scheduled = before.filter(({ event }) => event.type === "TaskScheduled").length;
  expect(scheduled).toBeGreaterThan(0);
  expect(scheduled).toBeLessThan(5_000);

  const going = rig({
    store: second,
    providers: [scripted(({ params }) => ok(params))],
    limits: { slots: 10_000 },
  });
  expect(await going.engine.drive(run, TENANT, CLI)).toEqual({ kind: "ended", status: "succeeded" });
  const log = await going.log(run);
  const succeeded = log.flatMap(({ event }) => (event.type === "TaskSucceeded" ? [event.data.task] : []));
  expect([succeeded.length, new Set(succeeded).size]).toEqual([5_000, 5_000]);
  expect(log.map(({ revision }) => revision)).toEqual(log.map((_, i) => i));
});
