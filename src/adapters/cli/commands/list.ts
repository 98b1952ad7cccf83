// list: runs, newest first.
import { z } from "zod";
import { type JsonObject, millisOf, RUN_STATUSES, type RunStatus } from "../../../domain/index.ts";
import { noStore, type RunList, type RunRowDocument } from "../../../engine/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import {
  CountOption,
  CursorOption,
  cursorOf,
  DurationOption,
  ErrorCodeOption,
  optionsOf,
  sinceOption,
} from "../options.ts";
import { printJson } from "../output.ts";
import { paint, tinted } from "../view/paint.ts";
import { table } from "../view/table.ts";
import { duration } from "../view/text.ts";
import { waitText } from "../view/wait.ts";

const STATUSES = RUN_STATUSES.filter((status) => status !== "absent");
const MOST = 500;

const optionsAt = (now: number) =>
  z.object({
    status: z.array(z.enum(STATUSES, { error: `must be one of ${STATUSES.join(", ")}` })).optional(),
    workflow: z.string().optional(),
    error: ErrorCodeOption.optional(),
    task: z.string().optional(),
    tag: z.string().optional(),
    retrying: z.boolean().default(false),
    stuck: DurationOption.optional(),
    since: sinceOption(now).optional(),
    limit: CountOption(1, MOST).default(50),
    cursor: CursorOption.optional(),
  });

export const list: Command = async ({ options: typed }, context) => {
  const { parts, terminal, globals } = context;
  const now = parts.clock.now();
  const { status, workflow, error, task, tag, retrying, stuck, since, limit, cursor } = optionsOf(
    optionsAt(now),
    typed,
  );
  const page = await parts.answers.runs({
    limit,
    retrying,
    ...(error !== undefined && { error }),
    ...(task !== undefined && { task }),
    ...(stuck !== undefined && { stuckSince: now - stuck }),
    ...(status && { statuses: status }),
    ...(workflow !== undefined && { workflow }),
    ...(tag !== undefined && { tag }),
    ...(since !== undefined && { since }),
    ...(cursor !== undefined && { before: cursor }),
  });
  if (globals.json) printJson(terminal.out, documentOf(page));
  else await printText(page, context);
  return EXIT.done;
};

const documentOf = ({ items, next }: RunList): JsonObject => ({
  items,
  nextCursor: next === undefined ? null : cursorOf(next),
});

async function printText(page: RunList, { terminal, parts, globals }: Context): Promise<void> {
  const { out, err } = terminal;
  if (page.items.length === 0) {
    const { place, exists } = await parts.reading();
    const nothing = exists ? `no runs in ${place} that fit` : noStore(place);
    if (!globals.quiet) err.write(`${nothing}\n`);
    return;
  }
  out.write(runTable(page.items, out, parts.clock.now()));
  if (page.next !== undefined && !globals.quiet) err.write(`more: --cursor ${cursorOf(page.next)}\n`);
}

export function runTable(
  rows: readonly RunRowDocument[],
  out: Context["terminal"]["out"],
  now: number,
): string {
  const colors = paint(out.color);
  const tint = (status: RunStatus, text: string): string => tinted(colors, status, text);
  return table(
    rows,
    [
      { head: "RUN", cell: ({ runId }) => runId },
      { head: "STATUS", cell: ({ status }) => status, tint: ({ status }, text) => tint(status, text) },
      {
        head: "AGE",
        cell: ({ submittedAt }) => duration(Math.max(0, now - millisOf(submittedAt))),
        leaves: 2,
      },
      {
        head: "TOOK",
        cell: ({ durationMs }) => (durationMs === null ? "" : duration(durationMs)),
        leaves: 3,
      },
      { head: "WORKFLOW", cell: ({ workflow }) => workflow.name, gives: true },
      {
        head: "ERROR OR WAIT",
        cell: ({ error, waitsFor = [] }) => (error ? errorText(error) : waitsText(waitsFor, now)),
        gives: true,
        leaves: 1,
      },
    ],
    out,
  );
}

/** That the workflow failed because a task did says nothing beside the task. */
const errorText = ({ code, task }: NonNullable<RunRowDocument["error"]>): string =>
  task === undefined ? code : code === "WORKFLOW_EXECUTION_FAILED" ? `${task} failed` : `${task}: ${code}`;

function waitsText([first, ...others]: NonNullable<RunRowDocument["waitsFor"]>, now: number): string {
  if (!first) return "";
  return `${first.task} ${waitText(first, now)}${others.length > 0 ? `, and ${others.length} more` : ""}`;
}
