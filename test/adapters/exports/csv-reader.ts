// CSV as RFC 4180 has it, read by its letter: what is not so is no CSV.

/** Rows of cells; throws where a quote stands where none may. */
export function readCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  const CELL = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/y;
  for (let at = 0; at < text.length; ) {
    CELL.lastIndex = at;
    const found = CELL.exec(text);
    if (!found || (found[0] === "" && at < text.length))
      throw new Error(`no CSV at ${at}: ${text.slice(at, at + 40)}`);
    const [whole, quoted, plain = "", end] = found;
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end !== ",") {
      rows.push(row);
      row = [];
    }
    at += whole.length;
  }
  return rows;
}

/** What was written: an apostrophe before what would be a formula is taken away. */
export const unguarded = (cell: string): string => (cell.startsWith("'") ? cell.slice(1) : cell);
