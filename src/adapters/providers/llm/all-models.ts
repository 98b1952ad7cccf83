// Which models several servers have: each once, with all the servers that have it.
import { isList, isObject, type Json } from "../../../domain/index.ts";

/** Results of `llm/list_models`. */
export function allModels(results: readonly Json[]): Json {
  const found = new Map<string, string[]>();
  for (const { name, instances } of results.flatMap(listed)) {
    const known = found.get(name) ?? [];
    found.set(name, [...known, ...instances.filter((one) => !known.includes(one))]);
  }
  return { models: [...found].map(([name, instances]) => ({ name, instances })) };
}

type Listed = { readonly name: string; readonly instances: readonly string[] };

const listed = (result: Json): readonly Listed[] =>
  isObject(result) && isList(result.models)
    ? result.models.flatMap((model) =>
        isObject(model) && typeof model.name === "string"
          ? [{ name: model.name, instances: texts(model.instances) }]
          : [],
      )
    : [];

const texts = (value: Json | undefined): readonly string[] =>
  isList(value) ? value.filter((one) => typeof one === "string") : [];
