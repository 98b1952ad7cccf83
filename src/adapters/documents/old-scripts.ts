// What in a Python script of the original does not work in the sandbox: packages, the network, other programs, files
// that its task does not name. Read line by line, so a script that hides what it does is not seen through.
import { basename } from "node:path";
import { AT_HAND, CANNOT } from "./python-modules.ts";

export type ScriptFinding = { readonly message: string; readonly line: number; readonly column: number };

export type ScriptSight = {
  /** A module beside the script. */
  readonly isBeside: (module: string) => boolean;
  /** A file that is there but that the task does not name. */
  readonly isUnnamed: (path: string) => boolean;
};

const IMPORT = /^(\s*)(?:from\s+([A-Za-z_]\w*)[\w.]*\s+import\b|import\s+(.+))/;
const OPENED = /\b(?:open|Path|read_csv|read_text|listdir|glob)\(\s*[rbfRBF]{0,2}(["'])([^"'{}]+)\1/g;
const WRITTEN = /\bopen\([^)]*,\s*(?:mode\s*=\s*)?["'][rbt]*[wax+]|\.write_(?:text|bytes)\(/;
const SHELL = /\bos\.(?:system|popen|exec\w*|spawn\w*|fork)\b/;

export function findingsIn(script: string, { isBeside, isUnnamed }: ScriptSight): readonly ScriptFinding[] {
  const findings: ScriptFinding[] = [];
  for (const [i, text] of script.split("\n").entries()) {
    const say = (message: string, column: number): void => {
      findings.push({ message, line: i + 1, column: column + 1 });
    };
    if (/^\s*#/.test(text)) continue;
    for (const { module, column } of importsIn(text)) {
      if (isBeside(module) || AT_HAND.has(module)) continue;
      const why =
        CANNOT.get(module) ??
        "no packages are installed: use the standard library, or a method of your own (docs/library.md)";
      say(`\`import ${module}\` fails in the sandbox; ${why}`, column);
    }
    const [shell] = SHELL.exec(text) ?? [];
    if (shell) say(`\`${shell}\` fails in the sandbox: no programs are started`, text.indexOf(shell));
    for (const { 2: path = "", index } of text.matchAll(OPENED)) {
      if (isUnnamed(path))
        say(
          `\`${path}\` is not named by the task: list it under \`files:\`, or hand it in through \`context\``,
          index,
        );
    }
    const written = WRITTEN.exec(text);
    if (written)
      say("files that a script writes are gone with it: give what it makes back as `result`", written.index);
  }
  return findings;
}

function* importsIn(line: string): Generator<{ readonly module: string; readonly column: number }> {
  const [, indent = "", from, several = ""] = IMPORT.exec(line) ?? [];
  const column = indent.length;
  if (from !== undefined) yield { module: from, column };
  for (const one of several.split(",")) {
    const [, module] = /^\s*([A-Za-z_]\w*)/.exec(one) ?? [];
    if (module !== undefined) yield { module, column };
  }
}

/** `notes/a.txt`, `./notes/a.txt` and `a.txt` of a glob are the same file to whoever reads the script. */
export const sameFile = (one: string, other: string): boolean =>
  one.replace(/^\.\//, "") === other.replace(/^\.\//, "") ||
  (one.includes("*") && basename(one) === basename(other));
