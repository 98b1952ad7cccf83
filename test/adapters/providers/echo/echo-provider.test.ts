import { expect, test } from "vitest";
import { echoProvider } from "../../../../src/adapters/providers/echo/index.ts";
import { isObject, type JsonObject } from "../../../../src/domain/index.ts";
import { callContext } from "../call-context.ts";
import { describeProvider } from "../provider.contract.ts";

const big = "ä".repeat(4 * 1024 * 1024);

describeProvider("echo", async () => ({ provider: echoProvider() }), {
  works: [
    {
      call: { method: "echo", params: { message: "regatta", boats: [1] } },
      result: { response: "regatta", boats: [1] },
    },
    { call: { method: "any.name/at all", params: {} }, result: { response: null } },
  ],
  fails: [],
  badParams: [],
  carries: {
    call: (text) => ({ method: "echo", params: { message: text } }),
    read: (result) => (isObject(result) ? result.response : undefined),
  },
  huge: { call: { method: "echo", params: { message: big } }, bytes: 2 * big.length },
});

async function echoed(params: JsonObject): Promise<unknown> {
  const outcome = await echoProvider().execute({ method: "echo", params }, callContext());
  return outcome.ok ? outcome.result : outcome.error;
}

test("the message is the response, beside everything that was given", async () => {
  expect(await echoed({ message: "oak", planks: [3, 1, 2] })).toEqual({
    response: "oak",
    message: "oak",
    planks: [3, 1, 2],
  });
});

test("a message keeps its type; without one the response is null", async () => {
  expect(await echoed({ message: { deep: [1] } })).toEqual({
    response: { deep: [1] },
    message: { deep: [1] },
  });
  expect(await echoed({ message: false })).toEqual({ response: false, message: false });
  expect(await echoed({ seats: 4 })).toEqual({ response: null, seats: 4 });
});

test("a param named response is kept as given", async () => {
  expect(await echoed({ message: "a", response: "b" })).toEqual({ message: "a", response: "b" });
});

test("keys with a meaning elsewhere are just keys", async () => {
  const params: unknown = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2, "$blob": "sha256-0"}');
  const result = await echoed(isObject(params) ? params : {});
  expect(JSON.stringify(result)).toBe(
    '{"response":null,"__proto__":{"x":1},"constructor":2,"$blob":"sha256-0"}',
  );
});
