// A document: read, parsed, validated, every problem with its line and column.
import {
  type Definition,
  type Expressions,
  GleitzeitError,
  hasConditions,
  type Json,
  type MethodCatalog,
  type PathProblem,
  type Problem,
  pathText,
  type Surroundings,
  validate,
} from "../../domain/index.ts";
import { jsonTree } from "./json-tree.ts";
import { type Place, placesIn } from "./lines.ts";
import { type Located, placeOf, plain } from "./located.ts";
import { type Format, MAX_DOCUMENT_BYTES, readSource, sourceOf } from "./source.ts";
import { yamlTree } from "./yaml-tree.ts";

export type ReadDocument = {
  /** What the text says; undefined when it could not be parsed. */
  readonly raw?: Json;
  /** Only of a document without a problem. */
  readonly definition?: Definition;
  /** Where a place of its value stands in the text. */
  readonly at?: (place: Pick<PathProblem, "path" | "at">) => Place;
  /** In the order of the text. */
  readonly problems: readonly Problem[];
};

export type LoadedDocument = ReadDocument & {
  /** As given. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly text: string;
};

export type DocumentOptions = {
  readonly catalog: MethodCatalog;
  /** Loaded for documents that have conditions. */
  readonly expressions: () => Promise<Expressions>;
  readonly maxBytes?: number;
  /** Of a document that is no file: it came along with whoever names it. */
  readonly bytes?: Uint8Array | undefined;
};

/**
 * GleitzeitError for what cannot be read at all: WORKFLOW_NOT_FOUND, AUTHORIZATION_FAILED, and for what is no
 * document (a directory, binary, too large) WORKFLOW_VALIDATION_FAILED. What is wrong inside is in `problems`.
 */
export async function loadDocument(path: string, options: DocumentOptions): Promise<LoadedDocument> {
  const { maxBytes = MAX_DOCUMENT_BYTES, bytes: given } = options;
  const { bytes, text, format } = given ? sourceOf(path, given, maxBytes) : await readSource(path, maxBytes);
  const tree = treeOf(text, format);
  const hasWhen = tree.tree !== undefined && hasConditions(plain(tree.tree, () => undefined));
  const catalog = { ...options.catalog, ...(hasWhen && { expressions: await options.expressions() }) };
  return { path, bytes, text, ...judged(text, tree, { file: path, catalog }) };
}

type Asked = { readonly file: string; readonly catalog: Surroundings };

/** The same for a text that is at hand. `file` is how problems name it. */
export const parseDocument = (text: string, format: Format, asked: Asked): ReadDocument =>
  judged(text, treeOf(text, format), asked);

const treeOf = (text: string, format: Format) => (format === "json" ? jsonTree(text) : yamlTree(text));

function judged(text: string, parsed: ReturnType<typeof treeOf>, { file, catalog }: Asked): ReadDocument {
  const places = placesIn(text);
  if (!parsed.tree) {
    const problems = parsed.problems.map(({ message, at }) => parseProblem(message, places(at), file));
    return { problems: problems.toSorted(byPlace) };
  }
  return validated(parsed.tree, places, file, catalog);
}

const parseProblem = (message: string, place: Place, file: string): Problem => ({
  code: "PARSE_ERROR",
  message,
  file,
  ...place,
});

function validated(
  tree: Located,
  places: (offset: number) => Place,
  file: string,
  catalog: Surroundings,
): ReadDocument {
  const repeats: Problem[] = [];
  const raw = plain(tree, ({ key, keyAt }, first) => {
    if (repeats.length >= MAX_REPEATS) return;
    const message = `duplicate key \`${key}\`: it stands in line ${places(first.keyAt).line} already`;
    repeats.push(parseProblem(message, places(keyAt), file));
  });
  const { definition, problems } = validate(raw, catalog);
  const located = problems.map((problem) => ({
    code: problem.code,
    message: problem.message,
    file,
    ...places(placeOf(tree, problem)),
    ...(problem.path.length > 0 && { path: pathText(problem.path) }),
  }));
  const all = [...repeats, ...located].toSorted(byPlace);
  const at = (place: Pick<PathProblem, "path" | "at">): Place => places(placeOf(tree, place));
  return { raw, at, problems: all, ...(definition && all.length === 0 && { definition }) };
}

const MAX_REPEATS = 100;

const byPlace = (a: Problem, b: Problem): number =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);

/** The definition of a document that has to be valid, or the error that says why it is not. */
export function validDefinition({ path, definition, problems }: LoadedDocument): Definition {
  if (definition) return definition;
  const [first] = problems;
  const isUnreadable = problems.every(({ code }) => code === "PARSE_ERROR");
  const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
  const where = `${path}:${first?.line ?? 1}:${first?.column ?? 1}`;
  throw new GleitzeitError(
    isUnreadable ? "PARSE_ERROR" : "WORKFLOW_VALIDATION_FAILED",
    `${path} has ${count}; the first: ${where}: ${first?.message ?? "not valid"}`,
    { problems },
  );
}
