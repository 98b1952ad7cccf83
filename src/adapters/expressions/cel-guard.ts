// What an expression may be made of. A regular expression can run for minutes, `cel.bind` and deep nesting multiply
// work, and a macro over a list that grew on the way has no end that could be foreseen.
import type { ASTNode } from "@marcbachmann/cel-js";

const MACROS = new Set(["all", "exists", "exists_one", "map", "filter"]);
const MOST_NESTED = 2;
/** Calls and operators that make lists out of something else, so that their length is not that of a value. */
const MAKES_LISTS = new Set(["split", "json", "+"]);

export type Guarded = { readonly problem?: string; readonly hasMacros: boolean };

export function guard(root: ASTNode): Guarded {
  let hasMacros = false;
  const problem = walk(root, 0);
  return { hasMacros, ...(problem !== undefined && { problem }) };

  function walk(node: ASTNode, macros: number): string | undefined {
    const name = nameOf(node);
    if (name === "matches") return "`matches` is not available: a regular expression may take minutes";
    if (name === "bind") return "`cel.bind` is not available: write the value twice";
    if (!isMacro(node)) return first(childrenOf(node), (child) => walk(child, macros));
    hasMacros = true;
    if (macros === MOST_NESTED)
      return `\`${name}\` inside ${MOST_NESTED} others: at most ${MOST_NESTED} may be nested`;
    const [list, ...rest] = childrenOf(node);
    if (list && makesList(list))
      return `\`${name}\` goes over a list that is made on the way: take one as it is`;
    return (list && walk(list, macros)) ?? first(rest, (child) => walk(child, macros + 1));
  }
}

const nameOf = ({ op, args }: ASTNode): string | undefined => {
  if (op === "call") return args[0];
  return op === "rcall" ? args[0] : undefined;
};

const isMacro = (node: ASTNode): boolean => node.op === "rcall" && MACROS.has(node.args[0]);

const makesList = (node: ASTNode): boolean =>
  MAKES_LISTS.has(nameOf(node) ?? node.op) || childrenOf(node).some(makesList);

/** A macro's list, or a call's receiver, comes first. */
function childrenOf({ op, args }: ASTNode): readonly ASTNode[] {
  if (op === "value" || op === "id") return [];
  if (op === "." || op === ".?") return [args[0]];
  if (op === "call") return args[1];
  if (op === "rcall") return [args[1], ...args[2]];
  if (op === "map") return args.flat();
  return op === "!_" || op === "-_" ? [args] : args;
}

function first<T>(list: readonly T[], pick: (item: T) => string | undefined): string | undefined {
  for (const item of list) {
    const picked = pick(item);
    if (picked !== undefined) return picked;
  }
  return undefined;
}
