// Refusals in the OpenAPI document: said once in its components, and referred to by every route that may give them.
import { isObject, type Json, type JsonObject } from "../../domain/index.ts";

const NAMES: Readonly<Record<string, string>> = {
  400: "NotUnderstood",
  401: "NotKnown",
  403: "NotAllowed",
  404: "NotFound",
  409: "Conflict",
  410: "Gone",
  413: "TooLarge",
  422: "NotValid",
  429: "TooMany",
  503: "NotNow",
};

export function withProblemReferences(document: JsonObject): JsonObject {
  const { paths, components } = document;
  if (!isObject(paths) || !isObject(components)) return document;
  const shared: Record<string, Json> = {};

  const referred = ([status, answer]: readonly [string, Json]): [string, Json] => {
    const name = NAMES[status];
    if (name === undefined || !isProblem(answer)) return [status, answer];
    shared[name] ??= answer;
    const isSame = JSON.stringify(shared[name]) === JSON.stringify(answer);
    return [status, isSame ? { $ref: `#/components/responses/${name}` } : answer];
  };
  const operation = (value: Json): Json =>
    isObject(value) && isObject(value.responses)
      ? { ...value, responses: Object.fromEntries(Object.entries(value.responses).map(referred)) }
      : value;
  const path = (value: Json): Json => (isObject(value) ? members(value, operation) : value);

  const rewritten = members(paths, path);
  const responses = Object.fromEntries(Object.entries(shared).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...document, paths: rewritten, components: { ...components, responses } };
}

const isProblem = (answer: Json): boolean =>
  isObject(answer) && isObject(answer.content) && Object.hasOwn(answer.content, "application/problem+json");

const members = (value: JsonObject, change: (member: Json) => Json): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([key, member]) => [key, change(member)]));
