// The code blocks of a page, and what their info strings say of them: ```LANGUAGE [FILE] [not run: WHY]

export type Block = {
  readonly language: string;
  /** The file that it is. */
  readonly name: string | undefined;
  /** Why it is not run; whoever writes one says so. */
  readonly reason: string | undefined;
  readonly text: string;
  /** Of its first line, from 1. */
  readonly line: number;
};

const FENCE = /^( *)```([^\n`]*)\n([\s\S]*?)^ *```$/gm;
const INFO = /^(\S+)(?: (?!not run)(\S+))?(?: not run: (.+))?$/;
const SHORTEST_REASON = 10;

export function blocksIn(page: string): readonly Block[] {
  return [...page.matchAll(FENCE)].map(({ 2: info = "", 3: text = "", index }) => {
    const line = page.slice(0, index).split("\n").length + 1;
    const [matched, language = "", name, reason] = INFO.exec(info.trim()) ?? [];
    if (matched === undefined) throw new Error(`line ${line - 1}: a block has a language, not \`${info}\``);
    if (reason !== undefined && reason.length < SHORTEST_REASON) {
      throw new Error(`line ${line - 1}: \`${reason}\` is no reason`);
    }
    return { language, name, reason, text, line };
  });
}

export type Command = { readonly line: string; readonly shown: string; readonly exit: number };

/** `$ command`, what it prints, and `[exit N]` where that is not 0. */
export function commandsIn(text: string): readonly Command[] {
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [line = "", ...lines] = part.trimEnd().split("\n");
      const [, exit] = /^\[exit (\d+)\]$/.exec(lines.at(-1) ?? "") ?? [];
      const shown = exit === undefined ? lines : lines.slice(0, -1);
      return { line: withoutRemark(line), shown: shown.join("\n"), exit: Number(exit ?? 0) };
    });
}

/** What is said beside a command, after two spaces and a #. */
const withoutRemark = (line: string): string => line.replace(/ {2,}# .*$/, "");

/** What differs from run to run is compared as one word. */
const VOLATILE: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "RUN"],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, "INSTANT"],
  [/\b(?:\d+ min )?\d+(?:\.\d+)? (?:ms|s)\b/g, "TIME"],
  [/[ \t]+/g, " "],
  [/─+/g, "─"],
];

const steady = (text: string): string =>
  VOLATILE.reduce((all, [pattern, word]) => all.replace(pattern, word), text)
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();

/** Whether that was printed; `…` stands for anything. */
export function isShown(shown: string, printed: string): boolean {
  const parts = steady(shown)
    .split("…")
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join("[\\s\\S]*?")}$`).test(steady(printed));
}
