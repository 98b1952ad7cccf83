// What a comment in front of a function says of its arguments: `@param {number} a - what it is`, `[a]` and `[a=1]` for
// those that may be left out.
import { type JsonObject, parseJson } from "../../../domain/index.ts";

export type Documented = {
  readonly description: string;
  readonly parameters: JsonObject;
  readonly order: readonly string[];
};

export type ReadComment =
  | { readonly ok: true; readonly documented: Documented }
  | { readonly ok: false; readonly problem: string };

const PARAM = /@param\s*(?:\{(.*?)\})?\s*(\[?)([A-Za-z_$][\w$]*)\s*(?:=\s*([^\]]*))?\]?\s*(?:-\s*)?(.*)$/;

export function readComment(comment: string): ReadComment {
  const lines = comment.split("\n").map((line) => line.replace(/^\s*\*?\s?/, "").trimEnd());
  const first = lines.findIndex((line) => line.trimStart().startsWith("@"));
  const description = lines.slice(0, first < 0 ? lines.length : first).join(" ");
  const properties: { [name: string]: JsonObject } = {};
  const required: string[] = [];
  for (const line of lines) {
    const [matched, type, open, name = "", fallback, text = ""] = PARAM.exec(line) ?? [];
    if (matched === undefined) continue;
    const schema = type === undefined ? undefined : schemaOf(type);
    if (!schema)
      return {
        ok: false,
        problem: `@param \`${name}\` has no type that JSON has: write {string} or what it is`,
      };
    const isOpen = open === "[" || type?.endsWith("=") === true;
    if (!isOpen) required.push(name);
    properties[name] = {
      ...schema,
      ...(text !== "" && { description: text }),
      ...(fallback !== undefined && defaultIn(fallback)),
    };
  }
  const parameters = {
    type: "object",
    properties,
    additionalProperties: false,
    ...(required.length > 0 && { required }),
  };
  const order = Object.keys(properties);
  return {
    ok: true,
    documented: { description: description.replace(/\s+/g, " ").trim(), parameters, order },
  };
}

function defaultIn(text: string): JsonObject {
  try {
    return { default: parseJson(text.replace(/^'(.*)'$/, '"$1"')) };
  } catch {
    return {};
  }
}

const NAMED: Readonly<Record<string, JsonObject>> = {
  string: { type: "string" },
  number: { type: "number" },
  integer: { type: "integer" },
  boolean: { type: "boolean" },
  object: { type: "object" },
  Object: { type: "object" },
  array: { type: "array" },
  Array: { type: "array" },
  null: { type: "null" },
  any: {},
  unknown: {},
  "*": {},
};

function schemaOf(written: string): JsonObject | undefined {
  const type = written
    .trim()
    .replace(/=$/, "")
    .replace(/^\((.*)\)$/, "$1");
  if (Object.hasOwn(NAMED, type)) return NAMED[type];
  if (type.startsWith("?")) return either([type.slice(1), "null"]);
  if (type.includes("|")) return either(type.split("|"));
  const literal = /^(?:'([^']*)'|"([^"]*)")$/.exec(type);
  if (literal) return { const: literal[1] ?? literal[2] ?? "" };
  const [, listed, element] = /^(?:(.*)\[\]|(?:Array|array)<(.*)>)$/.exec(type) ?? [];
  const items = listed ?? element;
  const inner = items === undefined ? undefined : schemaOf(items);
  return inner && { type: "array", items: inner };
}

function either(types: readonly string[]): JsonObject | undefined {
  const schemas = types.map(schemaOf).filter((schema) => schema !== undefined);
  return schemas.length === types.length ? { anyOf: schemas } : undefined;
}
