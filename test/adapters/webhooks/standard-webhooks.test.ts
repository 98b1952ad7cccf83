// Signatures: the vector of the specification, and what the reference package makes of ours.
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, test } from "vitest";
import { newSecret, signatureProblem, signatures } from "../../../src/adapters/webhooks/standard-webhooks.ts";

const utf8 = new TextEncoder();
const NOW = 1_790_000_000_000;
const timestamp = NOW / 1000;

const headersOf = (secrets: readonly string[], body: Uint8Array, id = "msg_1") => ({
  "webhook-id": id,
  "webhook-timestamp": String(timestamp),
  "webhook-signature": signatures(secrets, { id, timestamp, body }),
});

test("the vector of the specification", () => {
  const message = {
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestamp: 1_614_265_330,
    body: utf8.encode('{"test": 2432232314}'),
  };
  expect(signatures(["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], message)).toBe(
    "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  );
});

test("the reference package accepts every body that we sign, and no other", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const { secret } = newSecret("v1");
      const body = utf8.encode(text);
      const id = "evt_1";
      const now = Math.floor(Date.now() / 1000);
      const headers = {
        "webhook-id": id,
        "webhook-timestamp": String(now),
        "webhook-signature": signatures([secret], { id, timestamp: now, body }),
      };
      expect(new Webhook(secret).verify(text, headers)).toEqual(JSON.parse(text));
      expect(() => new Webhook(newSecret("v1").secret).verify(text, headers)).toThrow();
    }),
    { numRuns: 30 },
  );
});

describe.each(["v1", "v1a"] as const)("%s", (kind) => {
  const { secret, shown } = newSecret(kind);
  const body = utf8.encode('{"a":"é\u2028"}');
  const headers = headersOf([secret], body);

  test("what was signed is believed", () => {
    expect(signatureProblem(shown, headers, body, NOW)).toBeUndefined();
  });

  test.each([
    ["another body", headers, utf8.encode('{"a":"e"}'), NOW],
    ["another id", { ...headers, "webhook-id": "msg_2" }, body, NOW],
    ["another time", { ...headers, "webhook-timestamp": String(timestamp + 1) }, body, NOW],
    ["an old one", headers, body, NOW + 6 * 60 * 1000],
    ["one from the future", headers, body, NOW - 6 * 60 * 1000],
    ["no signature", { ...headers, "webhook-signature": "" }, body, NOW],
    ["a bare one", { ...headers, "webhook-signature": headers["webhook-signature"].slice(3) }, body, NOW],
    ["no header", {}, body, NOW],
    ["headers twice", { ...headers, "webhook-id": ["msg_1", "msg_2"] }, body, NOW],
  ])("%s is not", (_, given, bytes, now) => {
    expect(signatureProblem(shown, given, bytes, now)).toBeTypeOf("string");
  });

  test("while a secret is rotated, the old and the new one both fit", () => {
    const next = newSecret(kind);
    const both = headersOf([next.secret, secret], body);
    expect(both["webhook-signature"].split(" ")).toHaveLength(2);
    expect(signatureProblem(shown, both, body, NOW)).toBeUndefined();
    expect(signatureProblem(next.shown, both, body, NOW)).toBeUndefined();
    expect(signatureProblem(newSecret(kind).shown, both, body, NOW)).toBeTypeOf("string");
  });
});

test("what a receiver of v1a is given signs nothing", () => {
  const { secret, shown } = newSecret("v1a");
  expect(secret).toMatch(/^whsk_/);
  expect(shown).toMatch(/^whpk_/);
  const body = utf8.encode("{}");
  const forged = headersOf([shown.replace("whpk_", "whsk_")], body);
  expect(signatureProblem(shown, forged, body, NOW)).toBe("no signature fits");
});
