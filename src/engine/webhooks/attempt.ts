// One attempt: a request, and what came of it. It costs one connection and a timer at most, whatever the other side does.
import {
  ClientCertificate,
  type Endpoint,
  type ErrorCode,
  errorInfoOf,
  GleitzeitError,
  isObject,
  type Millis,
  type SealedText,
} from "../../domain/index.ts";
import { type OutboundResponse, retryAfterMs, statusFault } from "../ports/index.ts";
import type { SendingKit, WebhookKit } from "./kit.ts";

export type Message = {
  /** `webhook-id`: the same at every attempt, redelivery and replay. */
  readonly id: string;
  readonly body: Uint8Array;
  /** Headers of ours beside those of the signature. */
  readonly headers: Readonly<Record<string, string>>;
};

export type Attempted = {
  readonly outcome: "delivered" | "failed";
  readonly status?: number;
  readonly code?: ErrorCode;
  readonly message?: string;
  readonly durationMs: Millis;
  readonly address?: string;
  /** The first bytes of the answer, as text. */
  readonly response?: string;
  readonly retryAfterMs?: Millis;
};

/** Kept of an answer; what follows is not read. */
const KEPT_BYTES = 8 * 1024;

export type Target = Pick<Endpoint, "url" | "headers" | "certificate" | "secrets" | "stream">;

/** Never rejects for what the other side does; rejects with the reason of `stop`. */
export async function attempt(
  kit: SendingKit,
  target: Target,
  message: Message,
  stop: AbortSignal,
): Promise<Attempted> {
  const { clock, timeoutMs } = kit;
  const begun = clock.monotonic();
  const late = new AbortController();
  const cancel = clock.after(timeoutMs, () => late.abort(new Error("late")));
  const signal = AbortSignal.any([stop, late.signal]);
  const took = (): Millis => Math.max(0, Math.round(clock.monotonic() - begun));
  try {
    const response = await kit.outbound.send({
      url: target.url,
      method: "POST",
      headers: headersOf(kit, target, message),
      body: message.body,
      ...certificateOf(kit, target),
      signal,
      silenceMs: timeoutMs,
    });
    const text = await firstBytes(response, stop, late.signal);
    return { ...judged(response, clock.now()), durationMs: took(), ...(text !== "" && { response: text }) };
  } catch (error) {
    stop.throwIfAborted();
    if (late.signal.aborted)
      return failed("CONNECTION_TIMEOUT", `no answer within ${timeoutMs / 1000} s`, took());
    const { code, message: why } = errorInfoOf(error);
    return failed(code, why, took());
  } finally {
    cancel();
  }
}

const failed = (code: ErrorCode, message: string, durationMs: Millis): Attempted => ({
  outcome: "failed",
  code,
  message,
  durationMs,
});

/** Those that sign now: while one is rotated, two. */
export function secretsIn(
  { clock, keys }: Pick<WebhookKit, "clock" | "keys">,
  target: Target,
): readonly string[] {
  const now = clock.now();
  return target.secrets
    .filter(({ until }) => until === undefined || until > now)
    .map(({ sealed }) => keys.open(sealed, secretAbout(target.stream)))
    .filter((secret) => typeof secret === "string");
}

function headersOf(kit: SendingKit, target: Target, { id, body, headers }: Message): Record<string, string> {
  const timestamp = Math.floor(kit.clock.now() / 1000);
  const secrets = secretsIn(kit, target);
  const own = target.headers ? kit.keys.open(target.headers, headersAbout(target.stream)) : {};
  return {
    ...stringsIn(own),
    "user-agent": "Gleitzeit-Webhooks",
    "content-type": "application/cloudevents+json; charset=utf-8",
    ...headers,
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": kit.keys.signatures(secrets, { id, timestamp, body }),
  };
}

/** What a secret is sealed for: put into another endpoint's stream it does not open. */
export const secretAbout = (stream: string): string => `webhook secret ${stream}`;
export const headersAbout = (stream: string): string => `webhook headers ${stream}`;

export const certificateAbout = (stream: string): string => `webhook certificate ${stream}`;

function certificateOf({ keys }: SendingKit, { certificate, stream }: Target) {
  return certificate && { certificate: certificateIn(keys, certificate, stream) };
}

export const certificateIn = (
  keys: WebhookKit["keys"],
  sealed: SealedText,
  stream: string,
): ClientCertificate => ClientCertificate.parse(keys.open(sealed, certificateAbout(stream)));

const stringsIn = (value: unknown): Record<string, string> =>
  isObject(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([name, text]) => (typeof text === "string" ? [[name, text]] : [])),
      )
    : {};

function judged({ status, headers, address }: OutboundResponse, now: Millis): Omit<Attempted, "durationMs"> {
  const where = address === undefined ? {} : { address };
  if (status >= 200 && status < 300) return { outcome: "delivered", status, ...where };
  const asked = status === 429 || status === 503 ? retryAfterMs(headers, now) : undefined;
  const isRedirect = status >= 300 && status < 400;
  return {
    outcome: "failed",
    status,
    code: statusFault(status).code,
    message: isRedirect ? `HTTP ${status}: redirects are not followed` : `HTTP ${status}`,
    ...where,
    ...(asked !== undefined && { retryAfterMs: asked }),
  };
}

const utf8 = new TextDecoder();

/** An answer that does not end, or comes drop by drop, is left: the status was all that was asked for. */
async function firstBytes({ body }: OutboundResponse, stop: AbortSignal, late: AbortSignal): Promise<string> {
  const pieces: Uint8Array[] = [];
  let left = KEPT_BYTES;
  try {
    for await (const piece of body) {
      pieces.push(piece.subarray(0, left));
      left -= piece.length;
      if (left <= 0) break;
    }
  } catch (error) {
    stop.throwIfAborted();
    if (!(error instanceof GleitzeitError) && !late.aborted) throw error;
  }
  return textOf(pieces);
}

/** Texts that no JSON can hold are left out, and so is a character that was cut in two. */
function textOf(pieces: readonly Uint8Array[]): string {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return utf8.decode(bytes).replace(/\uFFFD+$/, "");
}
