// Members of what a server sends: nothing about it is taken for granted.
import { isList, isObject, type Json, type JsonObject } from "../../../domain/index.ts";

export const objectAt = (value: Json | undefined, key: string): JsonObject | undefined => {
  const member = isObject(value) ? value[key] : undefined;
  return isObject(member) ? member : undefined;
};

export const listAt = (value: Json | undefined, key: string): readonly Json[] => {
  const member = isObject(value) ? value[key] : undefined;
  return isList(member) ? member : [];
};

export const textAt = (value: Json | undefined, key: string): string | undefined => {
  const member = isObject(value) ? value[key] : undefined;
  return typeof member === "string" ? member : undefined;
};

/** Counts; anything else is not there. */
export const countAt = (value: Json | undefined, key: string): number | undefined => {
  const member = isObject(value) ? value[key] : undefined;
  return typeof member === "number" && Number.isSafeInteger(member) && member >= 0 ? member : undefined;
};

/** A vector; undefined where anything in it is no number. */
export function vectorOf(value: Json | undefined): readonly number[] | undefined {
  if (!isList(value)) return undefined;
  const numbers = value.filter((one) => typeof one === "number");
  return numbers.length === value.length && numbers.length > 0 ? numbers : undefined;
}

/** Undefined instead of nothing in it, so that it is not sent. */
export const some = <T>(list: readonly T[]): readonly T[] | undefined =>
  list.length === 0 ? undefined : list;
export const filled = (object: object): object | undefined =>
  Object.values(object).every((value) => value === undefined) ? undefined : object;
