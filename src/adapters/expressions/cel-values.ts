// JSON ↔ CEL. Maps become real maps: a key such as `constructor` or `__proto__` then is a key and nothing else.
import { isList, isObject, type Json, jsonProblem } from "../../domain/index.ts";

/** A value that does not fit into an expression, or comes out of one and is no JSON. */
export class Unfit extends Error {
  override readonly name = "Unfit";
}

const LONGEST_LIST = 1000;
const LARGEST_OUTPUT = 64 * 1024;

/** With macros in the expression, work grows with the lists: long ones are refused. */
export function asCel(value: Json, hasMacros: boolean): unknown {
  if (isList(value)) {
    if (hasMacros && value.length > LONGEST_LIST)
      throw new Unfit(`a list of ${value.length} elements is too long to go over: at most ${LONGEST_LIST}`);
    return value.map((member) => asCel(member, hasMacros));
  }
  if (!isObject(value)) return value;
  return new Map(
    Object.entries(value)
      .filter(([key]) => key !== "__proto__")
      .map(([key, member]) => [key, asCel(member, hasMacros)]),
  );
}

export function asJson(value: unknown): Json {
  const budget = { left: LARGEST_OUTPUT };
  return jsonOf(value, budget);
}

function jsonOf(value: unknown, budget: { left: number }): Json {
  budget.left -= typeof value === "string" ? value.length : 8;
  if (budget.left < 0) throw new Unfit(`the result is larger than ${LARGEST_OUTPUT / 1024} KiB`);
  if (typeof value === "bigint") return plain(Number(value));
  if (value === null || typeof value === "boolean" || typeof value === "string" || typeof value === "number")
    return plain(value);
  if (Array.isArray(value)) return value.map((member) => jsonOf(member, budget));
  if (value instanceof Map)
    return Object.fromEntries(
      [...value].map(([key, member]) => [String(key), jsonOf(member, budget)] as const),
    );
  throw new Unfit(`the result is ${Object.prototype.toString.call(value).slice(8, -1)}, which is no JSON`);
}

function plain<T extends Json>(value: T): T {
  const problem = jsonProblem(value);
  if (problem) throw new Unfit(`the result ${problem.message}`);
  return value;
}
