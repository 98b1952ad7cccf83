// What is set for a tenant: a fold over its stream, compared with a model that keeps the last word on each name.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  changesSettings,
  evolveSettings,
  FLAG_NAMES,
  FLAGS,
  flagStanding,
  Instant,
  type Json,
  jcs,
  limitOf,
  NOTHING_SET,
  parseJson,
  QUOTA_NAMES,
  readSettingsEvent,
  type SettingsEvent,
  type TenantSettings,
} from "../../../src/domain/index.ts";

const flag = fc.constantFrom(...FLAG_NAMES, "of_a_newer_version");
const quota = fc.constantFrom(...QUOTA_NAMES, "of_a_newer_version");
const event: fc.Arbitrary<SettingsEvent> = fc.oneof(
  fc.record({ flag, on: fc.boolean() }).map((data) => ({ type: "FlagSet" as const, data })),
  flag.map((one) => ({ type: "FlagCleared" as const, data: { flag: one } })),
  fc.record({ quota, limit: fc.nat() }).map((data) => ({ type: "QuotaSet" as const, data })),
  quota.map((one) => ({ type: "QuotaCleared" as const, data: { quota: one } })),
);

const by = (second: number) => ({
  at: Instant.parse(new Date(Date.UTC(2026, 2, 1) + second * 1000).toISOString()),
  by: { type: "cli" as const, id: `operator-${second % 3}` },
});
const folded = (events: readonly SettingsEvent[]): TenantSettings =>
  events.reduce((set, one, i) => evolveSettings(set, one, by(i)), NOTHING_SET);
const words = ({ flags, quotas }: TenantSettings) => ({
  flags: Object.fromEntries([...flags].map(([name, { on }]) => [name, on])),
  quotas: Object.fromEntries([...quotas].map(([name, { limit }]) => [name, limit])),
});

test("the last word on each name counts, whatever was said before", () => {
  fc.assert(
    fc.property(fc.array(event), (events) => {
      const model = { flags: new Map<string, boolean>(), quotas: new Map<string, number>() };
      for (const { type, data } of events) {
        if (type === "FlagSet") model.flags.set(data.flag, data.on);
        else if (type === "FlagCleared") model.flags.delete(data.flag);
        else if (type === "QuotaSet") model.quotas.set(data.quota, data.limit);
        else model.quotas.delete(data.quota);
      }
      const set = folded(events);
      const last = { flags: Object.fromEntries(model.flags), quotas: Object.fromEntries(model.quotas) };
      expect(words(set)).toEqual(last);
      for (const name of QUOTA_NAMES) expect(limitOf(set, name)).toBe(model.quotas.get(name));
    }),
  );
});

test("what changes nothing says so, and nothing else does; who set it first is kept", () => {
  fc.assert(
    fc.property(fc.array(event), event, (events, next) => {
      const before = folded(events);
      const after = evolveSettings(before, next, by(events.length));
      expect(changesSettings(before, next)).toBe(jcs(words(before)) !== jcs(words(after)));
      expect(changesSettings(after, next)).toBe(false);
    }),
  );
});

test("events come back from JSON as they were, and a fold leaves what was before alone", () => {
  fc.assert(
    fc.property(fc.array(event), event, (events, next) => {
      const data: Json = parseJson(jcs(next.data));
      expect(readSettingsEvent(next.type, 1, data)).toEqual(next);
      const before = folded(events);
      const kept = words(before);
      evolveSettings(before, next, by(9));
      expect(words(before)).toEqual(kept);
    }),
  );
});

test("the tenant goes before the configuration, and that before the default", () => {
  const off = evolveSettings(NOTHING_SET, { type: "FlagSet", data: { flag: "webhooks", on: false } }, by(1));
  expect(flagStanding(NOTHING_SET, {}, "webhooks")).toEqual({ on: FLAGS.webhooks.default, from: "default" });
  expect(flagStanding(NOTHING_SET, { webhooks: false }, "webhooks")).toEqual({
    on: false,
    from: "configuration",
  });
  expect(flagStanding(off, { webhooks: true }, "webhooks")).toEqual({
    on: false,
    from: "tenant",
    set: by(1),
  });
  expect(flagStanding(off, { webhooks: true }, "retention")).toMatchObject({ from: "default" });
});
