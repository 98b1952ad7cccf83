// Two texts as one list of lines: `-` only in the first, `+` only in the second, with a little of what surrounds them.

const AROUND = 2;
/** Beyond it the middle is shown as a whole, before and after. */
const MOST = 1_000;

type Line = { readonly mark: " " | "-" | "+"; readonly text: string };

export function lineDiff(before: string, after: string): readonly string[] {
  const all = linesOf(before.split("\n"), after.split("\n"));
  const near = all.map((_, i) =>
    all.slice(Math.max(0, i - AROUND), i + AROUND + 1).some(({ mark }) => mark !== " "),
  );
  return all.flatMap(({ mark, text }, i) => {
    if (near[i]) return [`${mark} ${text}`.trimEnd()];
    return near[i - 1] ? ["…"] : [];
  });
}

function linesOf(before: readonly string[], after: readonly string[]): readonly Line[] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return [
    ...same(before.slice(0, start)),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

const same = (texts: readonly string[]): readonly Line[] => texts.map((text) => ({ mark: " ", text }));

/** By the longest list of lines that both have. */
function middle(before: readonly string[], after: readonly string[]): readonly Line[] {
  if (before.length > MOST || after.length > MOST) return [...gone(before), ...come(after)];
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const row = lengths[i];
      if (row) row[j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const found: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    if (before[i] === after[j]) {
      found.push(...same(before.slice(i, i + 1)));
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      found.push(...gone(before.slice(i, i + 1)));
      i += 1;
    } else {
      found.push(...come(after.slice(j, j + 1)));
      j += 1;
    }
  }
  return [...found, ...gone(before.slice(i)), ...come(after.slice(j))];
}

const gone = (texts: readonly string[]): readonly Line[] => texts.map((text) => ({ mark: "-", text }));
const come = (texts: readonly string[]): readonly Line[] => texts.map((text) => ({ mark: "+", text }));
