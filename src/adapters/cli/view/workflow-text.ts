// A registered workflow in a few lines: what it takes, what it does, and its versions.
import type { Definition, InputDeclaration } from "../../../domain/index.ts";
import type { VersionDocument } from "../../../engine/index.ts";
import { versionName } from "../workflow-json.ts";
import { line } from "./text.ts";

export function contentsOf({ description, inputs = {}, tasks = [], template }: Definition): string {
  const lines = [
    ...(description === undefined ? [] : [`  ${line(description)}`]),
    ...Object.entries(inputs).map(([name, input]) => `  input ${line(name)}: ${inputText(input)}`),
    ...tasks.map(
      ({ id, name, method }, i) => `  task ${line(id ?? name ?? `task-${i + 1}`)}  ${method ?? ""}`,
    ),
    ...(template ? [`  one task for each file  ${template.method ?? ""}`] : []),
  ];
  return `${lines.join("\n")}\n`;
}

const inputText = ({ type, required = true, default: given }: InputDeclaration): string =>
  given !== undefined
    ? `${type}, ${JSON.stringify(given)} if not given`
    : required
      ? type
      : `${type}, optional`;

/** The newest first. */
export const versionLines = (versions: readonly VersionDocument[]): string =>
  versions
    .map((one) => `  ${one.current ? "*" : " "} ${one.registeredAt}  ${versionName(one)}  ${one.hash}\n`)
    .join("");
