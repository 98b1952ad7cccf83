// One call: an interpreter in turn, the files, the job, and the end of all of it when the call is stopped.
import { errorInfoOf, GleitzeitError, type Millis } from "../../domain/index.ts";
import type {
  CallContext,
  Clock,
  PerformScript,
  ScriptFailed,
  ScriptLimits,
  ScriptRan,
  ScriptWork,
} from "../../engine/ports/index.ts";
import type { RunningJob } from "./interpreter.ts";
import { scriptAmong, sendFiles } from "./job-files.ts";
import type { Job } from "./messages.ts";
import { answered, evidenceOf } from "./outcome.ts";
import type { Lease, Pool } from "./pool.ts";
import { printed } from "./printed.ts";
import { reasonOf } from "./waiting-calls.ts";

export type Kit = {
  readonly pool: Pool;
  readonly limits: ScriptLimits;
  readonly clock: Clock;
  readonly language: string;
};

/** An interpreter that has not tidied up by then is ended instead. */
const SETTLE_MS = 10_000;

/** Never rejects. */
export const perform =
  (kit: Kit): PerformScript =>
  async (work, context) => {
    const { timeoutMs } = work;
    const limit = new AbortController();
    const signal = AbortSignal.any([context.signal, limit.signal]);
    const cancel =
      timeoutMs === undefined
        ? () => undefined
        : kit.clock.after(timeoutMs, () => limit.abort(late(timeoutMs)));
    try {
      const job = jobOf(work, context, kit.limits);
      return await withLease(kit, { job, mentioned: work.mentioned ?? [] }, context, signal);
    } catch (error) {
      return { ok: false, error: errorInfoOf(error, "PROVIDER_ERROR") };
    } finally {
      cancel();
    }
  };

async function withLease(
  kit: Kit,
  { job, mentioned }: { readonly job: Job; readonly mentioned: readonly string[] },
  context: CallContext,
  signal: AbortSignal,
): Promise<ScriptRan | ScriptFailed> {
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
    const { outputBytes: keep, floodBytes: flood } = kit.limits;
    running = interpreter.run(job, { keep, flood }, output);
    const reply = await running.reply;
    const tookMs = kit.clock.monotonic() - began;
    if (signal.aborted) {
      await interpreter.ended;
      return { ok: false, error: errorInfoOf(reasonOf(signal)), ...evidenceOf(output.evidence()) };
    }
    const told = { printed: output.evidence(), floodBytes: flood, language: kit.language };
    const answer = answered(reply, told);
    const { instance } = interpreter;
    const where = instance === undefined ? {} : { instance };
    if (!answer.ok) return { ...answer.failed, ...where };
    return { ...answer, stdout: output.text("stdout"), stderr: output.text("stderr"), tookMs, ...where };
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

function jobOf(
  { op, file, code, args = [], context = "{}" }: ScriptWork,
  { files }: CallContext,
  { callBytes, resultBytes: limit }: ScriptLimits,
): Job {
  refuseTooLarge(
    args.reduce((sum, arg) => sum + arg.length, (code?.length ?? 0) + context.length),
    callBytes,
  );
  const common = { op, args, context, limit };
  if (file === undefined)
    return { ...common, name: `<${code === undefined ? op : "code"}>`, ...(code !== undefined && { code }) };
  const { path } = scriptAmong(files, file);
  return { ...common, name: path, file: path };
}

function refuseTooLarge(size: number, callBytes: number): void {
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
