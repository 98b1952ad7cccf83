// How instances stand, event by event; and what is recorded where the configuration has others than the log knows.
import { expect, test } from "vitest";
import {
  evolveStandings,
  Instant,
  membershipChanges,
  type PoolEvent,
  type Standings,
} from "../../../src/domain/index.ts";

const after = (...events: readonly PoolEvent[]): Standings =>
  events.reduce<Standings>(evolveStandings, new Map());
const a = { instance: "a" };
const UNTIL = Instant.parse("2026-03-01T12:01:00.000Z");
const added: PoolEvent = { type: "InstanceAdded", data: { ...a, protocol: "llm/v1", endpoint: "http://a" } };
const opened: PoolEvent = {
  type: "BreakerOpened",
  data: { ...a, failures: 3, code: "CONNECTION_LOST", until: UNTIL },
};
const FRESH = { breaker: { kind: "closed" }, isHealthy: true, isDraining: false };
const ADDED = { ...FRESH, protocol: "llm/v1", endpoint: "http://a" };
const OPEN = { kind: "open", until: Date.parse(UNTIL) };

test.each([
  ["added", [added], ADDED],
  [
    "without an endpoint",
    [{ type: "InstanceAdded", data: { ...a, protocol: "llm/v1" } }],
    { ...FRESH, protocol: "llm/v1" },
  ],
  ["draining", [added, { type: "InstanceDraining", data: a }], { ...ADDED, isDraining: true }],
  ["resumed", [added, { type: "InstanceDraining", data: a }, { type: "InstanceResumed", data: a }], ADDED],
  ["unhealthy", [added, { type: "InstanceUnhealthy", data: a }], { ...ADDED, isHealthy: false }],
  ["healthy", [added, { type: "InstanceUnhealthy", data: a }, { type: "InstanceHealthy", data: a }], ADDED],
  ["open", [added, opened], { ...ADDED, breaker: OPEN }],
  [
    "half open",
    [added, opened, { type: "BreakerHalfOpened", data: a }],
    { ...ADDED, breaker: { kind: "half-open" } },
  ],
  ["closed", [added, opened, { type: "BreakerClosed", data: a }], ADDED],
  ["open, though nobody added it", [opened], { ...FRESH, breaker: OPEN }],
  [
    "added anew elsewhere, and still open",
    [added, opened, { type: "InstanceAdded", data: { ...a, protocol: "llm/v1", endpoint: "http://b" } }],
    { ...ADDED, endpoint: "http://b", breaker: OPEN },
  ],
] satisfies readonly (readonly [string, readonly PoolEvent[], object])[])("%s", (_, events, standing) => {
  expect(after(...events)).toEqual(new Map([["a", standing]]));
});

test("removed, nothing is left of it; and what was before stays as it was", () => {
  const before = after(added);
  expect(evolveStandings(before, { type: "InstanceRemoved", data: a }).size).toBe(0);
  expect(before.size).toBe(1);
});

test.each([
  ["the same", { id: "a", protocol: "llm/v1", endpoint: "http://a" }, []],
  ["another address", { id: "a", protocol: "llm/v1", endpoint: "http://b" }, [["InstanceAdded", "http://b"]]],
  [
    "another protocol",
    { id: "a", protocol: "mcp/v1", endpoint: "http://a" },
    [["InstanceAdded", "http://a"]],
  ],
  ["none", { id: "a", protocol: "llm/v1" }, [["InstanceAdded", undefined]]],
  [
    "another name",
    { id: "b", protocol: "llm/v1", endpoint: "http://a" },
    [
      ["InstanceRemoved", undefined],
      ["InstanceAdded", "http://a"],
    ],
  ],
])("configured with %s", (_, configured, changes) => {
  const found = membershipChanges(after(added), [configured]);
  expect(found.map(({ type, data }) => [type, "endpoint" in data ? data.endpoint : undefined])).toEqual(
    changes,
  );
});
