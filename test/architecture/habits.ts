// How code is written here, file by file.
import ts from "typescript";
import { importsOf, type Rule, ruleOfNodes } from "./source.ts";

const MAX_LINES = 200;

export const linesOf = (text: string): number => text.trimEnd().split("\n").length;

export const lengthRule: Rule = ({ path, text }) =>
  linesOf(text) > MAX_LINES ? [`${path} has ${linesOf(text)} lines, ${MAX_LINES} is the limit`] : [];

/** Whoever opens a folder is told what it is for. */
export const doorRule: Rule = ({ path, text }) =>
  path.endsWith("/index.ts") && !/^\/\/ \S/.test(text)
    ? [`${path}: a door opens with what its folder is for`]
    : [];

const textRule =
  (message: string, pattern: RegExp): Rule =>
  ({ path, text }) =>
    text
      .split("\n")
      .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1} ${message}: ${line.trim()}`] : []));

export const openEndRule = textRule(
  "what is left to do is an issue, not a comment",
  /\b(?:T[O]DO|F[I]XME|X[X]X|H[A]CK)\b/,
);

export const waiverRule = textRule(
  "no rule is waived",
  /@ts-(?:ignore|expect-error|nocheck)|biome[-]ignore|eslint[-]disable|v8[ ]ignore/,
);

export const defaultExportRule: Rule = ruleOfNodes("exports have names", (node) => {
  if (ts.isExportAssignment(node)) return true;
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  return modifiers.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
});

export const looseTypeRule: Rule = ruleOfNodes("a type the compiler cannot vouch for", (node) => {
  if (node.kind === ts.SyntaxKind.AnyKeyword || ts.isNonNullExpression(node)) return true;
  if (ts.isEnumDeclaration(node) || ts.isModuleDeclaration(node)) return true;
  return ts.isAsExpression(node) && ts.isAsExpression(node.expression);
});

const isEmptyFunction = (node: ts.Node | undefined): boolean => {
  if (node === undefined || !ts.isArrowFunction(node)) return false;
  if (ts.isBlock(node.body)) return node.body.statements.length === 0;
  return node.body.getText() === "undefined" || node.body.getText() === "void 0";
};

/** `kept.catch(() => undefined);` loses nothing: whoever awaits `kept` still gets the error. */
export const swallowRule: Rule = ruleOfNodes("an error is swallowed", (node) => {
  if (ts.isCatchClause(node)) return node.block.statements.length === 0;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  const isMark = ts.isIdentifier(node.expression.expression) && ts.isExpressionStatement(node.parent);
  return node.expression.name.text === "catch" && isEmptyFunction(node.arguments[0]) && !isMark;
});

/** `setTimeout(resolve, …)`, and what Node has ready for it: a guess at how long something takes. */
export const sleepRule: Rule = (source) => [
  ...ruleOfNodes("wait for what happens, not for time to pass", (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== "setTimeout") return false;
    const [callback] = node.arguments;
    return callback !== undefined && ts.isIdentifier(callback) && isSettled(callback);
  })(source),
  ...importsOf(source).flatMap(({ specifier }) =>
    /^(?:node:)?timers\/promises$/.test(specifier) ? [`${source.path} sleeps`] : [],
  ),
];

/** The name is a parameter of the function that a promise is made of. */
function isSettled(name: ts.Identifier): boolean {
  for (let node: ts.Node = name; node.parent; node = node.parent) {
    const makes =
      ts.isNewExpression(node) && node.expression.getText() === "Promise" ? node.arguments?.[0] : undefined;
    if (makes && ts.isArrowFunction(makes))
      return makes.parameters.some((p) => p.name.getText() === name.text);
  }
  return false;
}

const VAGUE = /(?:Manager|Helpers?|Utils?|Service|Impl)$|^(?:Abstract|Base)[A-Z]/;
const VAGUE_PATH = /(?:^|[/-])(?:managers?|helpers?|utils?|services?|impl|common|shared)(?:[/.-]|$)/;
const KEBAB = /^[a-z0-9]+(?:[.-][a-z0-9]+)*\.(?:ts|mjs)$/;

export const nameRule: Rule = (source) => {
  const file = source.path.slice(source.path.lastIndexOf("/") + 1);
  return [
    ...(KEBAB.test(file) ? [] : [`${source.path}: file names are kebab-case`]),
    ...(VAGUE_PATH.test(source.path) ? [`${source.path}: name it after what it is for`] : []),
    ...ruleOfNodes("name it after what it is for", (node) => {
      const named =
        ts.isClassDeclaration(node) || ts.isFunctionDeclaration(node) || ts.isVariableDeclaration(node);
      const typed = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
      return (named || typed) && node.name !== undefined && VAGUE.test(node.name.getText());
    })(source),
  ];
};

const CASES = ["test", "it", "describe"];
const SILENT = ["skip", "only", "todo", "skipIf", "runIf"];

/** `context.skip("why")` inside a test says what is missing; these say nothing, or hide the others. */
export const silentSkipRule: Rule = ruleOfNodes("a skipped test says why: context.skip(reason)", (node) => {
  if (!ts.isPropertyAccessExpression(node)) return false;
  return CASES.includes(node.expression.getText()) && SILENT.includes(node.name.text);
});
