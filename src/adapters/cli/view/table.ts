// Rows fitted to the terminal: one column gives way, the others keep what they need.
import Table from "cli-table3";
import type { Channel } from "../terminal.ts";
import { paint } from "./paint.ts";
import { fitted, line, width } from "./text.ts";

export type Column<T> = {
  readonly head: string;
  readonly cell: (row: T) => string;
  /** Paints what is left of the cell once it is fitted. */
  readonly tint?: (row: T, text: string) => string;
  /** Becomes narrower when there is no room. */
  readonly gives?: boolean;
};

const GAP = 2;
const LEAST = 6;

export function table<T>(rows: readonly T[], columns: readonly Column<T>[], out: Channel): string {
  const texts = rows.map((row) => columns.map(({ cell }) => line(cell(row))));
  const widths = widthsOf(
    columns,
    columns.map(({ head }, i) => Math.max(width(head), ...texts.map((cells) => width(cells[i] ?? "")))),
    out.columns,
  );
  const { bold } = paint(out.color);
  const grid = new Table({
    chars: BARE,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
    colWidths: widths.map((columnWidth, i) => (i === widths.length - 1 ? columnWidth : columnWidth + GAP)),
  });
  grid.push(columns.map(({ head }, i) => bold(fitted(head, widths[i] ?? 0))));
  for (const [n, row] of rows.entries()) {
    grid.push(
      columns.map(({ tint }, i) => {
        const text = fitted(texts[n]?.[i] ?? "", widths[i] ?? 0);
        return tint ? tint(row, text) : text;
      }),
    );
  }
  return `${grid.toString().replace(/ +$/gm, "")}\n`;
}

/** The widest that gives way first is narrowed, down to what is still worth reading. */
function widthsOf<T>(
  columns: readonly Column<T>[],
  wanted: readonly number[],
  room: number,
): readonly number[] {
  const widths = [...wanted];
  const total = () => widths.reduce((sum, one) => sum + one, 0) + GAP * (widths.length - 1);
  for (;;) {
    const over = total() - room;
    if (over <= 0) return widths;
    const [index] = [...columns.keys()]
      .filter((i) => columns[i]?.gives && (widths[i] ?? 0) > LEAST)
      .toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0));
    if (index === undefined) return widths;
    widths[index] = Math.max(LEAST, (widths[index] ?? 0) - over);
  }
}

const BARE = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "",
};
