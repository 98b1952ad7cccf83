// A pool whose instances are configured otherwise while calls are under way.
import { expect, test } from "vitest";
import {
  choose,
  ended,
  evolveStandings,
  membershipChanges,
  type Pool,
  reconfigured,
  type Standings,
} from "../../../src/domain/index.ts";
import { BREAKER, chosen, failing, fine, instance, later, pool, START } from "./pools.ts";

const POLICY = { strategy: "least_loaded", breaker: BREAKER, standings: new Map() } as const;
const NOBODY = new Set<string>();
const load = (of: Pool, id: string) => of.members.find((one) => one.instance.id === id)?.load;

test("who stays keeps what it has to do, who is new has nothing, and who is gone is not chosen", () => {
  const before = chosen(chosen(pool(["a", "b"])).pool).pool;
  const after = reconfigured(before, { ...POLICY, instances: [instance("a"), instance("c")] }, NOBODY, START);
  expect(after.members.map((one) => [one.instance.id, one.load.inFlight])).toEqual([
    ["a", 1],
    ["c", 0],
  ]);
  expect(chosen(after).id).toBe("c");
  expect(ended(after, "b", fine(1), START).pool).toEqual(after);
});

test("a limit that is lowered holds for what is under way", () => {
  const before = chosen(pool(["a"])).pool;
  const instances = [instance("a", { maxConcurrent: 1 })];
  const after = reconfigured(before, { ...POLICY, instances }, NOBODY, START);
  expect(choose(after, {}, START, 0)).toMatchObject({ kind: "wait", why: "busy" });
});

test("a rate limit is not filled up by changing it", () => {
  const limits = [{ perMinute: 60, burst: 2 }];
  const spent = chosen(chosen(pool([instance("a", { limits })])).pool).pool;
  const instances = [instance("a", { limits: [{ perMinute: 120, burst: 10 }] })];
  const after = reconfigured(spent, { ...POLICY, instances }, NOBODY, later(1000));
  expect(load(after, "a")?.buckets).toEqual([{ tokens: 1, at: 1000 }]);
  const other = [instance("a", { limits: [{ model: "m", perMinute: 60, burst: 3 }] })];
  expect(load(reconfigured(spent, { ...POLICY, instances: other }, NOBODY, START), "a")?.buckets).toEqual([
    { tokens: 3, at: 0 },
  ]);
});

test("somebody else under an old name begins without its faults, and with the calls that have not ended", () => {
  const busy = chosen(pool(["a"])).pool;
  const failed = failing(chosen(busy).pool, "a", 1).pool;
  const instances = [instance("a")];
  expect(load(failed, "a")).toMatchObject({ failures: 1, inFlight: 1 });
  expect(load(reconfigured(failed, { ...POLICY, instances }, new Set(["a"]), START), "a")).toMatchObject({
    failures: 0,
    inFlight: 1,
  });
});

test("what is recorded of somebody else under an old name: the old one is gone, and a drain goes on", () => {
  const speaks = { protocol: "llm/v1", endpoint: "http://a" };
  const data = { instance: "a" };
  const standings = [
    { type: "InstanceAdded", data: { ...data, ...speaks } } as const,
    { type: "InstanceUnhealthy", data } as const,
    { type: "InstanceDraining", data } as const,
  ].reduce<Standings>(evolveStandings, new Map());
  const configured = [{ id: "a", ...speaks }];
  expect(membershipChanges(standings, configured)).toEqual([]);
  const events = membershipChanges(standings, configured, new Set(["a"]));
  expect(events.map(({ type }) => type)).toEqual(["InstanceRemoved", "InstanceAdded", "InstanceDraining"]);
  expect(events.reduce(evolveStandings, standings).get("a")).toMatchObject({
    isHealthy: true,
    isDraining: true,
  });
});
