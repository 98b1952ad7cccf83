// One program in one container: in with its files and its input, out with what it wrote, gone when the call is answered.
import { errorInfoOf, GleitzeitError, type JsonObject, parseDuration } from "../../../domain/index.ts";
import type { CallContext, Clock, Container, Containers, Outcome } from "../../../engine/ports/index.ts";
import { collectedFiles } from "./collected.ts";
import { jobOf } from "./job.ts";
import type { RunParams } from "./methods.ts";
import { failed, failureOf, flooded } from "./outcome.ts";
import { type OutputLimits, output } from "./output.ts";
import { printedResult } from "./printed-result.ts";

export type RunKit = {
  readonly containers: Containers;
  readonly clock: Clock;
  /** What nobody can know before it is there. */
  readonly mark: () => string;
  readonly limits: OutputLimits & { readonly memoryBytes: number; readonly collectedBytes: number };
};

export async function runProgram(kit: RunKit, params: RunParams, context: CallContext): Promise<Outcome> {
  const limit = parseDuration(params.timeout);
  const late = new AbortController();
  const signal = AbortSignal.any([context.signal, late.signal]);
  const cancel = limit.ok ? kit.clock.after(limit.ms, () => late.abort(tooLate(limit.ms))) : () => undefined;
  try {
    return await inContainer(kit, params, context, signal);
  } catch (error) {
    return { ok: false, error: errorInfoOf(signal.aborted ? signal.reason : error, "PROVIDER_ERROR") };
  } finally {
    cancel();
  }
}

async function inContainer(
  kit: RunKit,
  params: RunParams,
  context: CallContext,
  signal: AbortSignal,
): Promise<Outcome> {
  const { limits, clock } = kit;
  const files = await Promise.all(
    context.files.map(async (file) => ({ path: file.path, bytes: await context.readFile(file) })),
  );
  const { input, mark, ...program } = jobOf(params, files, kit.mark());
  let isFlood = false;
  let container: Container | undefined;
  const stop = (): void => void container?.kill();
  const written = output(
    limits,
    mark,
    (chunk) => context.emit(chunk),
    () => {
      isFlood = true;
      stop();
    },
  );
  signal.throwIfAborted();
  container = await kit.containers.start({
    ...program,
    image: params.image,
    run: context.run,
    onStdout: written.stdout,
    onStderr: written.stderr,
  });
  signal.addEventListener("abort", stop, { once: true });
  if (signal.aborted || isFlood) stop();
  const began = clock.monotonic();
  try {
    void container.write(input).then(() => container?.endInput());
    const end = await container.ended;
    const tookMs = clock.monotonic() - began;
    written.end();
    const { image } = container;
    const told = { image, evidence: written.evidence(), memoryBytes: limits.memoryBytes };
    if (signal.aborted) return failedAs(signal.reason, told);
    if (isFlood && written.isArchiveTooLarge()) return failedAs(tooMuch(limits.collectedBytes), told);
    if (isFlood) return flooded(told, limits.floodBytes);
    const failure = failureOf(end, told);
    if (failure) return failure;
    const collected =
      params.collect.length === 0 ? {} : collectedOf(written.archive(), params, limits.collectedBytes);
    const result: JsonObject = {
      result: printedResult(written.text("stdout")),
      output: written.text("stdout"),
      stderr: written.text("stderr"),
      exit_code: 0,
      success: true,
      execution_time: Math.round(tookMs * 1000) / 1_000_000,
      image,
      ...collected,
      ...(written.isTruncated() && { output_truncated: true }),
    };
    return { ok: true, result, instance: image };
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

const collectedOf = (
  archive: Uint8Array | undefined,
  { collect }: RunParams,
  mostBytes: number,
): JsonObject => ({
  files: collectedFiles(archive, collect, mostBytes),
});

function failedAs(thrown: unknown, told: Parameters<typeof failed>[0]): Outcome {
  const { code, message, details, retryable } = errorInfoOf(thrown, "TASK_CANCELLED");
  const outcome = code === "TASK_TIMEOUT" ? { outcome: "timeout" } : {};
  return failed(told, code, message, { ...details, ...outcome }, retryable);
}

const tooMuch = (mostBytes: number): GleitzeitError =>
  new GleitzeitError(
    "TASK_RESULT_INVALID",
    `what was collected is refused: its files are larger than ${mostBytes} bytes together`,
  );

const tooLate = (timeoutMs: number): GleitzeitError =>
  new GleitzeitError(
    "TASK_TIMEOUT",
    `the program did not end within its timeout of ${timeoutMs / 1000} seconds`,
    {
      details: { timeoutMs },
    },
  );
