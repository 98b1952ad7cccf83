// An attempt between the engine and its provider, where calls are recorded and recorded ones played.
//
// 1. What is recorded is what the log would hold: references to secrets in place of their values, outcomes scrubbed.
// 2. While a cassette is played no provider is asked, whatever the cassette says of the call.
// 3. It is on the disk before the outcome is reported: what the log has, the cassette has.
import {
  type CassetteAnswer,
  type CassetteCall,
  type ErrorInfo,
  errorInfo,
  errorInfoOf,
  GleitzeitError,
  type SecretPlace,
} from "../../domain/index.ts";
import type { Kit } from "../host.ts";
import type { Caller } from "../ports/index.ts";
import type { Attempt, Report } from "./perform.ts";
import type { Stop } from "./stop.ts";

/** Of what an attempt says while it runs that much is kept, in characters. */
const MOST_SAID = 1024 * 1024;

export async function taped(
  kit: Kit,
  attempt: Attempt,
  places: readonly SecretPlace[],
  { signal }: Stop,
  live: (attempt: Attempt) => Promise<Report>,
): Promise<Report> {
  const { cassette } = kit;
  if (!cassette) return live(attempt);
  const call = callOf(attempt, places);
  const caller: Caller = { run: attempt.run, task: attempt.node.id, attempt: attempt.attempt };
  if (cassette.kind === "play") {
    const answer = cassette.answer(call, caller);
    for (const chunk of answer.chunks ?? []) attempt.emit(chunk);
    return reportOf(kit, attempt, answer);
  }
  const said = overhearing(attempt.emit);
  const report = await live({ ...attempt, emit: said.emit });
  if (!isAnswer(report, signal)) return report;
  try {
    await cassette.keep(call, caller, answerOf(report, said.chunks));
    return report;
  } catch (error) {
    return reportOf(kit, attempt, { error: unkept(error) });
  }
}

function callOf({ node, params, files }: Attempt, places: readonly SecretPlace[]): CassetteCall {
  const { protocol, method, provider } = node;
  return {
    protocol,
    method,
    ...(provider !== undefined && { provider }),
    params,
    ...(places.length > 0 && { secrets: [...new Set(places.map(({ name }) => name))].toSorted() }),
    ...(files.length > 0 && { files: files.map(({ path, hash }) => ({ path, hash })) }),
  };
}

type Chunk = Parameters<Attempt["emit"]>[0];

function overhearing(emit: Attempt["emit"]) {
  const chunks: Chunk[] = [];
  let length = 0;
  return {
    chunks,
    emit: (chunk: Chunk): void => {
      length += chunk.text.length;
      if (length <= MOST_SAID) chunks.push({ kind: chunk.kind, text: chunk.text.toWellFormed() });
      emit(chunk);
    },
  };
}

/** An attempt that was cancelled, or never got to a provider, has no answer. One that took too long has. */
function isAnswer(report: Report, { aborted, reason }: AbortSignal): boolean {
  if (report.type === "CompleteTask") return true;
  if (report.served.provider === undefined) return false;
  return !aborted || (reason instanceof GleitzeitError && reason.code === "TASK_TIMEOUT");
}

function answerOf(report: Report, said: readonly Chunk[]): CassetteAnswer {
  const chunks = said.length > 0 && { chunks: said };
  if (report.type === "CompleteTask") return { result: report.result, ...report.served, ...chunks };
  const { error, evidence, retryAfterMs, served } = report;
  return {
    error,
    ...served,
    ...(evidence !== undefined && { evidence }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...chunks,
  };
}

function reportOf(kit: Kit, { node, attempt }: Attempt, answer: CassetteAnswer): Report {
  const what = { task: node.id, attempt };
  if ("result" in answer) {
    const { result, chunks: _, ...served } = answer;
    return { type: "CompleteTask", ...what, result, served };
  }
  const { error, evidence, retryAfterMs, chunks: _, ...served } = answer;
  return {
    type: "FailTask",
    ...what,
    error,
    served,
    fraction: kit.random.fraction(),
    ...(evidence !== undefined && { evidence }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** It was answered, and nobody would know when the cassette is played. */
function unkept(error: unknown): ErrorInfo {
  const { code, message, cause } = errorInfoOf(error, "PERSISTENCE_WRITE_FAILED");
  const text = `the call was answered, and the answer could not be recorded: ${message}`;
  return errorInfo(code, text, { retryable: false, ...(cause && { cause }) });
}
