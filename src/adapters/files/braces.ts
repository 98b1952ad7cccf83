// `a{b,c}d` → `abd`, `acd`.

const MAX_ALTERNATIVES = 200;

/** Innermost braces first, so that they may nest. What would give too many alternatives stays as it is written. */
export function alternatives(pattern: string): readonly string[] {
  let all: readonly string[] = [pattern];
  for (;;) {
    const next = all.flatMap(expandFirst);
    if (next.length === all.length || next.length > MAX_ALTERNATIVES) return all;
    all = next;
  }
}

function expandFirst(pattern: string): readonly string[] {
  const open: { readonly at: number; commas: number[] }[] = [];
  for (let i = 0; i < pattern.length; i += 1) {
    const char = pattern[i];
    if (char === "\\") i += 1;
    else if (char === "{") open.push({ at: i, commas: [] });
    else if (char === ",") open.at(-1)?.commas.push(i);
    else if (char === "}") {
      const { at = i, commas = [] } = open.pop() ?? {};
      if (commas.length > 0) return between([at, ...commas, i], pattern);
    }
  }
  return [pattern];
}

const between = (cuts: readonly number[], pattern: string): readonly string[] =>
  cuts
    .slice(0, -1)
    .map(
      (cut, i) =>
        pattern.slice(0, cuts[0]) +
        pattern.slice(cut + 1, cuts[i + 1]) +
        pattern.slice((cuts.at(-1) ?? 0) + 1),
    );
