// Where the outside world may be touched: clocks, randomness, the process, other processes, blocking calls, SQL.
import ts from "typescript";
import { importsOf, type Rule, ruleOfNodes, type Source } from "./source.ts";

const isChildEntry = (path: string): boolean =>
  /^src\/adapters\/(?:sandbox|providers\/[^/]+)\/child\//.test(path);

/** Files that run once, before any work: blocking there delays nobody. */
const START_UP = ["src/main.ts", "src/adapters/config/"];

/** The name used, not the name of a member, a key or a declaration. */
function isUseOf(node: ts.Node, names: readonly string[]): boolean {
  if (!ts.isIdentifier(node) || !names.includes(node.text)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) {
    return parent.expression === node || parent.expression.getText() === "globalThis";
  }
  const isName = "name" in parent && parent.name === node;
  return !isName && !ts.isTypeReferenceNode(parent) && !ts.isQualifiedName(parent);
}

const isCallOf = (node: ts.Node, object: string, method: string): boolean =>
  ts.isPropertyAccessExpression(node) && node.expression.getText() === object && node.name.text === method;

const within = (...folders: readonly string[]) => {
  return (rule: Rule): Rule =>
    (source) =>
      folders.some((folder) => source.path.startsWith(folder)) ? rule(source) : [];
};

const outside =
  (isExempt: (path: string) => boolean) =>
  (rule: Rule): Rule =>
  (source) =>
    isExempt(source.path) ? [] : rule(source);

const AMBIENT = ["performance", "crypto", "setTimeout", "setInterval"];

export const clockRule = within(
  "src/domain/",
  "src/projections/",
  "src/engine/",
)(
  ruleOfNodes("clock or randomness, which are arguments here", (node) => {
    if (isCallOf(node, "Date", "now") || isCallOf(node, "Math", "random")) return true;
    if (ts.isNewExpression(node) && node.expression.getText() === "Date")
      return (node.arguments?.length ?? 0) === 0;
    if (ts.isCallExpression(node) && node.expression.getText() === "Date") return true;
    return isUseOf(node, AMBIENT);
  }),
);

export const consoleRule: Rule = ruleOfNodes("stdout is data; log lines go through the log", (node) =>
  isUseOf(node, ["console"]),
);

/** Entries of programs: the command line's, and the verifier's own. */
const ENTRIES = ["src/main.ts", "src/adapters/audit/verifier/main.ts"];

const mayTouchProcess = (path: string): boolean =>
  ENTRIES.includes(path) || path.startsWith("src/adapters/processes/") || isChildEntry(path);

export const processRule: Rule = outside(mayTouchProcess)((source) => [
  ...ruleOfNodes("only entries and adapters/processes touch the process", (node) =>
    isUseOf(node, ["process"]),
  )(source),
  ...imported(source, ["node:process"]),
]);

export const spawnRule: Rule = outside((path) => path.startsWith("src/adapters/processes/"))((source) =>
  imported(source, ["node:child_process", "node:cluster"]),
);

const imported = (source: Source, modules: readonly string[]): readonly string[] =>
  importsOf(source)
    .filter(({ specifier }) => modules.includes(specifier))
    .map(({ specifier }) => `${source.path} imports ${specifier}`);

/** The sandbox is where foreign code runs; its child entries put it there. */
export const evaluationRule: Rule = outside(isChildEntry)((source) => [
  ...ruleOfNodes("nothing is evaluated in the host process", (node) => {
    if (ts.isNewExpression(node)) return node.expression.getText() === "Function";
    return ts.isCallExpression(node) && ["eval", "Function"].includes(node.expression.getText());
  })(source),
  ...imported(source, ["node:vm"]),
]);

/** What runs on a thread of its own, which nobody else waits for. */
const isThread = (path: string): boolean => /^src\/compose\/[a-z-]+\/thread\.ts$/.test(path);

const mayBlock = (path: string): boolean =>
  path.startsWith("src/adapters/event-store/") ||
  isThread(path) ||
  isChildEntry(path) ||
  START_UP.some((start) => path.startsWith(start));

export const blockingRule: Rule = outside(mayBlock)(
  ruleOfNodes("blocks everybody else", (node) => {
    if (!ts.isCallExpression(node)) return false;
    const callee = node.expression;
    const name = ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
    return name.endsWith("Sync") || callee.getText() === "Atomics.wait";
  }),
);

const SQL =
  /^\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|PRAGMA|WITH|ATTACH|SAVEPOINT|VACUUM)\s/;
const RUNS_SQL = ["prepare", "exec", "query"];

/** Text put together while running: a template with `${…}`, or a `+`. */
const isComposed = (node: ts.Node): boolean =>
  ts.isTemplateExpression(node) ||
  (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken);

function leadingText(node: ts.Node): string {
  if (ts.isTemplateExpression(node)) return node.head.text;
  if (ts.isBinaryExpression(node)) return leadingText(node.left);
  return ts.isStringLiteralLike(node) ? node.text : "";
}

export const sqlRule: Rule = ruleOfNodes("SQL is a constant; values are bound", (node) => {
  if (isComposed(node) && SQL.test(leadingText(node))) return true;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const [first] = node.arguments;
  return RUNS_SQL.includes(node.expression.name.text) && first !== undefined && isComposed(first);
});
