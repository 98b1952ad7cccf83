// One attempt: call the provider, hold it to its timeout, and turn whatever happens into a command.
import {
  type ErrorInfo,
  errorInfo,
  errorInfoOf,
  GleitzeitError,
  type JsonObject,
  jsonProblem,
  pathText,
  type RunCommandOf,
  type RunId,
  type TaskNode,
} from "../../domain/index.ts";
import type { Kit } from "../host.ts";
import { readBlob } from "../log/decode.ts";
import type { FileEntry } from "../log/facts.ts";
import type { BlobStore, CallContext, Outcome, Provider } from "../ports/index.ts";
import { heard } from "../providers/heard.ts";
import { beyondLimit } from "../resolving/result-limit.ts";
import type { Stop } from "./stop.ts";

export type Attempt = {
  readonly run: RunId;
  readonly tenant: string;
  readonly node: TaskNode;
  readonly attempt: number;
  readonly params: JsonObject;
  readonly files: readonly FileEntry[];
  readonly contents: BlobStore;
  readonly steer?: CallContext["steer"];
  readonly emit: CallContext["emit"];
};

export type Report = RunCommandOf<"CompleteTask"> | RunCommandOf<"FailTask">;

/** How long a provider may take to answer once it has been told to stop. */
const STOP_GRACE_MS = 5_000;

/**
 * Never rejects. A result that comes after the timeout is a timeout; one that comes in spite of a shutdown
 * is a result, so that the work is not done twice. `stop` is aborted on cancellation and shutdown, and here
 * at the timeout; its reason is a GleitzeitError.
 */
export async function perform(kit: Kit, attempt: Attempt, stop: Stop): Promise<Report> {
  const { node, params } = attempt;
  const asked = { method: node.method, params };
  const provider = kit.registry.find(node.protocol, node.provider, node.preferredProvider, asked);
  if (!provider) return failure(kit, attempt, { ok: false, error: noProvider(node) });
  let isTimedOut = false;
  const cancelTimer = kit.clock.after(node.timeoutMs, () => {
    isTimedOut = !stop.signal.aborted;
    stop.abort(timedOut(node));
  });
  const outcome = await answered(kit, attempt, provider, stop).finally(cancelTimer);
  const { instance, tried } = outcome;
  const served = {
    provider: outcome.provider ?? provider.name,
    ...(instance !== undefined && { instance }),
    ...(tried && tried.length > 0 && { tried: [...tried] }),
  };
  const isLate = outcome.ok ? isTimedOut : stop.signal.aborted;
  if (isLate) return failure(kit, attempt, { ...evidenceOf(outcome), error: stopped(stop.signal) }, served);
  return outcome.ok ? success(kit, attempt, outcome, served) : failure(kit, attempt, outcome, served);
}

/** A provider that ignores its signal does not hold up the run for ever; it is reported instead. */
function answered(kit: Kit, attempt: Attempt, provider: Provider, stop: Stop): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    let cancel = (): void => undefined;
    stop.tell(() => {
      if (isAnswered) return;
      cancel = kit.clock.after(STOP_GRACE_MS, () => {
        const { protocol, id: task } = attempt.node;
        kit.log.warn({ task, attempt: attempt.attempt, protocol }, "a provider does not stop");
        resolve({ ok: false, error: stopped(stop.signal) });
      });
    });
    const answer = (outcome: Outcome): void => {
      isAnswered = true;
      cancel();
      resolve(outcome);
    };
    call(kit, attempt, provider, stop.signal).then(answer, reject);
  });
}

async function call(kit: Kit, attempt: Attempt, provider: Provider, signal: AbortSignal): Promise<Outcome> {
  const { run, node, params } = attempt;
  try {
    const said = await provider.execute(
      { method: node.method, params },
      {
        run,
        task: node.id,
        attempt: attempt.attempt,
        idempotencyKey: `${run}/${node.id}`,
        signal,
        timeoutMs: node.timeoutMs,
        files: attempt.files,
        readFile: (file) => readBlob(file.hash, attempt.tenant, attempt.contents),
        log: kit.log,
        ...(attempt.steer && { steer: attempt.steer }),
        emit: attempt.emit,
      },
    );
    return heard(said);
  } catch (error) {
    return heard({ ok: false, error: errorInfoOf(error, "INTERNAL_ERROR") });
  }
}

/** The attempt could not even be put together: its params or files cannot be read. */
export const unreadable = (kit: Kit, node: TaskNode, attempt: number, error: unknown): Report => ({
  type: "FailTask",
  task: node.id,
  attempt,
  error: errorInfoOf(error, "PERSISTENCE_READ_FAILED"),
  served: {},
  fraction: kit.random.fraction(),
});

type Failed = Extract<Outcome, { readonly ok: false }>;
type ServedBy = RunCommandOf<"FailTask">["served"];

const evidenceOf = (outcome: Outcome): Failed =>
  outcome.ok ? { ok: false, error: errorInfo("INTERNAL_ERROR", "") } : outcome;

function success(
  kit: Kit,
  attempt: Attempt,
  outcome: Extract<Outcome, { readonly ok: true }>,
  served: ServedBy,
): Report {
  const problem = jsonProblem(outcome.result);
  if (problem) {
    const place = problem.path.length > 0 ? pathText(["result", ...problem.path]) : "result";
    return failure(kit, attempt, { ok: false, error: invalid(`${place}: ${problem.message}`) }, served);
  }
  const error = beyondLimit(kit.limits, outcome.result);
  if (error) return failure(kit, attempt, { ok: false, error }, served);
  const { result, usage, model, modelDigest } = outcome;
  return {
    type: "CompleteTask",
    task: attempt.node.id,
    attempt: attempt.attempt,
    result,
    served: {
      ...served,
      ...(model !== undefined && { model }),
      ...(modelDigest !== undefined && { modelDigest }),
      ...(usage && { usage }),
    },
  };
}

function failure(kit: Kit, attempt: Attempt, outcome: Failed, served: ServedBy = {}): Report {
  const { error, evidence, retryAfterMs } = outcome;
  return {
    type: "FailTask",
    task: attempt.node.id,
    attempt: attempt.attempt,
    error,
    served,
    fraction: kit.random.fraction(),
    ...(evidence && { evidence }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

const invalid = (message: string): ErrorInfo => errorInfo("TASK_RESULT_INVALID", message);
const stopped = (signal: AbortSignal): ErrorInfo => errorInfoOf(signal.reason, "TASK_CANCELLED");

const timedOut = ({ id, timeoutMs }: TaskNode): GleitzeitError =>
  new GleitzeitError(
    "TASK_TIMEOUT",
    `task ${id} did not end within its timeout of ${timeoutMs / 1000} seconds`,
    {
      details: { timeoutMs },
    },
  );

export const noProvider = ({ protocol, provider }: TaskNode): ErrorInfo =>
  provider === undefined
    ? errorInfo("PROTOCOL_NOT_FOUND", `no provider speaks ${protocol} here`)
    : errorInfo("PROVIDER_NOT_FOUND", `no provider ${provider} speaks ${protocol} here`);
