// failures: what goes wrong most, one line for each cause.

import { z } from "zod";
import { millisOf } from "../../../domain/index.ts";
import { folded } from "../../../engine/index.ts";
import { failures } from "../../../projections/index.ts";
import { CAUSES, type Cause, causesOf } from "../causes.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf, sinceOption } from "../options.ts";
import { answer } from "../output.ts";
import { paint } from "../view/paint.ts";
import { table } from "../view/table.ts";
import { duration } from "../view/text.ts";

const optionsAt = (now: number) =>
  z.object({
    by: z.enum(CAUSES, { error: `must be one of ${CAUSES.join(", ")}` }).default("code"),
    since: sinceOption(now).optional(),
  });

export const listFailures: Command = async ({ options: typed }, context) => {
  const { by, since } = optionsOf(optionsAt(context.parts.clock.now()), typed);
  const reading = await context.parts.reading();
  const { list } = await folded(reading, failures);
  const wanted = list.filter(
    ({ at, tenant }) => tenant === reading.tenant && (since === undefined || at >= since),
  );
  const causes = await causesOf(reading, wanted, by);
  answer(context, { by, items: causes.map(causeDocument) }, () => textOf(causes, by, context));
  if (causes.length === 0 && !context.globals.json && !context.globals.quiet) {
    context.terminal.err.write(
      `nothing has failed in ${reading.place}${since === undefined ? "" : " since then"}\n`,
    );
  }
  return EXIT.done;
};

const causeDocument = ({ key, count, runs, example, message }: Cause) => ({
  cause: key,
  count,
  runs,
  last: example.at,
  example: {
    runId: example.run,
    workflow: { ...example.workflow },
    ...(example.task !== undefined && { task: example.task }),
    code: example.code,
    ...(message !== undefined && { message }),
  },
});

function textOf(causes: readonly Cause[], by: string, { terminal: { out }, parts }: Context): string {
  if (causes.length === 0) return "";
  const { red, dim } = paint(out.color);
  const now = parts.clock.now();
  return table(
    causes,
    [
      { head: "COUNT", cell: ({ count }) => String(count) },
      { head: "RUNS", cell: ({ runs }) => String(runs) },
      { head: by.toUpperCase(), cell: ({ key }) => key, tint: (_, text) => red(text), gives: true },
      { head: "LAST", cell: ({ example }) => `${duration(Math.max(0, now - millisOf(example.at)))} ago` },
      { head: "EXAMPLE", cell: ({ example }) => example.run, tint: (_, text) => dim(text) },
      {
        head: "",
        cell: ({ example, message }) => [example.task, message ?? example.code].filter(Boolean).join(": "),
        gives: true,
      },
    ],
    out,
  );
}
