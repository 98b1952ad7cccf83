// What a provider says, as it may stand in the log. Other programs speak through providers, and what they say beside a
// result must not make an event that nobody can read.
import { isErrorCode, madeError, madeJson } from "../../domain/index.ts";
import type { Evidence, Outcome, Tried, Usage } from "../ports/index.ts";

type Failed = Extract<Outcome, { readonly ok: false }>;
type Succeeded = Extract<Outcome, { readonly ok: true }>;

/** The result itself is left as it is: what is no JSON there is refused, by whoever checks it. */
export const heard = (outcome: Outcome): Outcome => (outcome.ok ? success(outcome) : failure(outcome));

function success({ result, usage, provider, instance, tried, model, modelDigest }: Succeeded): Outcome {
  const counts = usage && countsOf(usage);
  return {
    ok: true,
    result,
    ...(counts && { usage: counts }),
    ...(provider !== undefined && { provider: provider.toWellFormed() }),
    ...(instance !== undefined && { instance: instance.toWellFormed() }),
    ...triedOf(tried),
    ...(model !== undefined && { model: model.toWellFormed() }),
    ...(modelDigest !== undefined && { modelDigest: modelDigest.toWellFormed() }),
  };
}

function failure({ error, evidence, provider, instance, tried, retryAfterMs }: Failed): Outcome {
  const known = isErrorCode(error.code) ? error : { ...error, code: "PROVIDER_ERROR" as const };
  const isDelay = retryAfterMs !== undefined && Number.isFinite(retryAfterMs) && retryAfterMs >= 0;
  return {
    ok: false,
    error: madeError(known),
    ...(evidence && { evidence: madeEvidence(evidence) }),
    ...(provider !== undefined && { provider: provider.toWellFormed() }),
    ...(instance !== undefined && { instance: instance.toWellFormed() }),
    ...triedOf(tried),
    ...(isDelay && { retryAfterMs }),
  };
}

function triedOf(tried: readonly Tried[] | undefined): { readonly tried?: readonly Tried[] } {
  if (!tried || tried.length === 0) return {};
  return {
    tried: tried.map(({ instance, code }) => ({
      instance: instance.toWellFormed(),
      code: isErrorCode(code) ? code : "PROVIDER_ERROR",
    })),
  };
}

function madeEvidence({ stdout, stderr, truncated, partial, http }: Evidence): Evidence {
  return {
    ...(stdout !== undefined && { stdout: stdout.toWellFormed() }),
    ...(stderr !== undefined && { stderr: stderr.toWellFormed() }),
    ...(truncated !== undefined && { truncated }),
    ...(partial !== undefined && { partial: madeJson(partial) }),
    ...(http && { http: { status: http.status, body: http.body.toWellFormed() } }),
  };
}

/** A count that is none says nothing; the others stand. */
function countsOf(usage: Usage): Usage | undefined {
  const counts = Object.entries(usage).filter(([, count]) => Number.isSafeInteger(count) && count >= 0);
  return counts.length > 0 ? Object.fromEntries(counts) : undefined;
}
