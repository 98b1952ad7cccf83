// Bodies: JSON in UTF-8, within bounds. Keys that would reach into prototypes and values that no reader sees alike are refused.
import { jsonProblem, parseJson, pathText } from "../../domain/index.ts";
import type { App } from "./app.ts";
import { Refused } from "./refusal.ts";

const PROTOTYPE_KEYS = /"(?:__proto__|constructor|prototype)"\s*:/;
const utf8 = new TextDecoder("utf-8", { fatal: true });

export function jsonBodies(app: App): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    "application/json",
    { parseAs: "buffer" },
    async (_: unknown, body: string | Buffer) => bodyIn(typeof body === "string" ? Buffer.from(body) : body),
  );
}

function bodyIn(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  const text = textIn(bytes);
  const value = valueIn(text);
  if (PROTOTYPE_KEYS.test(text) && hasPrototypeKey(value)) {
    throw malformed("a key named __proto__, or constructor with a prototype inside, is refused");
  }
  const problem = jsonProblem(value);
  if (!problem) return value;
  const detail = `body.${pathText(problem.path)}: ${problem.message}`;
  throw new Refused({ code: "INVALID_REQUEST", detail });
}

function textIn(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw malformed("the body is not UTF-8", error);
  }
}

function valueIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw malformed(`the body is not JSON: ${error instanceof Error ? error.message : "?"}`, error);
  }
}

/** Goes no deeper than bodies may go. */
function hasPrototypeKey(value: unknown, depth = 0): boolean {
  if (typeof value !== "object" || value === null || depth > 250) return false;
  if (Object.hasOwn(value, "__proto__")) return true;
  return Object.entries(value).some(
    ([key, member]) =>
      (key === "constructor" && typeof member === "object" && member !== null && "prototype" in member) ||
      hasPrototypeKey(member, depth + 1),
  );
}

function malformed(detail: string, cause?: unknown): Refused {
  const refused = new Refused({ code: "PARSE_ERROR", status: 400, detail });
  return cause === undefined ? refused : Object.assign(refused, { cause });
}
