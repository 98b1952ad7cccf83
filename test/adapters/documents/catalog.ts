import { type Format, parseDocument } from "../../../src/adapters/documents/index.ts";
import { celExpressions } from "../../../src/adapters/expressions/index.ts";
import { luxonZones } from "../../../src/adapters/host/index.ts";
import type { Problem, Surroundings } from "../../../src/domain/index.ts";

/** Anything may be called with anything, as long as its protocol is one of these. */
export const catalog: Surroundings = {
  protocols: () => ["echo/v1", "mcp/v1", "python/v1"],
  methodsOf: () => ["echo"],
  method: () => ({ check: () => [] }),
  providers: () => ["echo"],
  expressions: celExpressions(),
  zones: luxonZones(),
};

export const read = (text: string, format: Format = "yaml") =>
  parseDocument(text, format, { file: `test.${format}`, catalog });

/** `line:column code message`, one a line. */
export const said = ({ problems }: { readonly problems: readonly Problem[] }): readonly string[] =>
  problems.map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`);

export const saidOf = (text: string, format: Format = "yaml"): readonly string[] => said(read(text, format));

/** A document in which `params` of the only task are these lines of YAML. */
export const withParams = (...lines: readonly string[]): string =>
  [
    "name: Test",
    "tasks:",
    "  - method: echo/echo",
    "    params:",
    ...lines.map((line) => `      ${line}`),
  ].join("\n");

/** What those params are taken to be. */
export function paramsOf(...lines: readonly string[]): unknown {
  const { definition, problems } = read(withParams(...lines));
  return definition?.tasks?.[0]?.params ?? said({ problems });
}
