import { expect, test } from "vitest";
import type { Channel } from "../../../../src/adapters/cli/index.ts";
import { paint } from "../../../../src/adapters/cli/view/paint.ts";
import { table } from "../../../../src/adapters/cli/view/table.ts";
import { width } from "../../../../src/adapters/cli/view/text.ts";

const { red } = paint(true);

type Row = { readonly id: string; readonly name: string };

const channel = (columns: number, color = false): Channel => ({
  write: () => undefined,
  drained: async () => undefined,
  isTTY: true,
  columns,
  color,
});

const shown = (rows: readonly Row[], columns: number, color = false): string =>
  table(
    rows,
    [
      { head: "ID", cell: ({ id }) => id },
      {
        head: "NAME",
        cell: ({ name }) => name,
        gives: true,
        tint: (_, text) => (color ? red(text) : text),
      },
    ],
    channel(columns),
  );

test("columns are as wide as what stands in them", () => {
  expect(
    shown(
      [
        { id: "a", name: "first" },
        { id: "bbbb", name: "x" },
      ],
      80,
    ),
  ).toBe("ID    NAME\na     first\nbbbb  x\n");
});

test("without rows there is the head alone", () => {
  expect(shown([], 80)).toBe("ID  NAME\n");
});

test("the column that gives is cut to the terminal, the other is kept whole", () => {
  const text = shown([{ id: "0123456789", name: "a name that is much too long for this terminal" }], 30);
  expect(text).toBe("ID          NAME\n0123456789  a name that is mu…\n");
  expect(Math.max(...text.split("\n").map(width))).toBeLessThanOrEqual(30);
});

test("wide letters do not push the next column", () => {
  const rows = [
    { id: "日本", name: "x" },
    { id: "abcd", name: "y" },
  ];
  expect(shown(rows, 80)).toBe("ID    NAME\n日本  x\nabcd  y\n");
});

test("what comes from outside neither breaks the line nor reaches the terminal", () => {
  const esc = String.fromCharCode(27);
  expect(shown([{ id: "a", name: `one\ntwo${esc}[2J` }], 80)).toBe("ID  NAME\na   one ⏎ two\n");
});

test("tint is put on what is left of the cell", () => {
  expect(shown([{ id: "a", name: "much too long a name" }], 14, true)).toContain(red("much too …"));
});
