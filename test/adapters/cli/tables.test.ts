// What commands print in columns: on narrow and wide terminals, with letters of every width, each column stands under
// its head, and no line is longer than the terminal.
import { beforeEach, describe, expect, test } from "vitest";
import { rig } from "./rig.ts";

const here = rig();

const NAMES = [
  "夜の列車と港の灯台 — 週末のすべての便",
  "👨‍👩‍👧 Familie 👍🏽 🇩🇪 ❤️ und alle, die noch kommen",
  "e\u0301te\u0301 a\u0300 la mer",
  "नमस्ते ก็ 한국어",
];

/** Columns of a terminal, one entry each; the second of a wide letter is empty. */
function cellsOf(text: string): readonly string[] {
  const letters = Array.from(new Intl.Segmenter("en").segment(text), ({ segment }) => segment);
  return letters.flatMap((letter) => [letter, ...Array<string>(columnsOf(letter) - 1).fill("")]);
}

/** Written down for the letters above, apart from what is under test. */
function columnsOf(letter: string): number {
  if (letter === "स्ते") return 2; // a cluster of two
  return /[\u3040-\u9fff\uac00-\ud7a3]|\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(letter)
    ? 2
    : 1;
}

beforeEach(async () => {
  for (const [i, name] of NAMES.entries()) {
    const message = i === 1 ? "${a.nowhere}" : "ok";
    const tasks = [
      { id: "a", method: "echo/echo", params: { message: "x" } },
      { id: "b", name, method: "echo/echo", params: { message } },
    ];
    const path = await here().file(`${i}.json`, JSON.stringify({ name, id: `w-${i}`, tasks }));
    await here().gleitzeit(["run", path, "--id", `${name} ${i}`, "--quiet"]);
    await here().gleitzeit(["workflows", "register", path]);
  }
  await here().file(
    "gleitzeit.yaml",
    `store: "sqlite:../home/gleitzeit.db"\noutbound: {allow: {hosts: [${NAMES.map((_, i) => `host-${i}.example.org`).join(", ")}]}}\n`,
  );
});

const TABLES = [
  ["list"],
  ["show", `${NAMES[0]} 0`],
  ["show", `${NAMES[1]} 1`],
  ["failures"],
  ["failures", "--by", "workflow"],
  ["failures", "--by", "task"],
  ["workflows", "list"],
  ["providers", "list"],
  ["projections", "list"],
  ["config", "show"],
] as const;

describe.each([60, 200])("on %d columns", (columns) => {
  test("no line of a table is longer, and each column begins under its head", async () => {
    for (const argv of TABLES) {
      const { out, exit, err } = await here().gleitzeit(argv, { isTTY: true, columns });
      expect(exit, err).toBe(0);
      const lines = out.split("\n");
      const at = lines.findIndex((line) => /^[A-Z]+(?: {2,}[A-Z ]+)+$/.test(line));
      expect(at, `${argv.join(" ")}: ${out}`).toBeGreaterThanOrEqual(0);
      const starts = [...(lines[at] ?? "").matchAll(/(?<= {2})[A-Z]/g)].map(({ index }) => index);
      for (const line of lines.slice(at, lines.indexOf("", at))) {
        const cells = cellsOf(line);
        expect(cells.length, `${argv.join(" ")}: ${line}`).toBeLessThanOrEqual(columns);
        const before = starts.map((start) =>
          cells
            .slice(start - 2, start)
            .join("")
            .trim(),
        );
        expect(before, `${argv.join(" ")}: ${line}`).toEqual(starts.map(() => ""));
      }
    }
  });
});
