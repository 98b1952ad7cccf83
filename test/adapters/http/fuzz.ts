// Requests made up from the OpenAPI document: parameters and bodies that nearly fit, and some that do not at all.
import fc from "fast-check";
import { isObject, type Json, type JsonObject } from "../../../src/domain/index.ts";

export type MadeUp = { readonly method: string; readonly path: string; readonly body: Json | undefined };

const SEGMENT = fc.oneof(
  fc.constantFrom(
    "nobody",
    "hello",
    "..",
    "%00",
    "%ff",
    "a/b",
    "x".repeat(600),
    "00000000-0000-7000-8000-000000000000",
  ),
  fc.string({ maxLength: 20 }).map(encodeURIComponent),
);
const VALUE = fc.oneof(
  fc.constantFrom(
    "",
    "1",
    "-1",
    "0",
    "501",
    "start",
    "now",
    "v1.x.1",
    "true",
    "succeeded",
    "5m",
    "2026-01-01T00:00:00Z",
    "null",
  ),
  fc.string({ maxLength: 30 }),
);
const DOCUMENTS = [
  "name: Hello\ntasks:\n  - {id: a, method: echo/echo, params: {message: hello}}\n",
  "name: [\n",
  "name: X\ntasks:\n  - {id: a, method: workflow/run, params: {workflow: ../x.yaml}}\n",
];

/** Operations of the document but those that stay open. */
function operationsIn(document: JsonObject): readonly (readonly [string, string, JsonObject])[] {
  const paths = isObject(document.paths) ? document.paths : {};
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(isObject(methods) ? methods : {}).flatMap(([method, operation]) =>
      isObject(operation) && !path.endsWith("/stream")
        ? [[method.toUpperCase(), path, operation] as const]
        : [],
    ),
  );
}

export const madeUp = (document: JsonObject): fc.Arbitrary<MadeUp> =>
  fc.constantFrom(...operationsIn(document)).chain(([method, path, operation]) => {
    const parameters = Array.isArray(operation.parameters) ? operation.parameters.filter(isObject) : [];
    const names = parameters.flatMap((one) =>
      one.in === "query" && typeof one.name === "string" ? [one.name] : [],
    );
    return fc.record({
      method: fc.constant(method),
      path: fc
        .tuple(
          fc.array(SEGMENT, { minLength: 3, maxLength: 3 }),
          fc.array(fc.tuple(fc.constantFrom("surprise", ...names.filter((one) => one !== "wait")), VALUE), {
            maxLength: 3,
          }),
        )
        .map(([segments, query]) => {
          let i = 0;
          const filled = path.replace(/\{[^}]+\}/g, () => segments[i++] ?? "x");
          return query.length === 0 ? filled : `${filled}?${new URLSearchParams(query)}`;
        }),
      body: method === "GET" ? fc.constant(undefined) : bodies(document, operation),
    });
  });

function bodies(document: JsonObject, operation: JsonObject): fc.Arbitrary<Json> {
  const names = propertiesIn(JSON.stringify(operation.requestBody ?? null), document);
  const member = fc.oneof(
    fc.constantFrom<Json>(...DOCUMENTS, "viewer", "approved", "5m", { a: 1 }, [], null, 7),
    fc.jsonValue({ maxDepth: 2 }).map((value): Json => JSON.parse(JSON.stringify(value))),
  );
  const near = fc.dictionary(fc.constantFrom("surprise", ...names), member, { maxKeys: 4 });
  return fc.oneof({ weight: 5, arbitrary: near }, { weight: 1, arbitrary: member });
}

function propertiesIn(text: string, document: JsonObject): readonly string[] {
  const [, name] = /schemas\/(\w+)/.exec(text) ?? [];
  const { components } = document;
  const schemas = isObject(components) && isObject(components.schemas) ? components.schemas : {};
  const schema = name === undefined ? JSON.parse(text) : schemas[name];
  return [...JSON.stringify(schema ?? {}).matchAll(/"(\w+)":\{"(?:type|anyOf|description|\$ref)/g)].map(
    ([, key = ""]) => key,
  );
}
