// What endpoints at an address do wrong.
import { afterEach, expect, test } from "vitest";
import { GleitzeitError, type JsonObject } from "../../../../src/domain/index.ts";
import type { CallContext } from "../../../../src/engine/ports/index.ts";
import { handClock } from "../../../engine/hand-clock.ts";
import { callContext } from "../call-context.ts";
import { errorOf, resultOf } from "../outcomes.ts";
import { type Given, type Quay, quay } from "./quay.ts";

let current: Quay | undefined;
afterEach(async () => current?.remove());

async function opened(given: Given = {}) {
  const made = await quay({ kind: "http", as: "call", path: "", ...given });
  current = made;
  const call = (method: string, params: JsonObject = {}, context: Partial<CallContext> = {}) =>
    made.provider.execute({ method: "call", params: { method, params } }, callContext(context));
  return { ...made, call };
}

test.each([
  ["status/503", "PROVIDER_NOT_AVAILABLE", true, /^the endpoint quay answered 503: not now$/],
  ["status/401", "AUTHENTICATION_FAILED", false, /answered 401/],
  ["status/302", "PROVIDER_ERROR", false, /answered 302/],
  ["nothing", "PROVIDER_ERROR", false, /answered with nothing \(status 204\)$/],
  ["html", "PROVIDER_ERROR", false, /answered with no JSON-RPC message: <p>Welcome<\/p>$/],
  ["cut", "CONNECTION_LOST", true, /closed the connection/],
] as const)("%s is %s", async (path, code, retryable, message) => {
  const { call, provider } = await opened({ path });
  expect(errorOf(await call("greet"))).toMatchObject({
    code,
    retryable,
    message: expect.stringMatching(message),
  });
  expect(await provider.health?.()).toMatchObject({ status: "unhealthy" });
});

test("Retry-After is honoured, and what was answered is evidence", async () => {
  const { call } = await opened({ path: "status/429" });
  expect(await call("greet")).toMatchObject({
    ok: false,
    retryAfterMs: 7000,
    evidence: { http: { status: 429, body: "not now" } },
  });
});

test("the answer to another call is none", async () => {
  const { call } = await opened();
  const error = errorOf(await call("raw", { text: '{"jsonrpc":"2.0","id":"other","result":1}' }));
  expect(error.code).toBe("PROVIDER_ERROR");
  expect(error.message).toMatch(/^the endpoint quay answered "other" instead of "[0-9a-f-]+"$/);
});

test.each(["", "lines"])("an answer that is too large is refused (%s)", async (path) => {
  const { call } = await opened({ path, mostBytes: 100_000 });
  expect(errorOf(await call("big", { bytes: 200_000 }))).toMatchObject({
    code: "TASK_RESULT_INVALID",
    message: "the endpoint quay answered with more than 100000 bytes",
  });
  expect(resultOf(await call("greet"))).toEqual({ greeting: "ahoy" });
});

test("silence ends with its own timeout, and its connection", async () => {
  const clock = handClock();
  const { call, word } = await opened({ clock, timeoutMs: 3_000 });
  const held = call("hold");
  await word("begun");
  await clock.advance(3_000);
  expect(errorOf(await held)).toMatchObject({ code: "PROVIDER_TIMEOUT", retryable: true });
  expect(await word("gone")).toBe("gone by its connection");
});

test("a provider is told of a cancelled call, also where it would not notice its connection", async () => {
  const { provider, word } = await opened({ as: "external", path: "lines" });
  const stop = new AbortController();
  const held = provider.execute({ method: "hold", params: {} }, callContext({ signal: stop.signal }));
  await word("begun");
  stop.abort(new GleitzeitError("TASK_CANCELLED", "no longer wanted"));
  expect(errorOf(await held).code).toBe("TASK_CANCELLED");
  await word("gone");
  await provider.close();
});

test("headers of the configuration go with every message", async () => {
  const { call, word } = await opened({ headers: { authorization: "Bearer key" } });
  resultOf(await call("greet"));
  expect(await word("POST")).toBe("POST Bearer key");
});
