// Settings as paths: where each value came from, and how layers are laid over each other.
import { isObject, type Json, type JsonObject } from "../../domain/index.ts";

export type Source =
  | { readonly kind: "default" }
  | { readonly kind: "file"; readonly file: string; readonly line: number; readonly column: number }
  | { readonly kind: "environment"; readonly name: string }
  | { readonly kind: "flag"; readonly name: string }
  | { readonly kind: "program" };

export type Layer = {
  readonly values: JsonObject;
  /** Of every leaf, and in a file of every key, by `a.b.c`. */
  readonly sources: ReadonlyMap<string, Source>;
};

export const EMPTY: Layer = { values: {}, sources: new Map() };

/** Later layers win, leaf by leaf. */
export function merged(layers: readonly Layer[]): Layer {
  return {
    values: layers.reduce<JsonObject>((under, { values }) => over(under, values), {}),
    sources: new Map(layers.flatMap(({ sources }) => [...sources])),
  };
}

function over(under: JsonObject, top: JsonObject): JsonObject {
  const entries = Object.entries(top).map(([key, value]): [string, Json] => {
    const below = Object.hasOwn(under, key) ? under[key] : undefined;
    return [key, isObject(value) && isObject(below) ? over(below, value) : value];
  });
  return { ...under, ...Object.fromEntries(entries) };
}

/** One value at its path, as a layer of its own. */
export function layerOf(path: readonly string[], value: Json, source: Source): Layer {
  const values = path.toReversed().reduce<Json>((inner, key) => ({ [key]: inner }), value);
  return { values: isObject(values) ? values : {}, sources: new Map([[path.join("."), source]]) };
}

/** Values that a program gives. */
export function objectLayer(values: JsonObject): { readonly layer: Layer; readonly problems: readonly [] } {
  const sources = new Map<string, Source>();
  const note = (object: JsonObject, path: readonly string[]): void => {
    for (const [key, value] of Object.entries(object)) {
      sources.set([...path, key].join("."), { kind: "program" });
      if (isObject(value)) note(value, [...path, key]);
    }
  };
  note(values, []);
  return { layer: { values, sources }, problems: [] };
}

/** Who gave a setting its value. */
export const sourceOf = ({ sources }: Pick<Layer, "sources">, path: readonly string[]): Source =>
  sources.get(path.join(".")) ?? { kind: "default" };

/** Where to look for what is wrong with a path: itself, or what stands around it. */
export function placeOf({ sources }: Pick<Layer, "sources">, path: readonly string[]): Source {
  for (let length = path.length; length > 0; length -= 1) {
    const found = sources.get(path.slice(0, length).join("."));
    if (found) return found;
  }
  return { kind: "default" };
}
