// Globs, schedules and the catalogue, as properties.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  fitsCatalogue,
  globMatches,
  headersProblem,
  isKnownGlob,
  RETRY_SCHEDULE,
  RUN_EVENT_TYPES,
  retryDelayMs,
  WEBHOOK_TYPES,
  WebhookRequest,
  webhookCatalogue,
} from "../../../src/domain/index.ts";

describe("globs", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", ".", "*"), maxLength: 8 });
  const plain = fc.string({ unit: fc.constantFrom("a", "b", "."), maxLength: 10 });

  test("match as the expression that they stand for", () => {
    fc.assert(
      fc.property(letters, plain, (glob, text) => {
        const meant = new RegExp(`^${glob.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
        expect(globMatches(glob, text)).toBe(meant.test(text));
      }),
    );
  });

  test("take no longer for many stars", () => {
    expect(globMatches(`${"*a".repeat(200)}b`, "a".repeat(100_000))).toBe(false);
  });

  test("that can match nothing are told apart", () => {
    expect(isKnownGlob("run.*", [])).toBe(true);
    expect(isKnownGlob("event.Task*", RUN_EVENT_TYPES)).toBe(true);
    expect(isKnownGlob("run.succeded", RUN_EVENT_TYPES)).toBe(false);
    expect(
      WebhookRequest.safeParse({ url: "https://a.example", events: ["run.succeded"] }).error?.message,
    ).toContain("run.succeeded");
  });
});

describe("retries", () => {
  test("keep to the schedule by a fifth, then end", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (failures, fraction) => {
          const delay = retryDelayMs(RETRY_SCHEDULE, { failures, fraction });
          const seconds = RETRY_SCHEDULE[failures - 1];
          expect(delay === undefined).toBe(seconds === undefined);
          if (delay === undefined || seconds === undefined) return;
          expect(delay).toBeGreaterThanOrEqual(seconds * 800 - 1);
          expect(delay).toBeLessThanOrEqual(seconds * 1200 + 1);
        },
      ),
    );
  });

  test.each([
    [120_000, 120_000],
    [10, 1000],
    [1e12, 24 * 3600 * 1000],
  ])("wait as long as they are asked to, within reason: %d", (retryAfterMs, waits) => {
    expect(retryDelayMs([300], { failures: 1, retryAfterMs, fraction: 0.9 })).toBe(waits);
    expect(retryDelayMs([300], { failures: 2, retryAfterMs, fraction: 0.9 })).toBeUndefined();
  });

  test("fractions of seconds are welcome", () => {
    expect(retryDelayMs([0.1], { failures: 1, fraction: 0.5 })).toBe(100);
  });
});

describe("the catalogue", () => {
  test.each(webhookCatalogue().map((one) => [one.type, one] as const))("%s: its sample fits", (type, one) => {
    expect(fitsCatalogue(type, one.sample)).toBe(true);
    expect(fitsCatalogue(type, { ...one.sample, data: {} })).toBe(false);
  });

  test("has every type", () => {
    expect(webhookCatalogue().map(({ type }) => type)).toEqual(WEBHOOK_TYPES);
  });
});

describe("what is asked of an endpoint", () => {
  test.each([
    [{ "webhook-id": "1" }, "not yours"],
    [{ Host: "a" }, "not yours"],
    [{ "Content-Length": "1" }, "not yours"],
    [{ "transfer-encoding": "chunked" }, "not yours"],
    [{ "x-a": "b\r\nwebhook-id: 1" }, "line break"],
    [{ "x-a": "b\nc" }, "line break"],
    [{ "x a": "b" }, "no name"],
    [{ "x-a\r\nb": "b" }, "no name"],
  ])("headers %j are refused", (headers, why) => {
    expect(headersProblem(headers)).toContain(why);
  });

  test("other headers are not", () => {
    expect(headersProblem({ authorization: "Bearer x.y", "X-Team": "billing\tnight" })).toBeUndefined();
  });

  test.each(["ftp://a.example", "https://u:p@a.example/", "a.example", "https://", "file:///etc/passwd", ""])(
    "%j is no address",
    (url) => {
      expect(WebhookRequest.safeParse({ url }).success).toBe(false);
    },
  );

  test.each([
    { url: "https://a.example", colour: "red" },
    { url: "https://a.example", events: [] },
    { url: "https://a.example", max_rate: 0 },
    { url: "https://a.example", filter: { tenant: "other" } },
  ])("%j is refused", (request) => {
    expect(WebhookRequest.safeParse(request).success).toBe(false);
  });
});
