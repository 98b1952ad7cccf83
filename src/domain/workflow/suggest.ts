// "Did you mean": the nearest of some known words.

const MAX_WORD = 100;
const MAX_KNOWN = 2000;

/** The known word that the given one was probably meant to be. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const candidates = atMost(MAX_KNOWN, known);
  if (word.length > MAX_WORD || !candidates) return undefined;
  const plain = simple(word);
  const allowed = Math.min(3, Math.max(1, Math.floor(plain.length / 3)));
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const candidate of candidates) {
    const other = simple(candidate);
    if (candidate === word || Math.abs(other.length - plain.length) > MAX_WORD) continue;
    const distance = isPrefix(plain, other) ? 1 : editDistance(plain, other, allowed);
    if (distance <= allowed && (!best || distance < best.distance)) best = { word: candidate, distance };
  }
  return best?.word;
}

/** `` : did you mean `x`? ``, or nothing. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const suggestion = nearest(word, known);
  return suggestion === undefined ? "" : `: did you mean \`${suggestion}\`?`;
}

function atMost<T>(most: number, all: Iterable<T>): readonly T[] | undefined {
  const taken: T[] = [];
  for (const one of all) {
    if (taken.length === most) return undefined;
    taken.push(one);
  }
  return taken;
}

const simple = (word: string): string => word.toLowerCase().replace(/[ _.-]/g, "");

/** `retry_config` was meant to be `retry`, but not everything to be `a`. */
const isPrefix = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= 4 && (a.startsWith(b) || b.startsWith(a));

/** Insertions, deletions, replacements and swaps of neighbours; more than `limit` is just "more". */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      }
      row.push(cost);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

const at = (row: readonly number[], i: number): number => row[i] ?? Number.POSITIVE_INFINITY;
