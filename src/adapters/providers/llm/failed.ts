// A call that failed, thrown through the layers of this provider and handed out as its outcome.
import { type ErrorCode, errorInfo } from "../../../domain/index.ts";
import type { Evidence, Outcome } from "../../../engine/ports/index.ts";

type FailedOutcome = Extract<Outcome, { readonly ok: false }>;

export class Failed extends Error {
  override readonly name = "Failed";
  readonly outcome: FailedOutcome;

  constructor(outcome: FailedOutcome, cause?: unknown) {
    super(outcome.error.message, cause === undefined ? undefined : { cause });
    this.outcome = outcome;
  }
}

type More = {
  /** As the code says, when left out. */
  readonly retryable?: boolean;
  readonly evidence?: Evidence | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
};

export function failed(code: ErrorCode, message: string, more: More = {}): Failed {
  const { retryable, evidence, retryAfterMs, cause } = more;
  const error = errorInfo(code, message, retryable === undefined ? {} : { retryable });
  return new Failed(
    {
      ok: false,
      error,
      ...(evidence && { evidence }),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    },
    cause,
  );
}

const EVIDENCE_CHARACTERS = 64 * 1024;

export const httpEvidence = (status: number, body: string): Evidence => ({
  http: { status, body: body.slice(0, EVIDENCE_CHARACTERS) },
});

/** What was said before it broke off; nothing where nothing was. */
export const partialEvidence = (text: string): Evidence | undefined =>
  text === "" ? undefined : { partial: text.slice(0, EVIDENCE_CHARACTERS) };
