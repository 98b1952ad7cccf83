// A provider made of functions keeps every promise that a provider makes.
import { expect, test } from "vitest";
import { z } from "zod";
import { GleitzeitError, type Json, type JsonObject } from "../../../../src/domain/index.ts";
import { defineProvider } from "../../../../src/index.ts";
import { callContext } from "../call-context.ts";
import { errorOf, resultOf } from "../outcomes.ts";
import { describeProvider } from "../provider.contract.ts";

function opened() {
  let begun = (): void => undefined;
  let gone = (): void => undefined;
  const hasBegun = new Promise<void>((resolve) => (begun = resolve));
  const isGone = new Promise<void>((resolve) => (gone = resolve));
  const provider = defineProvider({
    protocol: "kit/v1",
    methods: {
      say: {
        description: "Says it again.",
        params: z.strictObject({ text: z.string(), times: z.int().default(1) }),
        result: z.strictObject({ said: z.string() }),
        examples: [{ text: "hello" }],
        execute: ({ text, times }) => ({ said: text.repeat(times) }),
      },
      wait: {
        description: "Waits until it is stopped.",
        params: z.strictObject({ wait: z.boolean().default(false) }),
        examples: [{}],
        execute: async ({ wait }, { signal }): Promise<Json> => {
          if (!wait) return null;
          begun();
          await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve()));
          gone();
          throw new Error("stopped");
        },
      },
      fail: {
        description: "Fails as it is told.",
        params: z.strictObject({ how: z.enum(["own", "plain", "never"]) }),
        result: z.null(),
        examples: [{ how: "never" }],
        execute: ({ how }) => {
          if (how === "own") throw new GleitzeitError("RATE_LIMIT_EXCEEDED", "slow down");
          if (how === "plain") throw new TypeError("no such thing");
          return null;
        },
      },
      lie: {
        description: "Gives what it does not say.",
        params: z.strictObject({ honest: z.boolean() }),
        result: z.strictObject({ n: z.number() }),
        examples: [{ honest: true }],
        execute: ({ honest }) => ({ n: honest ? 1 : "one" }),
      },
    },
  });
  return { provider, begun: () => hasBegun, gone: () => isGone };
}

const say = (params: JsonObject) => ({ method: "say", params });

describeProvider("defined", async () => opened(), {
  works: [{ call: say({ text: "ab", times: 2 }), result: { said: "abab" } }],
  fails: [
    { call: { method: "fail", params: { how: "own" } }, code: "RATE_LIMIT_EXCEEDED", message: /slow down/ },
    { call: { method: "fail", params: { how: "plain" } }, code: "TASK_EXECUTION_FAILED", message: /no such/ },
    { call: { method: "lie", params: { honest: false } }, code: "TASK_RESULT_INVALID", message: /result\.n/ },
  ],
  badParams: [{ call: say({ text: 3 }), path: "params.text" }],
  unknown: { call: { method: "sya", params: {} }, suggests: "say" },
  carries: {
    call: (text) => say({ text }),
    read: (result) => (typeof result === "object" && result !== null && "said" in result ? result.said : ""),
  },
  slow: ({ begun, gone }) => ({ call: { method: "wait", params: { wait: true } }, begun, gone }),
});

test("a method that does not listen to its signal is left behind", async () => {
  const provider = defineProvider({
    protocol: "deaf/v1",
    methods: {
      hang: {
        description: "Hangs.",
        params: z.looseObject({}),
        execute: () => new Promise<Json>(() => undefined),
      },
    },
  });
  const stop = new AbortController();
  const outcome = provider.execute({ method: "hang", params: {} }, callContext({ signal: stop.signal }));
  stop.abort(new GleitzeitError("TASK_TIMEOUT", "too long"));
  expect(errorOf(await outcome).code).toBe("TASK_TIMEOUT");
});

test("a protocol has its version, and `*` stands for any method", async () => {
  expect(() => defineProvider({ protocol: "shop", methods: {} })).toThrow(/name\/v1/);
  const any = defineProvider({
    protocol: "any/v1",
    methods: {
      "*": { description: "Any.", params: z.looseObject({}), execute: (_, { method }) => method },
    },
  });
  expect(resultOf(await any.execute({ method: "whatever", params: {} }, callContext({})))).toBe("whatever");
});
