// Counts as `test.mjs` ends with, added up. A line that is none is a run that went down: one failure.
const COUNT = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;

export function sumOf(lines) {
  const counts = lines.map((line) =>
    (COUNT.exec(line) ?? [line, 0, 1, 0]).slice(1).map((n) => Number(n ?? 0)),
  );
  const [passed, failed, skipped] = [0, 1, 2].map((i) => counts.reduce((sum, count) => sum + count[i], 0));
  return { failed, line: `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}` };
}
