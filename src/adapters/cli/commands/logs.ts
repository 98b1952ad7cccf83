// logs RUN: what tasks wrote and said, attempt by attempt, and the evidence of failures.
import { z } from "zod";
import type { Json, JsonObject } from "../../../domain/index.ts";
import { awake, errorJson, findRun, openValues, runEvents } from "../../../engine/index.ts";
import { type AttemptLog, attemptLog } from "../attempt-log.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { CountOption, optionsOf } from "../options.ts";
import { printJsonLine } from "../output.ts";
import { paint, sign, tinted } from "../view/paint.ts";
import { duration, lines } from "../view/text.ts";

const Options = z.object({
  task: z.string().optional(),
  attempt: CountOption(0, 1_000_000).optional(),
  follow: z.boolean().default(false),
});

export const logs: Command = async ({ args: [text = ""], options: typed }, context) => {
  const { task, attempt, follow } = optionsOf(Options, typed);
  const reading = await context.parts.reading();
  const run = await findRun(reading, text);
  const { interrupted, gone, out } = context.terminal;
  const stay = follow ? AbortSignal.any([interrupted, gone]) : undefined;
  const source = runEvents(reading, run, 0, stay);
  for await (const recorded of awake(context.parts.clock, follow, source)) {
    if (gone.aborted) break;
    const { event } = recorded;
    if (event.type !== "TaskSucceeded" && event.type !== "TaskFailed") continue;
    if (task !== undefined && event.data.task !== task) continue;
    if (attempt !== undefined && event.data.attempt !== attempt) continue;
    const log = attemptLog(recorded, await openValues(recorded, reading.tenant, reading.store));
    if (log) print(log, context);
    await out.drained();
  }
  return interrupted.aborted ? EXIT.interrupted : EXIT.done;
};

function print(log: AttemptLog, { terminal: { out }, globals }: Context): void {
  if (globals.json) printJsonLine(out, documentOf(log));
  else out.write(textOf(log, out.color));
}

function documentOf({
  task,
  attempt,
  status,
  at,
  durationMs,
  stdout,
  stderr,
  said,
  truncated,
  error,
  evidence,
}: AttemptLog): JsonObject {
  const members: readonly (readonly [string, Json | undefined])[] = [
    ["task", task],
    ["attempt", attempt],
    ["status", status],
    ["at", at],
    ["durationMs", durationMs],
    ["stdout", stdout],
    ["stderr", stderr],
    ["response", said],
    ["truncated", truncated],
    ["error", error && errorJson(error)],
    ["evidence", evidence],
  ];
  return Object.fromEntries(members.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

function textOf(log: AttemptLog, color: boolean): string {
  const colors = paint(color);
  const title = `${sign(log.status)} ${log.task}`;
  const attempt = log.attempt === 0 ? "" : `attempt ${log.attempt}, `; // what is made of other tasks has none
  const facts = `${attempt}${log.status} after ${duration(log.durationMs)}, ${log.at}`;
  const block = (text: string | undefined): string =>
    text === undefined || text === "" ? "" : `${lines(text).trimEnd()}\n`;
  const marked = (text: string | undefined, mark: string): string =>
    block(text).replace(/^(?=.)/gm, `${colors.dim(mark)} `);
  return [
    `${tinted(colors, log.status, title)}  ${colors.dim(facts)}\n`,
    block(log.stdout),
    block(log.said),
    marked(log.stderr, "stderr"),
    log.truncated ? colors.dim("(more was written than is kept)\n") : "",
    log.error ? `${colors.red(log.error.code)}  ${block(log.error.message)}` : "",
    log.trace === undefined ? "" : block(log.trace),
    "\n",
  ].join("");
}
