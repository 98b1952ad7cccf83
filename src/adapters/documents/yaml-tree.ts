// YAML 1.2 → a located value. What makes YAML surprising is refused: tags, merge keys, keys that are no texts.
import { type Document, isAlias, isMap, isScalar, isSeq, type YAMLMap } from "yaml";
import { MAX_DEPTH } from "../../domain/index.ts";
import type { Located, Member, Parsed, TextProblem } from "./located.ts";
import { compose } from "./yaml-compose.ts";

/** Repetition by aliases may add so many parts to a document; beyond that it is taken for an attack. */
const MAX_REPEATED = 100_000;

type Node = NonNullable<Document.Parsed["contents"]>;

type Measured = { readonly tree: Located; readonly size: number; readonly height: number };

type Walk = {
  readonly complain: (message: string, at: number) => void;
  /** Undefined while what it names is still being read. */
  readonly anchors: Map<string, Measured | undefined>;
  repeated: number;
};

export function yamlTree(text: string): Parsed {
  const { documents, problems } = compose(text);
  if (problems.length > 0) return { problems };
  const root = documents[0]?.contents;
  if (!root || isNothing(text)) return { problems: [{ message: nothingIn(text), at: 0 }] };
  const found: TextProblem[] = [];
  const complain = (message: string, at: number): void => {
    if (found.length < MAX_COMPLAINTS) found.push({ message, at });
  };
  const { tree } = measured(root, { complain, anchors: new Map(), repeated: 0 });
  return found.length > 0 ? { problems: found } : { tree, problems: [] };
}

const MAX_COMPLAINTS = 100;

/** Blank lines, comments, document markers. */
const isNothing = (text: string): boolean =>
  !/^[^\S\n]*[^\s#]/m.test(text.replace(/^(?:---|\.\.\.)(?=\s|$)/gm, ""));

const nothingIn = (text: string): string =>
  text.trim() === "" ? "the document is empty" : "the document holds nothing but comments";

function measured(node: Node, walk: Walk): Measured {
  const at = node.range[0];
  if (isAlias(node)) return repeated(node.source, at, walk);
  if (node.tag !== undefined)
    return refused(`tags such as \`${node.tag}\` are not read: remove it`, at, walk);
  const { anchor } = node;
  if (anchor !== undefined) walk.anchors.set(anchor, undefined);
  const result = contents(node, at, walk);
  if (anchor !== undefined) walk.anchors.set(anchor, result);
  return result;
}

function contents(node: Node, at: number, walk: Walk): Measured {
  if (isMap(node)) return map(node, at, walk);
  if (!isSeq(node)) return leaf(isScalar(node) ? node.value : null, at, walk);
  const items = node.items.map((item) => measured(item, walk));
  return around({ kind: "list", at, items: items.map(({ tree }) => tree) }, items);
}

function map(node: YAMLMap.Parsed, at: number, walk: Walk): Measured {
  const members: Member[] = [];
  const values: Measured[] = [];
  for (const pair of node.items) {
    const keyAt = pair.key.range[0];
    const key = keyOf(pair.key, keyAt, walk);
    const value = pair.value ? measured(pair.value, walk) : leaf(null, keyAt, walk);
    values.push(value);
    if (key !== undefined) members.push({ key, keyAt, value: value.tree });
  }
  return around({ kind: "map", at, members }, values);
}

function keyOf(node: Node, at: number, walk: Walk): string | undefined {
  if (isScalar(node) && node.type === "PLAIN" && node.value === "<<") {
    walk.complain("merge keys (`<<`) are not read: write the members out", at);
  }
  const { tree } = measured(node, walk);
  if (tree.kind === "scalar" && typeof tree.value === "string") return tree.value;
  const remedy = tree.kind === "scalar" ? `: put it in quotes ("${tree.value}")` : "";
  walk.complain(`a key must be a text${remedy}`, at);
  return undefined;
}

/** An alias stands for what its anchor names, measured so that a few of them cannot stand for millions of parts. */
function repeated(name: string, at: number, walk: Walk): Measured {
  const meant = walk.anchors.get(name);
  if (!meant) {
    const why = walk.anchors.has(name) ? "stands inside what it repeats" : "has no anchor before it";
    return refused(`the alias \`*${short(name)}\` ${why}`, at, walk);
  }
  walk.repeated += meant.size;
  if (walk.repeated <= MAX_REPEATED && meant.height <= MAX_DEPTH) return meant;
  const limit = `all aliases together may add ${MAX_REPEATED} parts`;
  return refused(`the alias \`*${short(name)}\` repeats too much: ${limit}`, at, walk);
}

const short = (name: string): string => name.slice(0, 40);

function leaf(value: unknown, at: number, walk: Walk): Measured {
  if (
    value === null ||
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "boolean"
  ) {
    return { tree: { kind: "scalar", at, value }, size: 1, height: 0 };
  }
  return refused("this value has no counterpart in JSON: put it in quotes", at, walk);
}

/** Nothing stands in for what was refused. */
function refused(message: string, at: number, walk: Walk): Measured {
  walk.complain(message, at);
  return leaf(null, at, walk);
}

const around = (tree: Located, inner: readonly Measured[]): Measured => ({
  tree,
  size: inner.reduce((sum, { size }) => sum + size, 1),
  height: inner.reduce((most, { height }) => Math.max(most, height), 0) + 1,
});
