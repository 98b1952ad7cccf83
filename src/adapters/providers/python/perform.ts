// One call: an interpreter in turn, the files, the job, and the end of all of it when the call is stopped.
import { errorInfoOf, GleitzeitError, type Json, type Millis } from "../../../domain/index.ts";
import type { CallContext, Clock } from "../../../engine/ports/index.ts";
import type { RunningJob } from "./interpreter.ts";
import { sendFiles } from "./job-files.ts";
import type { PythonLimits } from "./limits.ts";
import type { Job } from "./messages.ts";
import { answered, evidenceOf, type Failed } from "./outcome.ts";
import type { Lease, Pool } from "./pool.ts";
import { type Printed, printed } from "./printed.ts";
import { reasonOf } from "./waiting-calls.ts";

export type Kit = { readonly pool: Pool; readonly limits: PythonLimits; readonly clock: Clock };

export type Performed =
  | {
      readonly ok: true;
      readonly value: Json;
      readonly printed: Printed;
      readonly truncated: boolean;
      readonly took: Millis;
    }
  | Failed;

/** An interpreter that has not tidied up by then is ended instead. */
const SETTLE_MS = 10_000;

export type Work = {
  readonly job: Omit<Job, "limit">;
  /** Texts among its values that may be paths. */
  readonly mentioned: readonly string[];
  readonly timeoutMs?: Millis;
};

/** Never rejects. */
export async function perform(kit: Kit, work: Work, context: CallContext): Promise<Performed> {
  const { timeoutMs } = work;
  const limit = new AbortController();
  const signal = AbortSignal.any([context.signal, limit.signal]);
  const cancel =
    timeoutMs === undefined
      ? () => undefined
      : kit.clock.after(timeoutMs, () => limit.abort(late(timeoutMs)));
  try {
    refuseTooLarge(work.job, kit.limits.callBytes);
    return await withLease(kit, work, context, signal);
  } catch (error) {
    return { ok: false, error: errorInfoOf(error, "PROVIDER_ERROR") };
  } finally {
    cancel();
  }
}

async function withLease(
  kit: Kit,
  { job, mentioned }: Work,
  context: CallContext,
  signal: AbortSignal,
): Promise<Performed> {
  const lease = await kit.pool.lease(context.run, signal);
  const { interpreter } = lease;
  const stop = (): void => void interpreter.kill();
  signal.addEventListener("abort", stop, { once: true });
  let running: RunningJob | undefined;
  try {
    if (signal.aborted) throw reasonOf(signal);
    await sendFiles(interpreter, context, mentioned);
    const output = printed(kit.limits.outputBytes, (chunk) => context.emit(chunk));
    const began = kit.clock.monotonic();
    const { resultBytes: limit, outputBytes: keep, floodBytes: flood } = kit.limits;
    running = interpreter.run({ ...job, limit }, { keep, flood }, output);
    const reply = await running.reply;
    const took = kit.clock.monotonic() - began;
    if (signal.aborted) {
      await interpreter.ended;
      return { ok: false, error: errorInfoOf(reasonOf(signal)), ...evidenceOf(output.evidence()) };
    }
    const answer = answered(reply, output.evidence(), kit.limits.floodBytes);
    return answer.ok ? { ...answer, printed: output, took } : answer.failed;
  } finally {
    signal.removeEventListener("abort", stop);
    void returnLease(kit.clock, lease, running);
  }
}

/** The answer does not wait for the interpreter to tidy up. */
async function returnLease(clock: Clock, lease: Lease, running?: RunningJob): Promise<void> {
  const cancel = clock.after(SETTLE_MS, () => void lease.interpreter.kill());
  lease.tidying();
  const isClean = running !== undefined && (await running.settled);
  cancel();
  lease.giveBack(isClean);
}

function refuseTooLarge({ code = "", context, args }: Work["job"], callBytes: number): void {
  const size = args.reduce((sum, arg) => sum + arg.length, code.length + context.length);
  if (size <= callBytes) return;
  throw new GleitzeitError(
    "TASK_PARAMETER_ERROR",
    `script, context and arguments have ${size} bytes, more than the limit of ${callBytes}; pass a file instead`,
  );
}

const late = (timeoutMs: Millis): GleitzeitError =>
  new GleitzeitError(
    "TASK_TIMEOUT",
    `the script did not end within its timeout of ${timeoutMs / 1000} seconds`,
    { details: { timeoutMs } },
  );
