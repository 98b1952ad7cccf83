// failures: what goes wrong most, one line for each cause.

import { z } from "zod";
import { millisOf } from "../../../domain/index.ts";
import { type CausesFound, FAILURE_CAUSES } from "../../../engine/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { CountOption, optionsOf, sinceOption } from "../options.ts";
import { answer } from "../output.ts";
import { paint } from "../view/paint.ts";
import { table } from "../view/table.ts";
import { counted, duration } from "../view/text.ts";

const MOST = 500;

const optionsAt = (now: number) =>
  z.object({
    by: z.enum(FAILURE_CAUSES, { error: `must be one of ${FAILURE_CAUSES.join(", ")}` }).default("code"),
    since: sinceOption(now).optional(),
    limit: CountOption(1, MOST).default(50),
  });

export const listFailures: Command = async ({ options: typed }, context) => {
  const { since, ...asked } = optionsOf(optionsAt(context.parts.clock.now()), typed);
  const found = await context.parts.answers.failures({ ...asked, ...(since !== undefined && { since }) });
  answer(context, { ...found, items: found.items.map((item) => ({ ...item })) }, () =>
    textOf(found, context),
  );
  const { quiet, json } = context.globals;
  const left = found.total - found.items.length;
  if (json || quiet) return EXIT.done;
  if (found.total === 0) {
    context.terminal.err.write(
      `nothing has failed in ${(await context.parts.reading()).place}${since === undefined ? "" : " since then"}\n`,
    );
  }
  if (left > 0) context.terminal.err.write(`${counted(left, "cause")} more: --limit, up to ${MOST}\n`);
  return EXIT.done;
};

function textOf({ items, by }: CausesFound, { terminal: { out }, parts }: Context): string {
  if (items.length === 0) return "";
  const { red, dim } = paint(out.color);
  const now = parts.clock.now();
  return table(
    items,
    [
      { head: "COUNT", cell: ({ count }) => String(count) },
      { head: "RUNS", cell: ({ runs }) => String(runs) },
      { head: by.toUpperCase(), cell: ({ cause }) => cause, tint: (_, text) => red(text), gives: true },
      { head: "LAST", cell: ({ last }) => `${duration(Math.max(0, now - millisOf(last)))} ago`, leaves: 2 },
      { head: "EXAMPLE", cell: ({ example }) => example.runId, tint: (_, text) => dim(text), leaves: 1 },
      {
        head: "",
        cell: ({ example: { task, message, code } }) => [task, message ?? code].filter(Boolean).join(": "),
        gives: true,
      },
    ],
    out,
  );
}
