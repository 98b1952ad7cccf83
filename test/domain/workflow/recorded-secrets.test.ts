// What is recorded in the place of secrets, and how their values get there for the call.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  headsOf,
  isObject,
  resolve,
  type Scope,
  secretText,
  withSecrets,
} from "../../../src/domain/index.ts";

const nothing: Scope = { heads: headsOf([]), inputs: {}, runId: "r", task: () => ({ kind: "missing" }) };

describe("what is recorded", () => {
  const scope: Scope = {
    ...nothing,
    heads: headsOf([{ id: "said" }]),
    inputs: { token: "ONE", plain: "${secret.ONE}" },
    declared: { token: { type: "string", secret: true }, plain: { type: "string" } },
    task: () => ({ kind: "result", value: "${secret.TWO}" }),
  };

  test("shows references, and where they stand; what only looks like one is data", () => {
    const written = {
      a: ["${secret.ONE}"],
      b: "${said}: ${inputs.token}, ${secret.TWO}",
      c: "${inputs.plain}",
      d: "$${secret.ONE}",
    };
    const resolved = resolve(written, scope);
    expect(resolved).toEqual({
      ok: true,
      value: {
        a: ["${secret.ONE}"],
        b: "${secret.TWO}: ${secret.ONE}, ${secret.TWO}",
        c: "${secret.ONE}",
        d: "${secret.ONE}",
      },
      secrets: [
        { path: ["a", 0], at: 0, name: "ONE" },
        { path: ["b"], at: 15, name: "ONE" },
        { path: ["b"], at: 30, name: "TWO" },
      ],
    });
    if (!resolved.ok || !isObject(resolved.value)) throw new Error("unresolved");
    const values = new Map([
      ["ONE", "uno"],
      ["TWO", "${secret.ONE}"],
    ]);
    expect(withSecrets(resolved.value, resolved.secrets ?? [], values)).toEqual({
      a: ["uno"],
      b: "${secret.TWO}: uno, ${secret.ONE}",
      c: "${secret.ONE}",
      d: "${secret.ONE}",
    });
  });

  test("the whole of the inputs holds names", () => {
    expect(resolve("${inputs}", scope)).toEqual({ ok: true, value: scope.inputs });
  });

  test("without secrets it is as it always was", () => {
    expect(resolve({ a: "${said}" }, scope)).toEqual({ ok: true, value: { a: "${secret.TWO}" } });
  });

  test("a place that holds no such reference is a fault, not a guess", () => {
    const place = { path: ["a"], at: 1, name: "ONE" };
    const values = new Map([["ONE", "uno"]]);
    for (const params of [{ a: "${secret.ONE}" }, { a: 1 }, {}])
      if ("a" in params) expect(() => withSecrets(params, [place], values)).toThrow(/no `\$\{secret\.ONE\}`/);
  });

  test("whatever stands around and in it, a secret is put where it was named and nowhere else", () => {
    const piece = fc.oneof(
      fc.constantFrom("${secret.ONE}", "${secret.TWO}", "${said}", "$${secret.ONE}", "${inputs.plain}"),
      fc.string().map((text) => text.replaceAll("$", "")),
    );
    const meaning = (one: string, values: ReadonlyMap<string, string>): string => {
      if (one === "${said}") return secretText("TWO");
      if (one === "$${secret.ONE}" || one === "${inputs.plain}") return secretText("ONE");
      return values.get(/^\$\{secret\.(.*)\}$/.exec(one)?.[1] ?? "") ?? one;
    };
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), fc.string(), fc.string(), (pieces, first, second) => {
        const values = new Map([
          ["ONE", first],
          ["TWO", second],
        ]);
        const resolved = resolve({ deep: [{ text: pieces.join("") }] }, scope);
        if (!resolved.ok || !isObject(resolved.value)) throw new Error("unresolved");
        expect(withSecrets(resolved.value, resolved.secrets ?? [], values)).toEqual({
          deep: [{ text: pieces.map((one) => meaning(one, values)).join("") }],
        });
      }),
    );
  });
});
