// A provider that was told a secret of the configuration says it to nobody, however whoever it calls sends it back.
import { expect, test } from "vitest";
import type { JsonObject } from "../../src/domain/index.ts";
import { confidence, discreet } from "../../src/engine/index.ts";
import type { Outcome, Provider } from "../../src/engine/ports/index.ts";
import { callContext, silent } from "../adapters/providers/call-context.ts";

const KEY = 'pass"wörd/ 4711!';

/** What it does is written by the test; what it was told is the key. */
function told(execute: Provider["execute"], more: Partial<Provider> = {}) {
  const secrets = confidence();
  const provider: Provider = {
    protocol: "test/v1",
    name: "talker",
    methods: {},
    execute: (call, context) => {
      secrets.tell(KEY);
      return execute(call, context);
    },
    close: async () => undefined,
    ...more,
  };
  return { provider: discreet(provider, secrets), secrets };
}

const call = { method: "say", params: {} };
const said =
  (outcome: Outcome): Provider["execute"] =>
  async () =>
    outcome;

test("neither in a result nor beside it, as it is or as programs write it", async () => {
  const { provider } = told(
    said({
      ok: true,
      result: { [KEY]: [JSON.stringify({ KEY }), encodeURIComponent(KEY), { deep: `Bearer ${KEY}` }] },
      instance: `http://host/?key=${encodeURIComponent(KEY)}`,
      model: KEY,
      modelDigest: KEY,
    }),
  );
  expect(await provider.execute(call, callContext())).toEqual({
    ok: true,
    result: { "***": ['{"KEY":"***"}', "***", { deep: "Bearer ***" }] },
    instance: "http://host/?key=***",
    model: "***",
    modelDigest: "***",
  });
});

test("nor in an error, its causes and its evidence, also where that was cut in the middle of it", async () => {
  const cause = { code: "PROVIDER_ERROR", message: KEY, retryable: false } as const;
  const { provider } = told(
    said({
      ok: false,
      error: { ...cause, message: `wrong: ${KEY}`, details: { header: KEY }, cause },
      evidence: {
        stdout: KEY,
        stderr: `${"x".repeat(20)}${KEY.slice(0, -2)}`,
        partial: [KEY.slice(0, -1)],
        http: { status: 401, body: JSON.stringify({ authorization: KEY }) },
      },
    }),
  );
  expect(await provider.execute(call, callContext())).toEqual({
    ok: false,
    error: {
      ...cause,
      message: "wrong: ***",
      details: { header: "***" },
      cause: { ...cause, message: "***" },
    },
    evidence: {
      stdout: "***",
      stderr: `${"x".repeat(20)}***`,
      partial: ["***"],
      http: { status: 401, body: '{"authorization":"***"}' },
    },
  });
});

test("nor in live chunks, though it comes letter by letter, nor in its log", async () => {
  const chunks: string[] = [];
  const lines: string[] = [];
  const { provider } = told(async (_, { log, ...context }) => {
    for (const letter of `the key is ${KEY}, and that is all`) context.emit({ kind: "text", text: letter });
    log.warn({ header: KEY }, `sent ${KEY}`);
    return { ok: true, result: null };
  });
  const log = { ...silent, warn: (fields: object, text: string) => lines.push(JSON.stringify(fields), text) };
  await provider.execute(call, callContext({ emit: ({ text }) => chunks.push(text), log }));
  expect(chunks.join("")).toBe("the key is ***, and that is all");
  expect(lines).toEqual(['{"header":"***"}', "sent ***"]);
});

test("nor in what it says of itself", async () => {
  const words: JsonObject = { type: "object", description: KEY };
  const { provider } = told(said({ ok: true, result: null }), {
    preflight: async () => [{ code: "INVALID_PARAMS", message: `no ${KEY}` }],
    describe: async () => ({ description: KEY, parameters: words }),
    health: async () => ({
      status: "unhealthy",
      detail: KEY,
      instances: [{ instance: "a", status: "unhealthy", detail: KEY, breaker: "closed", draining: false }],
    }),
  });
  await provider.execute(call, callContext());
  expect(await provider.preflight?.(call)).toEqual([{ code: "INVALID_PARAMS", message: "no ***" }]);
  expect(await provider.describe?.("x")).toEqual({
    description: "***",
    parameters: { type: "object", description: "***" },
  });
  expect(await provider.health?.()).toMatchObject({ detail: "***", instances: [{ detail: "***" }] });
});

test("nor one that was rotated meanwhile; and what nobody told it is left as it is", async () => {
  const { provider, secrets } = told(said({ ok: true, result: `${KEY} second-key other` }));
  secrets.tell("second-key");
  expect(await provider.execute(call, callContext())).toMatchObject({ result: "*** *** other" });
  expect(secrets.tell(undefined)).toBeUndefined();
});
