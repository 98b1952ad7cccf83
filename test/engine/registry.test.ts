import { describe, expect, test } from "vitest";
import { z } from "zod";
import type { Method, Provider } from "../../src/engine/ports/index.ts";
import { providerRegistry } from "../../src/engine/providers/registry.ts";

const method = (description: string, params: z.ZodType = z.strictObject({ n: z.number() })): Method => ({
  version: 1,
  description,
  params,
  result: z.unknown(),
  examples: [],
});

const provider = (
  protocol: string,
  name: string,
  methods: Provider["methods"],
  close: Provider["close"] = async () => undefined,
): Provider => ({
  protocol,
  name,
  methods,
  execute: async () => ({ ok: true, result: name }),
  close,
});

const complete = method("completes");
const chat = method("chats");
const local = provider("llm/v1", "local", { complete, generate: complete, chat });
const remote = provider("llm/v1", "remote", { complete: method("elsewhere"), embed: method("embeds") });
const anything = provider("echo/v1", "echo", { "*": method("any"), exact: method("exact") });
const registry = providerRegistry([local, anything, remote]);

test("protocols are sorted and stand once", () => {
  expect(registry.protocols).toEqual(["echo/v1", "llm/v1"]);
  expect(registry.providers).toEqual([local, anything, remote]);
});

test("the first declared provider speaks for a protocol, unless one is named", () => {
  expect(registry.find("llm/v1")).toBe(local);
  expect(registry.find("llm/v1", "remote")).toBe(remote);
  expect(registry.find("llm/v1", "echo")).toBeUndefined();
  expect(registry.find("smtp/v1")).toBeUndefined();
});

test("a method is found under its name, an alias, or the name that stands for any", () => {
  expect(registry.method("llm/v1", "complete")).toBe(complete);
  expect(registry.method("llm/v1", "generate")).toBe(complete);
  expect(registry.method("llm/v1", "embed")?.description).toBe("embeds");
  expect(registry.method("echo/v1", "exact")?.description).toBe("exact");
  expect(registry.method("echo/v1", "whatever")?.description).toBe("any");
  expect(registry.method("llm/v1", "whatever")).toBeUndefined();
});

test("names that every object has are no methods", () => {
  expect(registry.method("llm/v1", "constructor")).toBeUndefined();
  expect(registry.method("llm/v1", "__proto__")).toBeUndefined();
  expect(registry.method("echo/v1", "toString")?.description).toBe("any");
});

test("the list shows each method once, its aliases beside it", () => {
  expect(registry.methodsOf("llm/v1").map(({ name, aliases }) => [name, ...aliases])).toEqual([
    ["complete", "generate"],
    ["chat"],
    ["embed"],
    ["agent"],
  ]);
  expect(registry.methodsOf("smtp/v1")).toEqual([]);
});

test("params are checked by the method that would be called", () => {
  expect(registry.check("llm/v1", "generate", { n: 1 })).toEqual([]);
  expect(registry.check("llm/v1", "generate", { n: "1" })).toEqual([
    { path: ["n"], message: "expected number, received string" },
  ]);
});

test("checking an unknown method names the nearest", () => {
  expect(registry.check("llm/v1", "complet", {})).toEqual([
    { path: [], message: "llm/v1 has no method `complet`: did you mean `complete`?" },
  ]);
});

test("two providers of one protocol cannot have one name", () => {
  expect(() => providerRegistry([local, provider("llm/v1", "local", {})])).toThrow(/llm\/v1 are named local/);
  expect(() => providerRegistry([local, provider("mcp/v1", "local", {})])).not.toThrow();
});

describe("closing", () => {
  test("closes all, also when one fails to, and says which error", async () => {
    const closed: string[] = [];
    const ending = (name: string): Provider =>
      provider("x/v1", name, {}, async () => {
        closed.push(name);
        if (name === "b") throw new Error("b is stuck");
      });
    const failure: unknown = await providerRegistry([ending("a"), ending("b"), ending("c")])
      .closeAll()
      .catch((error: unknown) => error);
    expect(closed).toEqual(["a", "b", "c"]);
    expect(failure).toBeInstanceOf(AggregateError);
    expect(failure).toMatchObject({ errors: [{ message: "b is stuck" }] });
  });
});
