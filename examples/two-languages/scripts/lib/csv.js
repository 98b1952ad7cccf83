/** Rows of a simple table, by the names in its first line. */
export function rows(text) {
  const [names, ...lines] = text
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  return lines.map((cells) => Object.fromEntries(cells.map((cell, i) => [names[i], cell])));
}
