// Whether a new run is taken: flags and quotas, at the one door that every way in goes through.
import { filter, firstValueFrom, NEVER } from "rxjs";
import { expect, test } from "vitest";
import { systemRandom } from "../../../src/adapters/host/index.ts";
import type { SettingsEvent } from "../../../src/domain/index.ts";
import { keptSettings } from "../../../src/engine/index.ts";
import { broken, CLI, called, ok, type Rig, rig, scripted, TENANT, workflow } from "../rig.ts";

const one = workflow([{ id: "a" }]);
const waits = workflow([{ id: "a", wait: { signal: "go" } }]);

/** As another process sets it: through the log alone. */
const set = ({ store, clock }: Rig, event: SettingsEvent): Promise<unknown> => {
  const other = keptSettings({
    events: store.events,
    clock,
    random: systemRandom(),
    configuredFlags: async () => ({}),
  });
  return other.change(TENANT, event, CLI).finally(() => other.close());
};
const submissions = (on: boolean): SettingsEvent => ({ type: "FlagSet", data: { flag: "submissions", on } });
const quota = (name: "open_runs" | "runs_per_day", limit: number): SettingsEvent => ({
  type: "QuotaSet",
  data: { quota: name, limit },
});
const succeeding = () => rig({ providers: [scripted(() => ok(1))] });
const OFF = { code: "AUTHORIZATION_FAILED", message: expect.stringContaining("gleitzeit flags set") };
const USED_UP = { code: "RATE_LIMIT_EXCEEDED", message: expect.stringContaining("gleitzeit quotas set") };

test("submissions off: every way to a new run is refused, and nothing is written; on again, it is taken", async () => {
  const r = rig({ providers: [scripted(() => broken())] });
  const { run, end } = await r.run(one);
  expect(await end).toMatchObject({ status: "failed" });
  await set(r, submissions(false));
  const before = await r.store.events.head();
  const request = { tenant: TENANT, definition: one, inputs: {}, files: [] };
  await expect(r.run(one)).rejects.toMatchObject(OFF);
  await expect(r.run(one, { name: "named" })).rejects.toMatchObject(OFF);
  await expect(r.engine.submit(request, CLI)).rejects.toMatchObject(OFF);
  await expect(r.engine.retry(run, TENANT, CLI)).rejects.toMatchObject(OFF);
  await expect(r.engine.fork(run, TENANT, CLI, { from: "a" })).rejects.toMatchObject(OFF);
  expect(await r.store.events.head()).toBe(before);
  await set(r, { type: "FlagCleared", data: { flag: "submissions" } });
  expect((await r.run(one)).created).toBe(true);
});

test("a repeat of a run that is there is answered, whatever is off or used up", async () => {
  const r = succeeding();
  const first = await r.run(waits, { name: "mine" });
  await set(r, submissions(false));
  expect(await r.run(waits, { name: "mine" })).toMatchObject({ run: first.run, created: false });
  await set(r, submissions(true));
  await set(r, quota("open_runs", 0));
  expect(await r.run(waits, { name: "mine" })).toMatchObject({ run: first.run, created: false });
  await expect(r.run(one, { name: "mine" })).rejects.toMatchObject({ code: "INVALID_REQUEST" });
});

test("what runs goes on: retries of its tasks, and the runs that it calls", async () => {
  const tries: number[] = [];
  const r = rig({
    providers: [scripted(({ attempt }) => (tries.push(attempt) === 1 ? broken("CONNECTION_LOST") : ok(1)))],
  });
  const inner = workflow([{ id: "work", retry: { max_attempts: 2, base_delay: 1, jitter: false } }]);
  const outer = workflow([
    { id: "go", wait: { signal: "go" } },
    { id: "part", workflow: "inner", depends_on: ["go"] },
  ]);
  const { run, end } = await r.run(outer, { workflows: called({ inner }) });
  await set(r, submissions(false));
  await set(r, quota("open_runs", 1));
  await set(r, quota("runs_per_day", 1));
  await r.request(run, { type: "SendSignal", name: "go" });
  await r.clock.advance(5000);
  expect(await end).toMatchObject({ status: "succeeded" });
  expect(tries).toEqual([1, 2]);
});

test("open_runs: so many at once, runs of runs not counted; one that ends makes room", async () => {
  const r = succeeding();
  await set(r, quota("open_runs", 2));
  const outer = workflow([{ id: "part", workflow: "inner" }]);
  const calls = firstValueFrom(r.engine.live.pipe(filter(({ event }) => event.type === "WaitStarted")));
  const first = await r.run(outer, { workflows: called({ inner: waits }) });
  await calls;
  await r.run(waits);
  await expect(r.run(waits)).rejects.toMatchObject({ ...USED_UP, details: { quota: "open_runs" } });
  await r.request(first.run, { type: "CancelRun" });
  expect(await first.end).toMatchObject({ status: "cancelled" });
  expect((await r.run(waits)).created).toBe(true);
  await expect(r.run(waits)).rejects.toMatchObject(USED_UP);
});

test("of many that come at once, not one more is taken than may be open", async () => {
  const r = succeeding();
  await set(r, quota("open_runs", 7));
  const asked = await Promise.allSettled(Array.from({ length: 40 }, () => r.run(waits)));
  expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(7);
});

test("runs_per_day: counted by the day in UTC, and the refusal says when the next one begins", async () => {
  const r = succeeding();
  await set(r, quota("runs_per_day", 1));
  await (await r.run(one)).end;
  const untilMidnight = 86_400_000 - (r.clock.now() % 86_400_000);
  await expect(r.run(one)).rejects.toMatchObject({
    ...USED_UP,
    details: { quota: "runs_per_day", retryAfterSeconds: Math.ceil(untilMidnight / 1000) },
  });
  await r.clock.advance(untilMidnight);
  expect((await r.run(one)).created).toBe(true);
  await expect(r.run(one)).rejects.toMatchObject(USED_UP);
});

test("the configuration's word counts where the tenant has none", async () => {
  let configured: { submissions?: boolean } = { submissions: false };
  const r = rig({ providers: [scripted(() => ok(1))], configuredFlags: async () => configured });
  await expect(r.run(one)).rejects.toMatchObject({
    message: expect.stringContaining("in the configuration (`flags.submissions`)"),
  });
  await set(r, submissions(true));
  expect((await r.run(one)).created).toBe(true);
  await set(r, { type: "FlagCleared", data: { flag: "submissions" } });
  await expect(r.run(one)).rejects.toMatchObject(OFF);
  configured = {};
  expect((await r.run(one)).created).toBe(true);
});

test("where nothing is set, a submission reads nothing but the tenant's stream, and that once", async () => {
  const reads: string[] = [];
  const r = rig({
    providers: [scripted(() => ok(1))],
    events: (events) => ({
      ...events,
      changes: (by) => (by === "others" ? NEVER : events.changes(by)), // as a store that can tell
      read: (stream, ...rest) => {
        reads.push(stream);
        return events.read(stream, ...rest);
      },
    }),
  });
  for (let i = 0; i < 3; i += 1) await (await r.run(one)).end;
  expect(reads.filter((stream) => /^(?:settings|run)-/.test(stream))).toEqual(["settings-main"]);
});

test("another tenant's settings are another's", async () => {
  const r = succeeding();
  await set(r, submissions(false));
  const request = { tenant: "other", definition: one, inputs: {}, files: [] };
  expect((await r.engine.submit(request, CLI)).created).toBe(true);
});

test("of three processes that take runs at once, each may take one too many but the last, and no more", async () => {
  const first = succeeding();
  await set(first, quota("open_runs", 6));
  const others = [first.store, first.store].map((store) =>
    rig({ providers: [scripted(() => ok(1))], store, clock: first.clock }),
  );
  const asked = [first, ...others].flatMap((r) => Array.from({ length: 12 }, () => r.run(waits)));
  const taken = (await Promise.allSettled(asked)).filter(({ status }) => status === "fulfilled").length;
  expect(taken).toBeGreaterThanOrEqual(6);
  expect(taken).toBeLessThanOrEqual(6 + 2);
  await expect(first.run(waits)).rejects.toMatchObject(USED_UP);
});
