// What was sealed opens where it was sealed, and nowhere else; whatever was changed is refused.
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { sealKey } from "../../../src/adapters/keys/seal-key.ts";
import type { Sealed, SealedPlace } from "../../../src/engine/ports/index.ts";

const bytes = fc.uint8Array({ maxLength: 300 });
const place: fc.Arbitrary<SealedPlace> = fc.record({
  tenant: fc.constantFrom("main", "other"),
  stream: fc.constantFrom("run-main.a", "run-main.b"),
  revision: fc.nat(50),
  type: fc.constantFrom("TaskSucceeded", "TaskFailed"),
});
const key = sealKey("k.1", randomBytes(32));
const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

test("a round trip gives the same bytes, and none of them stands in what is stored", () => {
  fc.assert(
    fc.property(bytes, place, (plain, at) => {
      const sealed = key.seal(plain, at);
      expect(same(key.open(sealed, at), plain)).toBe(true);
      expect(sealed).toMatchObject({ v: 1, keyId: "k.1" });
      expect(Buffer.from(sealed.nonce, "base64")).toHaveLength(12);
      if (plain.length < 8) return;
      expect(Buffer.from(sealed.ciphertext, "base64").includes(Buffer.from(plain))).toBe(false);
    }),
  );
});

test("twice the same text at one place are two ciphertexts", () => {
  const at = { tenant: "main", stream: "run-main.a", revision: 0, type: "RunSubmitted" };
  const [one, other] = [key.seal(Buffer.from("x"), at), key.seal(Buffer.from("x"), at)];
  expect(one.nonce).not.toBe(other.nonce);
  expect(one.ciphertext).not.toBe(other.ciphertext);
});

test("at any other place it is refused, as is another key's or one of that name", () => {
  fc.assert(
    fc.property(bytes, place, place, (plain, at, other) => {
      const sealed = key.seal(plain, at);
      fc.pre(JSON.stringify(at) !== JSON.stringify(other));
      expect(() => key.open(sealed, other)).toThrow(/cannot be opened/);
    }),
  );
  const at = { tenant: "main", stream: "run-main.a", revision: 3, type: "TaskFailed" };
  const sealed = key.seal(Buffer.from("x"), at);
  const others = [
    [sealKey("k.1", randomBytes(32)), sealed],
    [sealKey("k.2", randomBytes(32)), sealed],
    [key, { ...sealed, keyId: "k.2" }],
    [key, { ...sealed, v: 2 }],
  ] as const;
  for (const [one, what] of others) expect(() => one.open(what, at)).toThrow(/cannot be opened/);
});

test("any byte that was altered, added or taken away is noticed", () => {
  const at = { tenant: "main", stream: "run-main.a", revision: 3, type: "TaskFailed" };
  fc.assert(
    fc.property(
      bytes,
      fc.constantFrom("nonce", "ciphertext"),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (plain, part, where, flip) => {
        const sealed = key.seal(plain, at);
        const raw = Buffer.from(sealed[part], "base64");
        raw[where % raw.length] = (raw[where % raw.length] ?? 0) ^ flip;
        const longer = Buffer.concat([Buffer.from(sealed[part], "base64"), Buffer.from([flip])]);
        const shorter = Buffer.from(sealed[part], "base64").subarray(1);
        for (const changed of [raw, longer, shorter]) {
          const altered: Sealed = { ...sealed, [part]: changed.toString("base64") };
          expect(() => key.open(altered, at)).toThrow(/cannot be opened/);
        }
        expect(() => key.open({ ...sealed, [part]: `${sealed[part]}\n` }, at)).toThrow(/cannot be opened/);
      },
    ),
  );
});

test("a blob: the same bytes give the same, for another tenant or key it does not open, a changed one neither", () => {
  fc.assert(
    fc.property(bytes, fc.nat(), (plain, where) => {
      const sealed = key.sealBlob(plain, "main");
      expect(same(sealed, key.sealBlob(plain, "main"))).toBe(true);
      expect(same(key.openBlob(sealed, "main"), plain)).toBe(true);
      expect(() => key.openBlob(sealed, "other")).toThrow(/cannot be opened/);
      const other = sealKey("k.1", randomBytes(32));
      expect(same(other.sealBlob(plain, "main"), sealed)).toBe(false);
      expect(() => other.openBlob(sealed, "main")).toThrow(/cannot be opened/);
      const changed = Buffer.from(sealed);
      changed[where % changed.length] = (changed[where % changed.length] ?? 0) ^ 1;
      expect(() => key.openBlob(changed, "main")).toThrow(/cannot be opened/);
      expect(() => key.openBlob(sealed.subarray(0, where % sealed.length), "main")).toThrow(
        /cannot be opened/,
      );
    }),
  );
});
