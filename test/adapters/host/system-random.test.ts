import fc from "fast-check";
import { expect, test } from "vitest";
import { systemRandom } from "../../../src/adapters/host/index.ts";

const at = (millis: number) => () => millis;

test("ids are UUID v7 with the instant in front", () => {
  const millis = Date.parse("2026-03-01T12:00:00.000Z");
  const id = systemRandom(at(millis)).eventId();
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(millis);
});

test("every id is greater than the one before, wherever the clock goes", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 2 }), (instants) => {
      let now = 0;
      const random = systemRandom(() => now);
      const ids = instants.flatMap((instant) => {
        now = instant;
        return [random.eventId(), random.runId(), random.eventId()];
      });
      expect(ids).toEqual([...new Set(ids)].toSorted());
    }),
  );
});

test("two processes that count in the same millisecond do not meet", () => {
  const [one, two] = [systemRandom(at(5)), systemRandom(at(5))];
  const ids = Array.from({ length: 2000 }, () => [one.eventId(), two.eventId()]).flat();
  expect(new Set(ids).size).toBe(4000);
});

test("salts are sixteen bytes, each its own, and none changes later", () => {
  const random = systemRandom(at(1));
  const salts = Array.from({ length: 3000 }, () => random.salt());
  const texts = salts.map((salt) => Buffer.from(salt).toString("hex"));
  for (let i = 0; i < 3000; i += 1) random.eventId();
  expect(salts.map((salt) => Buffer.from(salt).toString("hex"))).toEqual(texts);
  expect(new Set(texts).size).toBe(3000);
  expect(salts.every(({ length }) => length === 16)).toBe(true);
});

test("fractions lie from 0 to below 1", () => {
  const random = systemRandom();
  const all = Array.from({ length: 100 }, () => random.fraction());
  expect(all.every((fraction) => fraction >= 0 && fraction < 1)).toBe(true);
  expect(new Set(all).size).toBeGreaterThan(90);
});
