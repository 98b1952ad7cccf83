// The project's own files as syntax trees, and how a rule reads them.
import { readdirSync, readFileSync } from "node:fs";
import { join, posix, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

export type Source = {
  /** From the project's root, with `/`: `src/domain/ids.ts`. */
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
};

export type Import = {
  readonly specifier: string;
  /** `type` is gone at run time, `late` is loaded when that line runs, `load` with the file. */
  readonly kind: "type" | "late" | "load";
};

/** What is wrong with a file, one line each; empty when nothing is. */
export type Rule = (source: Source) => readonly string[];

export const root = fileURLToPath(new URL("../..", import.meta.url));

export const parse = (path: string, text: string): Source => ({
  path,
  text,
  tree: ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true),
});

export function sourcesIn(...folders: readonly string[]): readonly Source[] {
  return folders
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((path) => /\.(?:ts|mjs)$/.test(path) && !path.endsWith(".gen.ts"))
    .map((path) => parse(path.split(sep).join("/"), readFileSync(join(root, path), "utf8")));
}

export function nodesOf(source: Source): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    nodes.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source.tree);
  return nodes;
}

const lineOf = (source: Source, node: ts.Node): number =>
  source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree)).line + 1;

/** A rule that says the same of every node it dislikes. */
export const ruleOfNodes =
  (message: string, dislikes: (node: ts.Node, source: Source) => boolean): Rule =>
  (source) =>
    nodesOf(source)
      .filter((node) => dislikes(node, source))
      .map(
        (node) =>
          `${source.path}:${lineOf(source, node)} ${message}: ${node.getText(source.tree).slice(0, 60)}`,
      );

export function importsOf(source: Source): readonly Import[] {
  return nodesOf(source).flatMap((node): readonly Import[] => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      return [
        { specifier: node.moduleSpecifier.text, kind: isTypeOnly(node.importClause) ? "type" : "load" },
      ];
    }
    if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)) {
      return [{ specifier: node.moduleSpecifier.text, kind: node.isTypeOnly ? "type" : "load" }];
    }
    if (
      ts.isImportTypeNode(node) &&
      ts.isLiteralTypeNode(node.argument) &&
      ts.isStringLiteral(node.argument.literal)
    ) {
      return [{ specifier: node.argument.literal.text, kind: "type" }];
    }
    const loaded = ts.isCallExpression(node) && isLoader(node.expression) ? node.arguments[0] : undefined;
    return loaded && ts.isStringLiteralLike(loaded) ? [{ specifier: loaded.text, kind: "late" }] : [];
  });
}

const isTypeOnly = (clause: ts.ImportClause | undefined): boolean =>
  clause?.phaseModifier === ts.SyntaxKind.TypeKeyword;

const isLoader = (callee: ts.Expression): boolean =>
  callee.kind === ts.SyntaxKind.ImportKeyword || (ts.isIdentifier(callee) && callee.text === "require");

/** A relative import as a path from the project's root; undefined for packages and Node's own modules. */
export const targetOf = (source: Source, specifier: string): string | undefined =>
  specifier.startsWith(".") ? posix.join(posix.dirname(source.path), specifier) : undefined;
