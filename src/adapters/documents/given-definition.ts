// A document that a program holds as a value: checked like one from a file, its problems told by path.
import {
  type Definition,
  GleitzeitError,
  hasConditions,
  isObject,
  pathText,
  validate,
} from "../../domain/index.ts";
import type { DocumentOptions } from "./load-document.ts";

export async function givenDefinition(document: unknown, options: DocumentOptions): Promise<Definition> {
  const expressions =
    isObject(document) && hasConditions(document) ? { expressions: await options.expressions() } : {};
  const { definition, problems } = validate(document, { ...options.catalog, ...expressions });
  if (definition) return definition;
  const told = problems.map(({ code, message, path }) => ({ code, message, path: pathText(path) }));
  const [first] = told;
  const count = told.length === 1 ? "a problem" : `${told.length} problems`;
  const where = first?.path ? `${first.path}: ` : "";
  throw new GleitzeitError(
    "WORKFLOW_VALIDATION_FAILED",
    `the document has ${count}; the first: ${where}${first?.message ?? "not valid"}`,
    { problems: told },
  );
}
