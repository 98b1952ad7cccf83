// Checks of the methods themselves: what is said of them, that their examples work, that bad params are refused.
import { z } from "zod";
import { ERROR_CODES, isObject, type Json, type JsonObject, pathText } from "../../../domain/index.ts";
import { type Finding, paramProblems } from "../../../engine/ports/index.ts";
import { type Check, firstFinding, type Known, unlessAnswered, unlessRefused } from "./check.ts";
import type { CheckedMethod } from "./subject.ts";

const { METHOD_NOT_FOUND, METHOD_NOT_SUPPORTED, INVALID_PARAMS } = ERROR_CODES;
const UNKNOWN = [METHOD_NOT_FOUND.number, METHOD_NOT_SUPPORTED.number];

const misfit = (schema: z.ZodType, value: Json, what: string, name = ""): Finding => {
  const method = { version: 1, description: "", params: schema, result: schema, examples: [] };
  const [wrong] = paramProblems(method, value);
  return wrong && { failed: `${name}: ${pathText([what, ...wrong.path])}: ${wrong.message}` };
};

const examplesIn = (methods: Known) =>
  Object.entries(methods).flatMap(([name, method]) =>
    method.examples.map((params) => ({ name, method, params })),
  );

export const METHOD_CHECKS: readonly Check[] = [
  {
    name: "examples",
    promise: "each method has an example, and its params are as the method's schema says",
    remedy: "give each method `examples`: params that work, as its `params` schema describes them",
    run: async (_, methods) => {
      const [none] = Object.entries(methods).find(([, { examples }]) => examples.length === 0) ?? [];
      if (none !== undefined) return { failed: `${none} has no example` };
      return examplesIn(methods)
        .map(({ name, method, params }) => misfit(method.params, params, "params", name))
        .find((found) => found !== undefined);
    },
  },
  {
    name: "works",
    promise: "each example is answered, with a result as the method's schema says",
    remedy: "answer the call with a `result` that the method's `result` schema describes",
    run: async (subject, methods) => {
      async function* found() {
        for (const { name, method, params } of examplesIn(methods)) {
          const reply = await subject.ask(subject.request(name, method, params));
          yield unlessAnswered(reply, name);
          if (reply.ok) yield misfit(method.result, reply.result, "result", name);
        }
      }
      return firstFinding(found());
    },
  },
  {
    name: "bad-params",
    promise: "params that do not fit are refused with -32602",
    remedy:
      "check the params of every call, and answer those that do not fit with the error -32602 and their place",
    run: async (subject, methods) => {
      let count = 0;
      async function* found() {
        for (const [name, method] of Object.entries(methods)) {
          for (const [what, params] of spoiled(method)) {
            count += 1;
            const reply = await subject.ask(subject.request(name, method, params));
            yield unlessRefused(reply, [INVALID_PARAMS.number], `${name} with ${what}`);
          }
        }
      }
      const finding = await firstFinding(found());
      return finding ?? (count === 0 ? { skipped: "no method asks for anything" } : undefined);
    },
  },
];

export const UNKNOWN_CHECK: Check = {
  name: "unknown-method",
  promise: "a method that is not there is refused with -32601",
  remedy: "answer what you do not know with the error -32601",
  run: async (subject) => {
    const own = await subject.ask({ method: "no such method", params: {} });
    const finding = unlessRefused(own, UNKNOWN, "a method that is not there");
    if (finding || subject.spoken.kind === "plain") return finding;
    const none = { examples: [], params: z.unknown(), result: z.unknown() };
    const called = await subject.ask(subject.request("no such method", none, {}));
    return unlessRefused(called, UNKNOWN, "a call of a method that is not there");
  },
};

const Wanted = z.looseObject({ required: z.array(z.string()).default([]) });

/** Its own examples, each with something left out that its schema asks for, or of another kind. */
function spoiled({ params: schema, examples }: CheckedMethod): readonly (readonly [string, JsonObject])[] {
  const [example] = examples;
  if (!example) return [];
  const written: unknown = z.toJSONSchema(schema, { unrepresentable: "any", io: "input" });
  const { required } = Wanted.safeParse(written).data ?? { required: [] };
  const without = required.map((key): readonly [string, JsonObject] => [
    `no \`${key}\``,
    Object.fromEntries(Object.entries(example).filter(([name]) => name !== key)),
  ]);
  const other = Object.keys(example).map((key): readonly [string, JsonObject] => [
    `a list as \`${key}\``,
    { ...example, [key]: [{}] },
  ]);
  return [...without, ...other].filter(([, params]) => misfit(schema, params, "params") && isObject(params));
}
