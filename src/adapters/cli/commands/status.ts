// status: how many runs stand how, the last ones, what comes due, and where all this is kept.
import { millisOf, RUN_STATUSES } from "../../../domain/index.ts";
import type { StatusDocument } from "../../../engine/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { answer } from "../output.ts";
import { paint, tinted } from "../view/paint.ts";
import { duration } from "../view/text.ts";
import { runTable } from "./list.ts";

export const status: Command = async (_, context) => {
  const document = await context.parts.answers.status();
  answer(context, { ...document }, () => textOf(document, context));
  return EXIT.done;
};

function textOf(
  { store, head, checkpoint, runs, queue, last, due, unattended, switchedOff }: StatusDocument,
  { parts, terminal: { out } }: Context,
): string {
  const colors = paint(out.color);
  const now = parts.clock.now();
  const byStatus = RUN_STATUSES.filter((one) => runs[one] !== undefined)
    .map((one) => `${runs[one]} ${tinted(colors, one, one)}`)
    .join(", ");
  const timers = due.map(
    ({ runId, task, dueAt }) =>
      `  ${task} of ${runId}: due in ${duration(Math.max(0, millisOf(dueAt) - now))}\n`,
  );
  return [
    `${colors.dim("store")}  ${store}\n${colors.dim("head ")}  ${head}\n${colors.dim("runs ")}  ${byStatus || "none yet"}\n`,
    checkpoint ? `${colors.dim("audit")}  ${checkpoint.size} events signed, root ${checkpoint.root}\n` : "",
    queue.pending > 0
      ? `${colors.dim("queue")}  ${queue.pending} not begun, the oldest for ${duration(queue.oldestMs)}\n`
      : "",
    queue.overdueMs > 0 ? `${colors.dim("lag  ")}  what was due is ${duration(queue.overdueMs)} late\n` : "",
    switchedOff.length > 0 ? `${colors.dim("off  ")}  ${switchedOff.join(", ")}: gleitzeit flags list\n` : "",
    last.length > 0 ? `\n${runTable(last, out, now)}` : "",
    timers.length > 0 ? `\ndue\n${timers.join("")}` : "",
    ...unattended.map((run) => `\nnobody drives ${run}: gleitzeit resume ${run}`),
    unattended.length > 0 ? "\nor all of them: gleitzeit worker\n" : "",
  ].join("");
}
