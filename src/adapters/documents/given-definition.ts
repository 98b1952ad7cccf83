// A document that a program holds as a value: checked like one from a file, its problems told by path.
import {
  type Definition,
  GleitzeitError,
  hasConditions,
  isObject,
  type Problem,
  pathText,
  validate,
} from "../../domain/index.ts";
import type { DocumentOptions } from "./load-document.ts";

export type Given = DocumentOptions & {
  /** What is wrong with the documents that it calls. */
  readonly called: (definition: Definition) => Promise<readonly Problem[]>;
};

export async function givenDefinition(document: unknown, options: Given): Promise<Definition> {
  const expressions =
    isObject(document) && hasConditions(document) ? { expressions: await options.expressions() } : {};
  const { definition, problems } = validate(document, { ...options.catalog, ...expressions });
  const called = definition ? await options.called(definition) : [];
  if (definition && called.length === 0) return definition;
  const told = [
    ...problems.map(({ code, message, path }) => ({ code, message, path: pathText(path) })),
    ...called,
  ];
  const [first] = told;
  const count = told.length === 1 ? "a problem" : `${told.length} problems`;
  throw new GleitzeitError(
    "WORKFLOW_VALIDATION_FAILED",
    `the document has ${count}; the first: ${first ? placeIn(first) : ""}${first?.message ?? "not valid"}`,
    { problems: told },
  );
}

function placeIn({ file, line, path }: Problem): string {
  const place = [file, line ?? path].filter(Boolean).join(":");
  return place === "" ? "" : `${place}: `;
}
