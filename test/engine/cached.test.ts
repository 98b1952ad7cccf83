// Results that are taken from where they were recorded: which calls are the same, how old one may be, what the log says.
import { expect, test } from "vitest";
import type { Definition, JsonObject, RunId } from "../../src/domain/index.ts";
import { broken, CLI, ok, type Rig, type RigOptions, rig, scripted, workflow } from "./rig.ts";

const one = (more: JsonObject = {}): Definition =>
  workflow([{ id: "a", params: { n: "${inputs.n}" }, cache: {}, ...more }], {
    inputs: { n: { type: "integer", default: 1 } },
  });

const counting = () => {
  const provider = scripted(({ params }) => ok({ ...params, call: provider.calls.length }));
  return provider;
};

async function runs(r: Rig, definition: Definition, n = 1): Promise<RunId> {
  const { run, end } = await r.run(definition, { inputs: { n } });
  expect(await end).toMatchObject({ status: "succeeded" });
  return run;
}

async function endOf({ log }: Rig, run: RunId) {
  const found = (await log(run)).find(({ event }) => event.type === "TaskSucceeded");
  return { revision: found?.revision ?? -1, data: found?.event.data };
}

test("the same call in another run takes the result, and its event says from where; it calls nobody", async () => {
  const provider = counting();
  const r = rig({ providers: [provider] });
  const first = await runs(r, one());
  const source = await endOf(r, first);
  expect(source.data).toMatchObject({ cacheKey: expect.stringMatching(/^hmac-sha256-[0-9a-f]{64}$/) });
  const second = await runs(r, one());
  const third = await runs(r, one());
  expect(provider.calls).toHaveLength(1);
  for (const run of [second, third]) {
    const { data } = await endOf(r, run);
    expect(data).toEqual({
      task: "a",
      attempt: 0,
      durationMs: 0,
      cached: { run: first, revision: source.revision },
      values: { result: { n: 1, call: 1 } },
    });
    expect(await r.types(run)).not.toContain("TaskScheduled");
  }
});

test.each<[string, JsonObject, number]>([
  ["other params", {}, 2],
  ["another method", { method: "test/other" }, 1],
  ["another key", { cache: { key: "b" } }, 1],
])("%s: another call", async (_, more, n) => {
  const provider = counting();
  const r = rig({ providers: [provider] });
  await runs(r, one());
  await runs(r, one(more), n);
  await runs(r, one(more), n);
  expect(provider.calls).toHaveLength(2);
});

test("another version of the method: another call", async () => {
  const [old, now] = [counting(), counting()];
  const r = rig({ providers: [old] });
  await runs(r, one());
  const methods = Object.fromEntries(
    Object.entries(now.methods).map(([name, one]) => [name, { ...one, version: 2 }]),
  );
  await runs(rig({ store: r.store, providers: [{ ...now, methods }] }), one());
  expect(now.calls).toHaveLength(1);
});

test("an older result than `ttl` allows is not taken; its age is that of the call, not of what took it", async () => {
  const provider = counting();
  const r = rig({ providers: [provider] });
  await runs(r, one());
  await r.clock.advance(6000);
  await runs(r, one({ cache: { ttl: 10 } }));
  expect(provider.calls).toHaveLength(1);
  await r.clock.advance(5000);
  await runs(r, one({ cache: { ttl: 10 } }));
  expect(provider.calls).toHaveLength(2);
  await runs(r, one({ cache: { ttl: 10 } }));
  expect(provider.calls).toHaveLength(2);
});

test("what another tenant recorded is not taken", async () => {
  const provider = counting();
  const r = rig({ providers: [provider] });
  await runs(r, one());
  const request = { tenant: "north", definition: one(), inputs: { n: 1 }, files: [] };
  for (const calls of [2, 2]) {
    const { end } = await r.engine.run(request, CLI);
    expect(await end).toMatchObject({ status: "succeeded" });
    expect(provider.calls).toHaveLength(calls);
  }
});

test("a result without `cache` is not recorded, a failure never is", async () => {
  const provider = scripted(({ params }) => (provider.calls.length === 1 ? broken() : ok(params)));
  const r = rig({ providers: [provider] });
  await (await r.run(one(), { inputs: { n: 1 } })).end;
  await runs(r, workflow([{ id: "a", params: { n: 1 } }]));
  await runs(r, one());
  expect(provider.calls).toHaveLength(3);
});

test("after a retry the result is recorded under the key of its params", async () => {
  const provider = scripted(({ params, attempt }) =>
    attempt === 1 ? broken("CONNECTION_LOST") : ok(params),
  );
  const r = rig({ providers: [provider] });
  const document = one({ retry: { base_delay: 1, jitter: false } });
  const { end } = await r.run(document, { inputs: { n: 1 } });
  await r.clock.advance(1);
  await r.clock.advance(1000);
  expect(await end).toMatchObject({ status: "succeeded" });
  await runs(r, document);
  expect(provider.calls).toHaveLength(2);
});

test("what cannot be looked up is called", async () => {
  const provider = counting();
  const r = rig({ providers: [provider] });
  await runs(r, one());
  const events: RigOptions["events"] = (all) => ({
    ...all,
    readAll: () => Promise.reject(new Error("not now")),
  });
  await runs(rig({ store: r.store, providers: [provider], events }), one());
  expect(provider.calls).toHaveLength(2);
});

test("within one run too, also when both are decided in one step", async () => {
  const provider = counting();
  const r = rig({ providers: [provider] });
  const twice = workflow([
    { id: "a", params: { n: 1 }, cache: {} },
    { id: "b", params: { n: 1 }, cache: {}, dependencies: ["a"] },
  ]);
  const { run, end } = await r.run(twice);
  await end;
  expect(provider.calls).toHaveLength(1);
  const last = (await r.log(run)).findLast(({ event }) => event.type === "TaskSucceeded")?.event;
  expect(last?.data).toMatchObject({ task: "b", cached: { run }, values: { result: { n: 1, call: 1 } } });
});
