// How far something long has come, on the last line of a terminal; nowhere else.
import type { Context } from "./context.ts";

const WIDTH = 30;

export type ProgressBar = { readonly show: (done: number, all: number) => void; readonly end: () => void };

export function progressBar(
  { terminal, globals }: Pick<Context, "terminal" | "globals">,
  of: string,
): ProgressBar {
  const pin = globals.quiet ? undefined : terminal.pin;
  let shown = "";
  return {
    show: (done, all) => {
      const part = all === 0 ? 1 : done / all;
      const full = Math.round(part * WIDTH);
      const line = `${"█".repeat(full)}${"·".repeat(WIDTH - full)} ${Math.floor(part * 100)} % of ${all} ${of}`;
      if (line !== shown) pin?.([line]);
      shown = line;
    },
    end: () => pin?.([]),
  };
}
