// projections list|rebuild: what is computed from the log and kept.
import { z } from "zod";
import type { Rebuilt } from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { table } from "../view/table.ts";
import { counted, lines } from "../view/text.ts";

export const listProjections: Command = async (_, context) => {
  const reading = await context.parts.reading();
  const states = await (await reading.readModels()).states();
  const items = states.map(({ position, ...state }) => ({ ...state, position: String(position) }));
  const { out } = context.terminal;
  answer(context, { items }, () =>
    table(
      items,
      [
        { head: "NAME", cell: ({ name }) => name },
        { head: "VERSION", cell: ({ version }) => String(version), leaves: 1 },
        { head: "POSITION", cell: ({ position }) => position },
        { head: "LAG", cell: ({ lag }) => String(lag) },
        { head: "ROWS", cell: ({ rows }) => String(rows) },
        { head: "HASH", cell: ({ hash }) => hash, gives: true },
      ],
      out,
    ),
  );
  return EXIT.done;
};

const Options = z.object({ verify: z.boolean().default(false) });

export const rebuildProjections: Command = async ({ args: [name], options: typed }, context) => {
  const { verify } = optionsOf(Options, typed);
  const reading = await context.parts.reading();
  const rebuilt = await (await reading.readModels()).rebuild(name);
  answer(context, { items: rebuilt.map(documentOf) }, () => rebuilt.map(textOf).join(""));
  return verify && rebuilt.some(({ difference }) => difference) ? EXIT.invalid : EXIT.done;
};

/** Rows are named after runs. */
const RUN_ID = 36;

const documentOf = ({ name, position, rows, hash, before, difference }: Rebuilt) => ({
  name,
  position: String(position),
  rows,
  hash,
  before: { ...before },
  difference: difference
    ? {
        row: difference.row,
        runId: difference.row.slice(0, RUN_ID),
        kept: difference.kept,
        rebuilt: difference.rebuilt,
      }
    : null,
});

function textOf({ name, position, rows, hash, before, difference }: Rebuilt): string {
  const verdict = difference ? "what was kept differed" : "the same";
  const told = `${name}: ${verdict}, at position ${position}
  kept     ${before.hash}  ${counted(before.rows, "row")}
  rebuilt  ${hash}  ${counted(rows, "row")}
`;
  if (!difference) return told;
  const { row, kept, rebuilt } = difference;
  return `${told}  first difference, run ${row}
    kept     ${lines(kept ?? "no row")}
    rebuilt  ${lines(rebuilt ?? "no row")}
`;
}
