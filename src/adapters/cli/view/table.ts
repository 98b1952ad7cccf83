// Rows fitted to the terminal, which never wraps them: what gives way is cut, then what matters least is left out.
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
  /** Left out when there is no room even then, the highest first. */
  readonly leaves?: number;
};

const GAP = 2;
const LEAST = 6;

export function table<T>(rows: readonly T[], all: readonly Column<T>[], out: Channel): string {
  const wanted = all.map((column) => {
    const texts = rows.map((row) => line(column.cell(row)));
    return {
      ...column,
      texts,
      wanted: texts.reduce((most, text) => Math.max(most, width(text)), width(column.head)),
    };
  });
  const columns = withRoom(wanted, out.columns);
  const widths = widthsOf(columns, out.columns);
  const { bold } = paint(out.color);
  const rowOf = (cells: readonly string[], painted: (text: string, i: number) => string): string =>
    cells
      .map((cell, i) => {
        const text = fitted(cell, widths[i] ?? 0);
        return painted(text, i) + " ".repeat(Math.max(0, (widths[i] ?? 0) - width(text)));
      })
      .join(" ".repeat(GAP))
      .trimEnd();
  const head = rowOf(
    columns.map((column) => column.head),
    (text) => bold(text),
  );
  const body = rows.map((row, n) =>
    rowOf(
      columns.map(({ texts }) => texts[n] ?? ""),
      (text, i) => columns[i]?.tint?.(row, text) ?? text,
    ),
  );
  return [head, ...body].map((text) => `${text}\n`).join("");
}

type Sized = Pick<Column<never>, "gives" | "leaves"> & { readonly wanted: number };

const sum = (widths: readonly number[]): number =>
  widths.reduce((all, one) => all + one, 0) + GAP * (widths.length - 1);

/** As few are left out as need be. */
function withRoom<C extends Sized>(columns: readonly C[], room: number): readonly C[] {
  const needed = sum(columns.map(({ gives, wanted }) => (gives ? Math.min(LEAST, wanted) : wanted)));
  const [last] = columns
    .filter(({ leaves }) => leaves !== undefined)
    .toSorted((a, b) => (b.leaves ?? 0) - (a.leaves ?? 0));
  if (needed <= room || !last) return columns;
  return withRoom(
    columns.filter((column) => column !== last),
    room,
  );
}

/** The widest that gives way is narrowed first, down to what is still worth reading; then the widest of all. */
function widthsOf(columns: readonly Sized[], room: number): readonly number[] {
  const widths = columns.map(({ wanted }) => wanted);
  const at = (i: number): number => widths[i] ?? 0;
  const widest = (indexes: readonly number[], least: number): number | undefined =>
    indexes.filter((i) => at(i) > least).toSorted((a, b) => at(b) - at(a))[0];
  const every = [...columns.keys()];
  const giving = every.filter((i) => columns[i]?.gives);
  for (;;) {
    const over = sum(widths) - room;
    if (over <= 0) return widths;
    const [soft, hard] = [widest(giving, LEAST), widest(every, 1)];
    const index = soft ?? hard;
    if (index === undefined) return widths;
    widths[index] = Math.max(soft === undefined ? 1 : LEAST, at(index) - over);
  }
}
