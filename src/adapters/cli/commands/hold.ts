// hold add|release SUBJECT|RUN, hold list: what must not be erased or removed for a while.
import { z } from "zod";
import { type HeldDocument, type HoldDocument, heldAs } from "../../../engine/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import { table } from "../view/table.ts";
import { line } from "../view/text.ts";

const Options = z.object({ reason: z.string().min(1, "must not be empty").optional() });

const held =
  (change: "place" | "release"): Command =>
  async ({ args: [text = ""], options: typed }, context) => {
    const { reason } = optionsOf(Options, typed);
    const done = await (await context.parts.persons()).hold(change, heldAs(text), reason);
    answer(context, { ...done, erased: done.erased.map((one) => ({ ...one })) }, () =>
      textOf(done, change, text),
    );
    return EXIT.done;
  };

export const holdAdd = held("place");
export const holdRelease = held("release");

function textOf({ changed, erased }: HeldDocument, change: "place" | "release", text: string): string {
  const said = change === "place" ? "is held" : "is held no longer";
  const first = changed ? `${text} ${said}\n` : `${text} ${said}: that was so already\n`;
  return erased.length === 0 ? first : `${first}what waited for it was done: ${erased.length} erased\n`;
}

export const holdList: Command = async (_, context) => {
  const items = await context.parts.holds();
  const shown = items.map((one) => ({ ...one, placedBy: { ...one.placedBy } }));
  answer(context, { items: shown, nextCursor: null }, () =>
    items.length === 0
      ? "nothing is held\n"
      : table(
          items,
          [
            { head: "HELD", cell: ({ target }) => ("run" in target ? "run" : "subject") },
            { head: "WHICH", cell: ({ target }) => ("run" in target ? target.run : target.subject) },
            { head: "SINCE", cell: ({ placedAt }) => placedAt, leaves: 2 },
            { head: "BY", cell: byText, leaves: 3 },
            { head: "WAITS", cell: ({ waiting }) => (waiting === null ? "" : "erasure"), leaves: 1 },
            { head: "REASON", cell: ({ reason }) => line(reason ?? ""), gives: true },
          ],
          context.terminal.out,
        ),
  );
  return EXIT.done;
};

const byText = ({ placedBy: { type, id } }: HoldDocument): string => `${type} ${id.slice(0, 8)}`;
