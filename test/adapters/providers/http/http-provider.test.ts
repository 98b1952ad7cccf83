// What goes out and what comes back, against a real server.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isObject, type JsonObject } from "../../../../src/domain/index.ts";
import type { Outcome } from "../../../../src/engine/ports/index.ts";
import { handClock } from "../../../engine/hand-clock.ts";
import { callContext } from "../call-context.ts";
import { errorOf, resultOf } from "../outcomes.ts";
import { type HttpRig, httpRig } from "./rig.ts";

const clock = handClock(Date.parse("2026-11-25T12:00:00Z"));
let rig: HttpRig;
beforeAll(async () => {
  rig = await httpRig(clock);
});
afterAll(async () => {
  await rig.provider.close();
  await rig.remove();
});

const ask = (path: string, params: JsonObject = {}): Promise<Outcome> =>
  rig.provider.execute(
    { method: "request", params: { url: `http://harbour.test/${path}`, ...params } },
    callContext(),
  );
const answered = async (path: string, params?: JsonObject): Promise<JsonObject> => {
  const result = resultOf(await ask(path, params));
  return isObject(result) ? result : {};
};
const mirrored = async (params: JsonObject) => (await answered("mirror?a=1", params)).json;

describe("a request", () => {
  test("is GET, and POST with a body; JSON says that it is", async () => {
    expect(await mirrored({})).toMatchObject({ method: "GET", body: "" });
    expect(await mirrored({ json: null })).toMatchObject({
      method: "POST",
      body: "null",
      headers: { "content-type": "application/json" },
    });
    expect(await mirrored({ body: "Grüße", method: "PUT" })).toMatchObject({
      method: "PUT",
      body: "Grüße",
      headers: { "content-type": "text/plain; charset=utf-8" },
    });
  });

  test("keeps the URL's query and adds to it, in order", async () => {
    expect(await mirrored({ query: { b: ["x y", "&"], c: true } })).toMatchObject({
      url: "/mirror?a=1&b=x+y&b=%26&c=true",
    });
  });

  test("has the headers that are given, and the key that makes a second one the same", async () => {
    expect(await mirrored({ headers: { "X-Boat": 7, "User-Agent": "mine" }, method: "POST" })).toMatchObject({
      headers: { "x-boat": "7", "user-agent": "mine", "idempotency-key": callContext().idempotencyKey },
    });
    expect(await mirrored({})).not.toHaveProperty("headers.idempotency-key");
  });
});

describe("an answer", () => {
  test("comes as text, in its own charset, unpacked, or as base64 where it is none", async () => {
    expect(await answered("text")).toMatchObject({ body: "ä", json: null });
    expect(await answered("squeezed")).toMatchObject({ body: '{"oars": 2}', json: { oars: 2 } });
    expect(await answered("bytes")).toMatchObject({ body: "AP/+", encoding: "base64", json: null });
  });

  test("has its headers, those that came twice as a list", async () => {
    expect(await answered("cookies")).toMatchObject({ headers: { "set-cookie": ["a=1", "b=2"] } });
  });

  test.each([
    ["status/404", { expect: 404 }, 404],
    ["status/404", { expect: [200, 404] }, 404],
    ["status/404", { expect: { status: 404, json: false } }, 404],
    ["away", { expect: 307 }, 307],
  ])("%s is what %j expects", async (path, params, status) => {
    expect(await answered(path, params)).toMatchObject({ status });
  });

  test.each([
    ["status/200", { expect: 404 }, "PROVIDER_ERROR", false],
    ["status/400", {}, "PROVIDER_ERROR", false],
    ["status/401", {}, "AUTHENTICATION_FAILED", false],
    ["status/403", {}, "AUTHORIZATION_FAILED", false],
    ["status/404", {}, "PROVIDER_ERROR", false],
    ["status/408", {}, "PROVIDER_TIMEOUT", true],
    ["status/425", {}, "PROVIDER_NOT_AVAILABLE", true],
    ["status/429", {}, "RATE_LIMIT_EXCEEDED", true],
    ["status/500", {}, "PROVIDER_ERROR", true],
    ["status/503", {}, "PROVIDER_NOT_AVAILABLE", true],
    ["status/504", {}, "PROVIDER_TIMEOUT", true],
    ["status/200", { expect: { json: true } }, "TASK_RESULT_INVALID", false],
    ["bytes", { expect: { json: true } }, "TASK_RESULT_INVALID", false],
    ["wide", {}, "TASK_RESULT_INVALID", false],
    ["lies", {}, "PROVIDER_ERROR", false],
    ["odd", {}, "PROVIDER_ERROR", false],
  ])("%s with %j is %s, retryable: %s", async (path, params, code, retryable) => {
    expect(errorOf(await ask(path, params))).toMatchObject({ code, retryable });
  });

  test("that asks for patience gets it, in seconds or until a date", async () => {
    expect(await ask("status/429/120")).toMatchObject({ retryAfterMs: 120_000 });
    expect(await ask("status/503/Wed, 25 Nov 2026 12:01:00 GMT")).toMatchObject({ retryAfterMs: 60_000 });
    expect(await ask("status/503/Wed, 25 Nov 2020 12:01:00 GMT")).toMatchObject({ retryAfterMs: 0 });
    expect(await ask("status/503/soon")).not.toHaveProperty("retryAfterMs");
    expect(await ask("status/400/120")).not.toHaveProperty("retryAfterMs");
  });

  test("that is not as expected stays as evidence", async () => {
    expect(await ask("status/500")).toMatchObject({
      evidence: { http: { status: 500, body: "the gate\n  is shut" } },
    });
  });

  test("that sends on says where to, and is not followed", async () => {
    expect(errorOf(await ask("away"))).toMatchObject({
      code: "PROVIDER_ERROR",
      message: expect.stringContaining("http://elsewhere.example.org/"),
    });
  });

  test.each(["huge", "bomb"])("that is too large (%s) is refused, packed or not", async (path) => {
    expect(errorOf(await ask(path))).toMatchObject({
      code: "TASK_RESULT_INVALID",
      message: expect.stringContaining("1000000 bytes"),
    });
  });

  test("that takes longer than the params say is given up", async () => {
    const outcome = ask("silence", { timeout: "90s" });
    const request = await rig.waiting();
    await clock.advance(90_000);
    expect(errorOf(await outcome)).toMatchObject({
      code: "PROVIDER_TIMEOUT",
      message: expect.stringContaining("90"),
    });
    expect(
      request.socket.destroyed || (await new Promise((r) => request.socket.once("close", () => r(true)))),
    ).toBe(true);
  });
});
