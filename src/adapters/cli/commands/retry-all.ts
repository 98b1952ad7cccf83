// retry --all --error C: each failed run in which something failed with that code, once.

import { type ErrorCode, GleitzeitError, type RunId, type RunStatus } from "../../../domain/index.ts";
import { awakeFor, type Clock, historyOf, type RunList, type RunRowDocument } from "../../../engine/index.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { answer } from "../output.ts";
import type { Driving } from "../parts.ts";
import { paint, tinted } from "../view/paint.ts";
import { table } from "../view/table.ts";
import { counted } from "../view/text.ts";

/** Runs under way at once; how many tasks are is the engine's to say. */
const AT_ONCE = 16;
const PAGE = 500;

type Retried = { readonly of: RunId; readonly run: RunId; readonly status: RunStatus };

export async function retryAll(
  context: Context,
  code: ErrorCode,
  reason: string | undefined,
): Promise<number> {
  const { terminal, globals, parts } = context;
  const left = await failedWith(context, code);
  const driving = await parts.driving();
  let closing: Promise<unknown> | undefined;
  const close = (): void => {
    closing = Promise.allSettled([driving.engine.close()]); // whoever closes the parts closes it again, and gets the error
  };
  terminal.interrupted.addEventListener("abort", close, { once: true });
  const done: Retried[] = [];
  const work = async (): Promise<void> => {
    for (let row = left.shift(); row && !terminal.interrupted.aborted; row = left.shift()) {
      const retried = await retriedOnce(parts.clock, driving, row.runId, reason);
      done.push(retried);
      if (!globals.json && !globals.quiet) terminal.err.write(`${retried.of}: ${retried.status}\n`);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } finally {
    terminal.interrupted.removeEventListener("abort", close);
    await closing;
  }
  return told(context, code, done);
}

/** One that was retried before is left alone: its successor speaks for it. */
async function failedWith({ parts }: Context, code: ErrorCode): Promise<RunRowDocument[]> {
  const rows: RunRowDocument[] = [];
  for (let next: RunList["next"] | "first" = "first"; next !== undefined; ) {
    const before = next === "first" ? {} : { before: next };
    const page = await parts.answers.runs({
      statuses: ["failed"],
      error: code,
      unrepeated: true,
      limit: PAGE,
      ...before,
    });
    rows.push(...page.items);
    next = page.next;
  }
  return rows.toReversed();
}

async function retriedOnce(
  clock: Clock,
  driving: Driving,
  of: RunId,
  reason: string | undefined,
): Promise<Retried> {
  const { engine, tenant, actor } = driving;
  const { run, end } = await engine.retry(of, tenant, actor, reason);
  const how = await awakeFor(clock, end ?? engine.drive(run, tenant, actor));
  const status = how.kind === "ended" ? how.status : (await historyOf(driving, run)).detail.status;
  return { of, run, status };
}

function told(context: Context, code: ErrorCode, done: readonly Retried[]): number {
  const { terminal, globals } = context;
  if (terminal.interrupted.aborted) {
    throw new GleitzeitError(
      "INTERRUPTED",
      `interrupted after ${counted(done.length, "run")}; \`gleitzeit list\` shows how they stand, \`gleitzeit resume\` goes on with each`,
    );
  }
  const failed = done.filter(({ status }) => status !== "succeeded").length;
  const items = done.map(({ of, run, status }) => ({ runId: run, retryOf: of, status }));
  answer(context, { items, succeeded: done.length - failed, failed }, () => tableOf(done, context));
  if (done.length === 0 && !globals.json && !globals.quiet)
    terminal.err.write(`no failed run with ${code} is left that was not retried or forked already\n`);
  return failed === 0 ? EXIT.done : EXIT.failed;
}

const tableOf = (done: readonly Retried[], { terminal: { out } }: Context): string =>
  done.length === 0
    ? ""
    : table(
        done,
        [
          { head: "RUN", cell: ({ run }) => run },
          {
            head: "STATUS",
            cell: ({ status }) => status,
            tint: ({ status }, text) => tinted(paint(out.color), status, text),
          },
          { head: "RETRY OF", cell: ({ of }) => of, leaves: 1 },
        ],
        out,
      );
