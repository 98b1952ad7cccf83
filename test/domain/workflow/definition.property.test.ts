// What is stored for ever, and what must hold for any document at all.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  headsOf,
  type Json,
  jcs,
  literally,
  normalise,
  readDefinition,
  resolve,
  validate,
} from "../../../src/domain/index.ts";
import { tries } from "../tries.ts";
import { catalog, compiled, defined, echo, withTasks } from "./catalog.ts";

const key = fc.oneof(
  fc.string(),
  fc.constantFrom(
    "tasks",
    "template",
    "name",
    "params",
    "parameters",
    "depends_on",
    "dependencies",
    "id",
    "batch",
  ),
  fc.constantFrom(
    "inputs",
    "outputs",
    "retry",
    "type",
    "method",
    "defaults",
    "__proto__",
    "constructor",
    "$blob",
  ),
);
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom<Json>(null, true, 0, 1, -1.5, "", "${a.x}", "$${x}", "echo/echo", "${", "batch"),
    fc.string(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 5, noNullPrototype: true }),
  ),
})).value;

const document = fc.record(
  {
    name: fc.oneof(fc.constant("Test"), json),
    tasks: fc.oneof(
      fc.array(
        fc.record(
          {
            id: fc.oneof(fc.constantFrom("a", "b"), json),
            method: fc.constantFrom("echo/echo", "mcp/tool.add"),
            params: json,
          },
          { requiredKeys: [] },
        ),
        { maxLength: 4 },
      ),
      json,
    ),
    template: json,
    batch: json,
    inputs: json,
    outputs: json,
  },
  { requiredKeys: [] },
);

describe("normalisation", () => {
  test("changes nothing but aliases: a document without them is what is stored, byte for byte", () => {
    fc.assert(
      fc.property(document, (raw) => {
        const plain = JSON.parse(
          JSON.stringify(raw).replaceAll("parameters", "p").replaceAll("depends_on", "d"),
        );
        delete plain.template;
        expect(jcs(normalise(plain))).toBe(jcs(plain));
      }),
    );
  });

  test("twice is once", () => {
    fc.assert(
      fc.property(fc.oneof(document, json), (raw) => {
        expect(normalise(normalise(raw))).toEqual(normalise(raw));
      }),
    );
  });

  test("aliases and canonical names give one definition", () => {
    const written = defined(withTasks(echo("a"), echo("b", { depends_on: ["a"], parameters: { x: 1 } })));
    const canonical = defined(withTasks(echo("a"), echo("b", { dependencies: ["a"], params: { x: 1 } })));
    expect(jcs(written)).toBe(jcs(canonical));
  });

  test("no default is filled in", () => {
    const raw = { name: "N", tasks: [{ method: "echo/echo" }] };
    expect(jcs(defined(raw))).toBe('{"name":"N","tasks":[{"method":"echo/echo"}]}');
  });
});

describe("validation", () => {
  test("never throws, and gives either problems or a definition that compiles and reads back", () => {
    fc.assert(
      fc.property(fc.oneof(document, json, fc.anything()), (raw) => {
        const { definition, problems } = validate(raw, catalog);
        expect(definition === undefined).toBe(problems.length > 0);
        if (!definition) return;
        expect(readDefinition(JSON.parse(jcs(definition)))).toEqual(definition);
        expect(compiled(raw, ["a.txt"]).nodes.length).toBeGreaterThan(0);
      }),
      tries(500),
    );
  });

  test("user values of any keys survive into params and come out of resolving as they went in", () => {
    const values = fc.dictionary(
      fc.string().filter((name) => name !== "__proto__"),
      json,
      { noNullPrototype: true },
    );
    const scope = { heads: headsOf([]), inputs: {}, runId: "r", task: () => ({ kind: "missing" }) as const };
    fc.assert(
      fc.property(values, (user) => {
        const params = JSON.parse(
          JSON.stringify(user).replaceAll("__proto__", "proto").replaceAll("${", "$ {"),
        );
        const [node] = compiled(withTasks(echo("a", { params }))).nodes;
        expect(node?.params).toEqual(params);
        expect(resolve(node?.params ?? {}, scope)).toEqual({ ok: true, value: params });
      }),
    );
  });
});

describe("substitution", () => {
  test("never reads again what it put in, whatever that looks like", () => {
    const hostile = fc.string({
      unit: fc.constantFrom("$", "{", "}", "${inputs.x}", "$${", "a", ".", "[0]", "??"),
    });
    fc.assert(
      fc.property(hostile, hostile, hostile, (before, value, after) => {
        const scope = {
          heads: headsOf([]),
          inputs: { x: value },
          runId: "r",
          task: () => ({ kind: "missing" }) as const,
        };
        const template = `${literally(before)} \${inputs.x} ${literally(after)}`;
        expect(resolve(template, scope)).toEqual({ ok: true, value: `${before} ${value} ${after}` });
        expect(resolve("${inputs.x}", scope)).toEqual({ ok: true, value });
      }),
      tries(1000),
    );
  });

  test("a value that is one reference comes through as the very value, any keys and all", () => {
    fc.assert(
      fc.property(json, (x) => {
        const scope = {
          heads: headsOf([]),
          inputs: { x },
          runId: "r",
          task: () => ({ kind: "missing" }) as const,
        };
        const answer = resolve({ y: "${inputs.x}" }, scope);
        expect(answer.ok && jcs(answer.value)).toBe(jcs({ y: x }));
      }),
    );
  });
});
