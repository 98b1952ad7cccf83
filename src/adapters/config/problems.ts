// What the schema says is wrong, with the place that it was written at and what was probably meant.
import type { z } from "zod";
import { didYouMean, type Problem } from "../../domain/index.ts";
import { type Layer, placeOf, type Source } from "./layers.ts";
import { settingPaths } from "./paths.ts";

export function problemsOf({ issues }: z.ZodError, layer: Layer): readonly Problem[] {
  return issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== "unrecognized_keys")
      return [problemAt(layer, path, `\`${path.join(".")}\`: ${plain(issue.message)}`)];
    return issue.keys.map((key) => problemAt(layer, [...path, key], unknown(path, key)));
  });
}

function unknown(path: readonly string[], key: string): string {
  const known = settingPaths.filter((setting) => path.every((step, i) => setting[i] === step));
  return `unknown key \`${[...path, key].join(".")}\`${didYouMean(key, new Set(known.map((setting) => setting[path.length] ?? "")))}`;
}

export function problemAt(layer: Layer, path: readonly string[], message: string): Problem {
  const source = placeOf(layer, path);
  return {
    code: "CONFIGURATION_ERROR",
    message: source.kind === "file" ? message : `${sourceText(source)}: ${message}`,
    path: path.join("."),
    ...(source.kind === "file" && { file: source.file, line: source.line, column: source.column }),
  };
}

export function sourceText(source: Source): string {
  switch (source.kind) {
    case "default":
      return "default";
    case "file":
      return `${source.file}:${source.line}`;
    case "environment":
    case "flag":
      return source.name;
    case "program":
      return "configuration";
  }
}

const plain = (message: string): string => message.replace(/^Invalid (?:input|option): /, "");
