// A leaf names the tenant that metadata have, whether they are read in the quick way or not: every verifier parses them.
import fc from "fast-check";
import { expect, test } from "vitest";
import { leafOf } from "../../../src/adapters/audit/leaf.ts";
import { systemClock, systemRandom } from "../../../src/adapters/host/index.ts";
import { StreamName } from "../../../src/domain/index.ts";
import { plainEvent } from "../../../src/engine/index.ts";

const recording = {
  actor: { type: "service", id: "test" },
  clock: systemClock(),
  random: systemRandom(),
} as const;
const event = {
  ...plainEvent({ type: "Noted", data: {} }, 1, recording),
  stream: StreamName.parse("schedule-main.a"),
  revision: 0,
  position: 1n,
};

const tenantIn = (metadata: Uint8Array): unknown =>
  JSON.parse(Buffer.from(leafOf({ ...event, metadata })).toString()).tenant;

function parsed(metadata: Uint8Array): string {
  try {
    const value: unknown = JSON.parse(Buffer.from(metadata).toString());
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject && "tenant" in value && typeof value.tenant === "string" ? value.tenant : "";
  } catch {
    return "";
  }
}

const text = fc.oneof(fc.constantFrom("main", "", "a b", "ä", '"', "\\", "\n", "\u{1f600}"), fc.string());
const usual = fc
  .record({ id: text, type: text, cause: text, tenant: text, worker: text, has: fc.nat({ max: 3 }) })
  .map(({ id, type, cause, tenant, worker, has }) =>
    JSON.stringify({
      actor: { id, type },
      ...(has & 1 && { causationId: cause }),
      tenant,
      ...(has & 2 && { worker }),
    }),
  );
/** A place and what stands there instead; nothing, most of the time. */
const spoilt = fc.tuple(
  usual,
  fc.nat(),
  fc.nat({ max: 12 }),
  fc.constantFrom("", ",", '"', "}", '"tenant":"b",', "\\", "\0"),
);

test("the tenant of a leaf is the one that its metadata parse to, spoilt ones too", () => {
  fc.assert(
    fc.property(spoilt, ([json, at, length, other]) => {
      const start = at % (json.length + 1);
      for (const one of [json, json.slice(0, start) + other + json.slice(start + (length % 4))]) {
        const metadata = Buffer.from(one);
        expect(tenantIn(metadata)).toBe(parsed(metadata));
      }
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['{"actor":{"id":"a","type":"cli"},"tenant":"main"}', "main"],
  ['{"actor":{"id":"a","type":"cli"},"causationId":"b","tenant":"t-2","worker":"w"}', "t-2"],
  ['{"actor":{"id":"a","type":"cli"},"tenant":"main","tenant":"other"}', "other"],
  ['{"actor":{"id":"a","type":"cli"},"tenant":"main"} x', ""],
  ['{"actor":{"id":"a","type":"cli"},"tenant":"main"}\n', "main"],
  ['{"actor":{"id":"a","type":"cli"},"tenant":"m\\u0061in"}', "main"],
  ['{"actor":{"id":"a\ttab","type":"cli"},"tenant":"main"}', ""],
  ['[{"tenant":"main"}]', ""],
  ["\ufeff{}", ""],
])("of %s it is %j", (json, tenant) => {
  expect(tenantIn(Buffer.from(json))).toBe(tenant);
});
