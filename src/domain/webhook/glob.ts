// `run.*`, `*.failed`: a star stands for any characters. Each piece between stars is looked for once, from the left, so
// that no pattern takes long.

export function globMatches(glob: string, text: string): boolean {
  const [first = "", ...rest] = glob.split("*");
  const last = rest.pop();
  if (last === undefined) return glob === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

export const anyMatches = (globs: readonly string[], text: string): boolean =>
  globs.some((glob) => globMatches(glob, text));
