// The OpenAPI document as people and generators want it: one name for each thing, whether it is sent or answered, and
// "any JSON" said in so many words instead of a schema that refers to itself.
import { isList, isObject, type Json, type JsonObject, parseJson } from "../../domain/index.ts";

const SCHEMAS = "#/components/schemas/";
const SENT = "Input";
const ANY: ReadonlySet<string> = new Set(["Json", "AnyJson"]);
const SHARED = "__shared";

export function tidied(document: JsonObject): JsonObject {
  const { components } = document;
  if (!isObject(components) || !isObject(components.schemas)) return document;
  const { schemas } = components;
  const plainName = (name: string): string => {
    const shorter = name.endsWith(SENT) ? name.slice(0, -SENT.length) : name;
    return Object.hasOwn(schemas, shorter) ? shorter : name;
  };

  const rewritten = (value: Json): Json => {
    if (isList(value)) return value.map(rewritten);
    if (!isObject(value)) return value;
    const { $ref } = value;
    if (typeof $ref === "string" && $ref.startsWith(SCHEMAS)) return reference($ref.slice(SCHEMAS.length));
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, rewritten(member)]));
  };
  const reference = (name: string): JsonObject => {
    const plain = plainName(name);
    return ANY.has(plain) || name.startsWith(SHARED)
      ? { description: "Any JSON." }
      : { $ref: SCHEMAS + plain };
  };

  const kept = Object.entries(schemas).filter(
    ([name]) => plainName(name) === name && !ANY.has(name) && name !== SHARED,
  );
  const whole = rewritten({ ...document, components: { ...components, schemas: Object.fromEntries(kept) } });
  const { paths: routes = {}, ...rest } = isObject(whole) ? whole : document;
  const paths = withNamedRests(withWords(routes));
  return { ...rest, paths, components: withUsed(rest.components, paths) };
}

const WORDS: Readonly<Record<string, string>> = {
  200: "Done.",
  201: "It is new.",
  202: "It is taken in.",
  503: "Not now.",
};

/** What an answer is, where its schema does not say. */
const withWords = (value: Json): Json => {
  if (isList(value)) return value.map(withWords);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      isObject(member) && member.description === "Default Response" && Object.hasOwn(WORDS, key)
        ? { ...member, description: WORDS[key] ?? "" }
        : withWords(member),
    ]),
  );
};

/** What stands for the rest of a path has a name as other parameters do. */
const withNamedRests = (paths: Json): Json =>
  parseJson(JSON.stringify(paths).replaceAll("/{*}", "/{tile}").replaceAll('"name":"*"', '"name":"tile"'));

/** Only what some route refers to, and what that refers to. */
function withUsed(components: Json | undefined, paths: Json): Json {
  if (!isObject(components) || !isObject(components.schemas)) return components ?? {};
  const { schemas } = components;
  const found = new Set<string>();
  const look = (value: Json): void => {
    for (const [, name = ""] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"/]+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      look(schemas[name] ?? null);
    }
  };
  look(paths);
  const kept = Object.entries(schemas).filter(([name]) => found.has(name));
  return { ...components, schemas: Object.fromEntries(kept) };
}
