// list: runs, newest first.
import { z } from "zod";
import { type JsonObject, millisOf, RUN_STATUSES, type RunStatus } from "../../../domain/index.ts";
import { rowDocument, runsPage, type WaitsOfRuns, waitsIn } from "../../../engine/index.ts";
import type { RunListPage, RunRow, Wait } from "../../../projections/index.ts";
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
  const reading = await parts.reading();
  const page = await runsPage(reading, {
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
  const waits = await waitsIn(reading, page.rows);
  if (globals.json) printJson(terminal.out, documentOf(page, waits));
  else printText(page, waits, context, reading.place);
  return EXIT.done;
};

const documentOf = ({ rows, next }: RunListPage, waits: WaitsOfRuns): JsonObject => ({
  items: rows.map((row) => rowDocument(row, waits.get(row.run))),
  nextCursor: next === undefined ? null : cursorOf(next),
});

function printText(
  page: RunListPage,
  waits: WaitsOfRuns,
  { terminal, parts, globals }: Context,
  place: string,
): void {
  const { out, err } = terminal;
  if (page.rows.length === 0) {
    if (!globals.quiet) err.write(`no runs in ${place} that fit\n`);
    return;
  }
  out.write(runTable(page.rows, { out, now: parts.clock.now(), waits }));
  if (page.next !== undefined && !globals.quiet) err.write(`more: --cursor ${cursorOf(page.next)}\n`);
}

export function runTable(
  rows: readonly RunRow[],
  {
    out,
    now,
    waits,
  }: { readonly out: Context["terminal"]["out"]; readonly now: number; readonly waits: WaitsOfRuns },
): string {
  const colors = paint(out.color);
  const tint = (status: RunStatus, text: string): string => tinted(colors, status, text);
  return table(
    rows,
    [
      { head: "RUN", cell: ({ run }) => run },
      { head: "STATUS", cell: ({ status }) => status, tint: ({ status }, text) => tint(status, text) },
      {
        head: "AGE",
        cell: ({ submittedAt }) => duration(Math.max(0, now - millisOf(submittedAt))),
        leaves: 2,
      },
      {
        head: "TOOK",
        cell: ({ durationMs }) => (durationMs === undefined ? "" : duration(durationMs)),
        leaves: 3,
      },
      { head: "WORKFLOW", cell: ({ workflow }) => workflow.name, gives: true },
      {
        head: "ERROR OR WAIT",
        cell: ({ error, run }) => (error ? errorText(error) : waitsText(waits.get(run) ?? [], now)),
        gives: true,
        leaves: 1,
      },
    ],
    out,
  );
}

/** That the workflow failed because a task did says nothing beside the task. */
const errorText = ({ code, task }: NonNullable<RunRow["error"]>): string =>
  task === undefined ? code : code === "WORKFLOW_EXECUTION_FAILED" ? `${task} failed` : `${task}: ${code}`;

function waitsText([first, ...others]: readonly Wait[], now: number): string {
  if (!first) return "";
  return `${first.task} ${waitText(first, now)}${others.length > 0 ? `, and ${others.length} more` : ""}`;
}
