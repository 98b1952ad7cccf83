// pause, resume, cancel, retry: what may be asked of a run that is there already.
import { z } from "zod";
import { GleitzeitError, isFinal, type RunId } from "../../../domain/index.ts";
import {
  ask,
  ended,
  findRun,
  type History,
  historyOf,
  isDrivenElsewhere,
  reportOf,
  runDocument,
} from "../../../engine/index.ts";
import { attend, tell } from "../attend.ts";
import { type Command, type Context, waiting } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { ErrorCodeOption, optionsOf, SetOption } from "../options.ts";
import { answer } from "../output.ts";
import type { Driving, Reading } from "../parts.ts";

const ResumeOptions = z.object({
  reason: z.string().optional(),
  watch: z.boolean().default(false),
  set: SetOption.optional(),
});
const Options = z.object({ reason: z.string().optional(), watch: z.boolean().default(false) });

type Subject = { readonly driving: Driving; readonly run: RunId; readonly before: History };

/** A store that is not there is not made for the sake of a run that cannot be in it. */
async function subjectOf(text: string, { parts }: Context): Promise<Subject> {
  const reading: Reading = await parts.reading();
  const run = await findRun(reading, text);
  const driving = await parts.driving();
  return { driving, run, before: await historyOf(driving, run) };
}

const withReason = (reason: string | undefined) => (reason === undefined ? {} : { reason });

export const pause: Command = async ({ args: [text = ""], options }, context) => {
  const { reason } = optionsOf(Options, options);
  const subject = await subjectOf(text, context);
  const { kind } = await ask(subject.driving, subject.run, { type: "PauseRun", ...withReason(reason) });
  const already = kind === "unchanged" ? "is paused already" : "is paused";
  return standing(context, subject, `${already}; \`gleitzeit resume ${subject.run}\` goes on with it`);
};

/** How long another process gets to act on a request before this one stops waiting for it. */
const PATIENCE_MS = 10_000;

export const cancel: Command = async ({ args: [text = ""], options }, context) => {
  const { reason } = optionsOf(Options, options);
  const subject = await subjectOf(text, context);
  const { driving, run, before } = subject;
  if (before.detail.status === "cancelled") return standing(context, subject, "was cancelled already");
  await ask(subject.driving, subject.run, { type: "CancelRun", ...withReason(reason) });
  if (await isDrivenElsewhere(driving, before)) {
    const until = context.parts.clock.monotonic() + PATIENCE_MS;
    await ended(
      waiting(context),
      driving,
      run,
      before.detail.events,
      async () => context.parts.clock.monotonic() > until,
    );
  } else {
    await driving.engine.drive(run, driving.tenant, driving.actor);
  }
  return standing(context, subject, "is cancelled");
};

export const resume: Command = async ({ args: [text = ""], options }, context) => {
  const { reason, watch, set } = optionsOf(ResumeOptions, options);
  const subject = await subjectOf(text, context);
  const { driving, run, before } = subject;
  const { status, events: from } = before.detail;
  if (isFinal(status) && !set) return tell(await reportOf(driving, before), context);
  if (status === "paused" || set) {
    await ask(subject.driving, subject.run, {
      type: "ResumeRun",
      ...withReason(reason),
      ...(set && { set }),
    });
    if (await isDrivenElsewhere(driving, before)) {
      return standing(context, subject, "goes on in the process that drives it");
    }
  }
  const end = () => driving.engine.drive(run, driving.tenant, driving.actor);
  return attend(context, driving, run, end, { from, output: watch });
};

const RetryOptions = Options.extend({ all: z.boolean().default(false), error: ErrorCodeOption.optional() });

export const retry: Command = async ({ args: [text], options }, context) => {
  const { reason, watch, all, error } = optionsOf(RetryOptions, options);
  if (all && error !== undefined && text === undefined) {
    const { retryAll } = await import("./retry-all.ts");
    return retryAll(context, error, reason);
  }
  if (all || error !== undefined || text === undefined) {
    throw new GleitzeitError(
      "USAGE_ERROR",
      "name a run, or say --all --error CODE for those that failed with it",
    );
  }
  const { driving, run } = await subjectOf(text, context);
  const started = await driving.engine.retry(run, driving.tenant, driving.actor, reason);
  const end = () => started.end ?? driving.engine.drive(started.run, driving.tenant, driving.actor);
  return attend(context, driving, started.run, end, { from: 0, output: watch });
};

/** What was asked is done; how the run stands now. */
async function standing(context: Context, { driving, run }: Subject, what: string): Promise<number> {
  const report = await reportOf(driving, await historyOf(driving, run));
  const { status } = report.history.detail;
  const isDone = what !== "is cancelled" || status === "cancelled";
  const said = isDone ? what : `is being cancelled, and ${status} so far`;
  answer(context, runDocument(report), () => (context.globals.quiet ? "" : `run ${run} ${said}\n`));
  return EXIT.done;
}
