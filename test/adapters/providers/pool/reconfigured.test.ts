// A pool that is configured otherwise while calls wait for it and while calls are under way.
import { afterEach, expect, test } from "vitest";
import { memoryStore } from "../../../../src/adapters/event-store/index.ts";
import { systemRandom } from "../../../../src/adapters/host/index.ts";
import {
  type InstancePool,
  instancePool,
  journal,
  type PoolMember,
  type PoolSetup,
  poolFront,
} from "../../../../src/adapters/providers/pool/index.ts";
import { poolEventIn } from "../../../../src/adapters/providers/pool/recorded.ts";
import { errorInfo, type Instance, providerStream } from "../../../../src/domain/index.ts";
import type { Outcome, Provider } from "../../../../src/engine/ports/index.ts";
import { BREAKER, instance } from "../../../domain/pool/pools.ts";
import { handClock, settled } from "../../../engine/hand-clock.ts";
import { callContext, silent } from "../call-context.ts";
import { types } from "./fleet.ts";

type Held = { readonly at: string; readonly answer: (outcome: Outcome) => void };
const CALL = { method: "any", params: {} };
const LOST: Outcome = { ok: false, error: errorInfo("CONNECTION_LOST", "gone") };
const opened: InstancePool[] = [];
afterEach(async () => {
  for (const pool of opened.splice(0)) await pool.close();
});

function rig() {
  const store = memoryStore();
  const clock = handClock();
  const held: Held[] = [];
  const member = (id: string, more: Partial<Instance> = {}, at = id): PoolMember => {
    const provider: Provider = {
      protocol: "test/v1",
      name: "fleet",
      methods: {},
      execute: () => new Promise((answer) => held.push({ at, answer })),
      close: async () => undefined,
    };
    return { instance: instance(id, more), endpoint: `http://${at}`, provider };
  };
  const setup = (first: PoolMember, ...others: readonly PoolMember[]): PoolSetup => ({
    members: [first, ...others],
    strategy: "least_loaded",
    breaker: { ...BREAKER, failureThreshold: 1 },
    maxQueue: 10,
  });
  const pool = (of: PoolSetup): InstancePool => {
    const actor = { type: "engine", id: "test" } as const;
    const recording = { actor, clock, random: systemRandom() };
    const log = async () => silent;
    const made = instancePool({
      ...of,
      name: "fleet",
      journal: journal({ provider: "fleet", events: async () => store.events, ...recording, log }),
      clock,
      fraction: () => 0,
      log,
    });
    opened.push(made);
    return made;
  };
  const recorded = async () => {
    await settled();
    return types((await store.events.read(providerStream("fleet"), 0, 500)).map(poolEventIn));
  };
  return { held, member, setup, pool, recorded };
}

test("who waits for a place gets one of the new instances", async () => {
  const { held, member, setup, pool } = rig();
  const one = member("a", { maxConcurrent: 1 });
  const all = pool(setup(one));
  const front = poolFront(all);
  const [first, second] = [1, 2].map(() => front.execute(CALL, callContext()));
  await settled();
  expect(held.map(({ at }) => at)).toEqual(["a"]);
  await all.reconfigure(setup(one, member("b")), new Set());
  await settled();
  expect(held.map(({ at }) => at)).toEqual(["a", "b"]);
  for (const { at, answer } of held) answer({ ok: true, result: at });
  expect(await Promise.all([first, second])).toMatchObject([
    { ok: true, instance: "a" },
    { ok: true, instance: "b" },
  ]);
});

test("who waits for one that is removed is told, when nobody is left that could take it", async () => {
  const { held, member, setup, pool } = rig();
  const all = pool(setup(member("a", { maxConcurrent: 1 })));
  const front = poolFront(all);
  const [first, second] = [1, 2].map(() => front.execute(CALL, callContext()));
  await settled();
  await all.reconfigure({ ...setup(member("b", { maxConcurrent: 1 })), maxQueue: 0 }, new Set());
  await settled();
  expect(held.map(({ at }) => at)).toEqual(["a", "b"]);
  expect(await front.execute(CALL, callContext())).toMatchObject({ error: { code: "PROVIDER_OVERLOADED" } });
  for (const { at, answer } of held) answer({ ok: true, result: at });
  expect(await Promise.all([first, second])).toMatchObject([{ instance: "a" }, { instance: "b" }]);
});

test("how a call of the old one under a name ends says nothing of the new one", async () => {
  const { held, member, setup, pool, recorded } = rig();
  const all = pool(setup(member("a")));
  const front = poolFront(all);
  const outcome = front.execute(CALL, callContext());
  await settled();
  await all.reconfigure(setup(member("a", {}, "elsewhere")), new Set(["a"]));
  held[0]?.answer(LOST);
  expect(await outcome).toMatchObject({ ok: false, instance: "a" });
  const next = front.execute(CALL, callContext());
  await settled();
  expect(held[1]?.at).toBe("elsewhere");
  held[1]?.answer({ ok: true, result: null });
  expect((await next).ok).toBe(true);
  expect(await recorded()).toEqual(["InstanceAdded a", "InstanceRemoved a", "InstanceAdded a"]);
});

test("an open breaker of the old one does not keep calls from the new one", async () => {
  const { held, member, setup, pool, recorded } = rig();
  const all = pool(setup(member("a")));
  const front = poolFront(all);
  const outcome = front.execute(CALL, callContext());
  await settled();
  held[0]?.answer(LOST);
  await outcome;
  expect(await front.execute(CALL, callContext())).toMatchObject({
    error: { code: "PROVIDER_NOT_AVAILABLE" },
  });
  await all.reconfigure(setup(member("a", {}, "elsewhere")), new Set(["a"]));
  void front.execute(CALL, callContext());
  await settled();
  expect(held.map(({ at }) => at)).toEqual(["a", "elsewhere"]);
  expect(await recorded()).toEqual([
    "InstanceAdded a",
    "BreakerOpened a",
    "InstanceRemoved a",
    "InstanceAdded a",
  ]);
});
