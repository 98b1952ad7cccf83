// Which names a CEL text reads: what a condition depends on follows from its text alone, whoever evaluates it.
import type { Path } from "./problems.ts";

export type Read = {
  /** `inputs`, `tasks`, `run`, `item`, `index`. */
  readonly head: string;
  /** The steps that are written out: `tasks["a-b"].result.n` → `a-b`, `result`, `n`. */
  readonly path: Path;
  /** Asks whether it is there: `has(…)`, `.?name`. */
  readonly isOptional: boolean;
};

const HEADS = new Set(["inputs", "tasks", "run", "item", "index"]);
const MACROS = new Set(["all", "exists", "exists_one", "map", "filter"]);

const SPACE = /(?:\s|\/\/[^\n]*)*/y;
const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /\d[\w.]*/y;
const TEXT =
  /[rRbB]{0,2}("""(?:\\[\s\S]|(?!""")[\s\S])*"""|'''(?:\\[\s\S]|(?!''')[\s\S])*'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/y;
const CALL = /\s*\(/y;
const VARIABLE = /\s*\(\s*([A-Za-z_]\w*)\s*,/y;

type Scan = {
  readonly text: string;
  at: number;
  depth: number;
  /** Variables of the macros around, with the depth at which each ends. */
  readonly bound: { readonly name: string; readonly depth: number }[];
};

export function readsIn(text: string): readonly Read[] {
  const scan: Scan = { text, at: 0, depth: 0, bound: [] };
  const reads: Read[] = [];
  let before = "";
  for (take(scan, SPACE); scan.at < text.length; take(scan, SPACE)) {
    if (take(scan, TEXT) !== undefined || take(scan, NUMBER) !== undefined) before = "";
    else {
      const name = take(scan, NAME);
      if (name === undefined) before = punctuation(scan, before);
      else {
        const isMember = before.endsWith(".") || before.endsWith(".?");
        if (isMember && MACROS.has(name)) bind(scan);
        if (!isMember && isHead(scan, name)) reads.push(read(scan, name, before.endsWith("has(")));
        before = name;
      }
    }
  }
  return reads;
}

const isHead = ({ bound }: Scan, name: string): boolean =>
  HEADS.has(name) && !bound.some((variable) => variable.name === name);

function take(scan: Scan, pattern: RegExp): string | undefined {
  pattern.lastIndex = scan.at;
  const found = pattern.exec(scan.text)?.[0];
  scan.at += found?.length ?? 0;
  return found;
}

/** `before`: what stands in front, as far as it matters: `.`, `.?`, `has(`. */
function punctuation(scan: Scan, before: string): string {
  const sign = scan.text[scan.at] ?? "";
  scan.at += 1;
  if (sign === "(") scan.depth += 1;
  if (sign === ")") {
    while ((scan.bound.at(-1)?.depth ?? -1) >= scan.depth) scan.bound.pop();
    scan.depth -= 1;
  }
  return sign === "?" || (sign === "(" && before === "has") ? before + sign : sign;
}

function bind(scan: Scan): void {
  VARIABLE.lastIndex = scan.at;
  const name = VARIABLE.exec(scan.text)?.[1];
  if (name !== undefined) scan.bound.push({ name, depth: scan.depth + 1 });
}

function read(scan: Scan, head: string, isAsked: boolean): Read {
  const path: (string | number)[] = [];
  let isOptional = isAsked;
  for (;;) {
    const step = stepOf(scan);
    if (!step) return { head, path, isOptional };
    path.push(step.step);
    isOptional ||= step.isOptional;
  }
}

function stepOf(scan: Scan): { readonly step: string | number; readonly isOptional: boolean } | undefined {
  const start = scan.at;
  take(scan, SPACE);
  const sign = scan.text[scan.at];
  if (sign === "." || sign === "[") {
    scan.at += 1;
    take(scan, SPACE);
    const isOptional = scan.text[scan.at] === "?";
    if (isOptional) scan.at += 1;
    take(scan, SPACE);
    const step = sign === "." ? member(scan) : element(scan);
    if (step !== undefined) return { step, isOptional };
  }
  scan.at = start;
  return undefined;
}

/** A method is no step. */
function member(scan: Scan): string | undefined {
  const name = take(scan, NAME);
  CALL.lastIndex = scan.at;
  return CALL.test(scan.text) ? undefined : name;
}

function element(scan: Scan): string | number | undefined {
  const written = take(scan, TEXT) ?? take(scan, NUMBER);
  take(scan, SPACE);
  if (written === undefined || scan.text[scan.at] !== "]") return undefined;
  scan.at += 1;
  return /^\d+$/.test(written) ? Number(written) : plainText(written);
}

/** Undefined for what is not a plain quoted text: then it counts as computed. */
const plainText = (written: string): string | undefined =>
  /^(["'])([^\\]*)\1$/.test(written) && !/^("""|''')/.test(written) ? written.slice(1, -1) : undefined;
