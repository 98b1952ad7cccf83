import { expect, test } from "vitest";
import { sha256 } from "../../../src/adapters/host/index.ts";

// FIPS 180-2, appendix B.
test.each([
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
])("the hash of %j", (text, hash) => {
  expect(sha256(new TextEncoder().encode(text))).toBe(hash);
});

test("a piece of a larger buffer is hashed, not the buffer", () => {
  const whole = new TextEncoder().encode("xxabcxx");
  expect(sha256(whole.subarray(2, 5))).toBe(sha256(new TextEncoder().encode("abc")));
});
