// A key as its stream tells it, and which secrets let somebody in at an instant.
import { describe, expect, test } from "vitest";
import {
  type Actor,
  accessStream,
  evolveKey,
  hashesThatCount,
  Instant,
  isOver,
  type Key,
  type KeyEvent,
  KeyId,
  keyOfStream,
  keyStream,
  keysOf,
  StreamName,
} from "../../../src/domain/index.ts";

const id = KeyId.parse("0123456789abcdef");
const actor: Actor = { type: "cli", id: "5f0e7a7c" };
const other: Actor = { type: "user", id: "somebody" };
const NINE = Instant.parse("2026-03-01T09:00:00.000Z");
const TEN = Instant.parse("2026-03-01T10:00:00.000Z");
const NOON = Instant.parse("2026-03-01T12:00:00.000Z");
const [first, second, third] = ["0a", "0b", "0c"].map((byte) => `sha256-${byte.repeat(32)}`);
if (first === undefined || second === undefined || third === undefined) throw new Error("no hashes");

const created: KeyEvent = { type: "KeyCreated", data: { role: "operator", hash: first } };
const rotated = (hash: string, previousUntil?: Instant): KeyEvent => ({
  type: "KeyRotated",
  data: { hash, ...(previousUntil && { previousUntil }) },
});
const revoked: KeyEvent = { type: "KeyRevoked", data: {} };

/** Created by one at nine, changed by another at ten. */
function keyOf(...events: readonly KeyEvent[]): Key | undefined {
  let key: Key | undefined;
  for (const [i, event] of events.entries())
    key = evolveKey(key, { id, event, ...(i === 0 ? { at: NINE, actor } : { at: TEN, actor: other }) });
  return key;
}
const bare = { id, role: "operator", hash: first, createdAt: NINE, createdBy: actor };

describe("a key", () => {
  test.each<[string, readonly KeyEvent[], object | undefined]>([
    ["created", [created], bare],
    [
      "created with an end",
      [{ type: "KeyCreated", data: { role: "viewer", hash: first, expiresAt: NOON } }],
      { ...bare, role: "viewer", expiresAt: NOON },
    ],
    ["rotated at once", [created, rotated(second)], { ...bare, hash: second, rotatedAt: TEN }],
    [
      "rotated, the secret before still counting",
      [created, rotated(second, NOON)],
      { ...bare, hash: second, rotatedAt: TEN, previous: { hash: first, until: NOON } },
    ],
    [
      "rotated twice keeps one secret before, not two",
      [created, rotated(second, NOON), rotated(third, NOON)],
      { ...bare, hash: third, rotatedAt: TEN, previous: { hash: second, until: NOON } },
    ],
    [
      "rotated at once after that keeps none",
      [created, rotated(second, NOON), rotated(third)],
      { ...bare, hash: third, rotatedAt: TEN },
    ],
    ["revoked", [created, revoked], { ...bare, revokedAt: TEN }],
    ["used", [created, { type: "KeyUsed", data: { day: "2026-03-01" } }], { ...bare, usedOn: "2026-03-01" }],
    ["that was never created, but rotated", [rotated(second)], undefined],
    ["that was never created, but revoked", [revoked], undefined],
    ["of no events", [], undefined],
  ])("%s", (_, events, key) => {
    expect(keyOf(...events)).toStrictEqual(key);
  });

  test("that is revoked again was revoked when it first was", () => {
    const once = keyOf(created, revoked);
    expect(evolveKey(once, { id, at: NOON, actor, event: revoked })?.revokedAt).toBe(TEN);
  });
});

describe("who is let in", () => {
  const at = (instant: string) => Date.parse(instant);
  const until = keyOf({ type: "KeyCreated", data: { role: "admin", hash: first, expiresAt: NOON } });
  const handover = keyOf(created, rotated(second, NOON));
  const gone = keyOf(created, rotated(second, NOON), revoked);

  test.each<[string, Key | undefined, string, readonly string[]]>([
    ["a key without an end", keyOf(created), "2100-01-01T00:00:00.000Z", [first]],
    ["a key before its end", until, "2026-03-01T11:59:59.999Z", [first]],
    ["a key at its end", until, NOON, []],
    ["both secrets until the old one ends", handover, "2026-03-01T11:59:59.999Z", [second, first]],
    ["then the new one alone", handover, NOON, [second]],
    ["nobody with a revoked key, old secret or new", gone, TEN, []],
  ])("%s", (_, key, now, hashes) => {
    expect(key && hashesThatCount(key, at(now))).toEqual(hashes);
    expect(key && isOver(key, at(now))).toBe(hashes.length === 0);
  });
});

describe("streams of keys", () => {
  test("are named after tenant and key, and give the key back", () => {
    expect(keyStream(id)).toBe("key-main.0123456789abcdef");
    expect(keyStream(id, "acme").startsWith(keysOf("acme"))).toBe(true);
    for (const tenant of ["main", "acme"]) expect(keyOfStream(keyStream(id, tenant))).toBe(id);
  });

  test.each([
    "run-main.0123456789abcdef",
    "key-main.0123456789abcde",
    "key-main.0123456789abcdef0",
    "key-main.0123456789ABCDEF",
    "key-0123456789abcdef",
  ])("%s is none", (name) => {
    expect(keyOfStream(StreamName.parse(name))).toBeUndefined();
  });

  test("who was turned away is counted by month", () => {
    expect(accessStream(NOON)).toBe("access-2026-03");
  });
});
