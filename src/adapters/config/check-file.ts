// A configuration file by itself, whether or not it is in force, with the JSON Schemas that it writes for methods.
import { GleitzeitError, type JsonObject, type Problem } from "../../domain/index.ts";
import { textOf } from "./config-file.ts";
import type { Layer } from "./layers.ts";
import { problemAt } from "./problems.ts";
import { Config } from "./schema.ts";
import { checkedFile } from "./settings.ts";

/** Why this is no JSON Schema; undefined where it is one. */
export type SchemaProblem = (schema: JsonObject) => string | undefined;

export async function checkFile(file: string, problemOf: SchemaProblem): Promise<readonly Problem[]> {
  const text = await textOf(file);
  if (text === undefined) throw new GleitzeitError("CONFIGURATION_ERROR", `there is no file ${file}`);
  const { layer, problems } = checkedFile(file, text);
  return [...problems, ...schemaProblems(layer, problemOf)];
}

function schemaProblems(layer: Layer, problemOf: SchemaProblem): readonly Problem[] {
  const { providers } = Config.parse(layer.values);
  return Object.entries(providers).flatMap(([name, settings]) =>
    settings.type !== "jsonrpc"
      ? []
      : Object.entries(settings.methods ?? {}).flatMap(([method, { params, result }]) =>
          Object.entries({ params, result }).flatMap(([part, schema]) => {
            const why = problemOf(schema);
            const path = ["providers", name, "methods", method, part];
            return why === undefined ? [] : [problemAt(layer, path, `\`${path.join(".")}\`: ${why}`)];
          }),
        ),
  );
}
