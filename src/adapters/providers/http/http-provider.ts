// `http/request`: one exchange with a server that a document names, through the guarded client.
import { GleitzeitError } from "../../../domain/index.ts";
import {
  type Clock,
  type MethodContext,
  type Outbound,
  type Outcome,
  type Provider,
  providerOf,
} from "../../../engine/ports/index.ts";
import { outcomeOf } from "./answer.ts";
import { contentOf } from "./content.ts";
import { requestOf } from "./exchange.ts";
import { durationOf, type HttpParams, request } from "./methods.ts";

export type HttpOptions = {
  /** Guarded: the URL is a user's. */
  readonly outbound: Outbound;
  readonly clock: Clock;
  /** Of an answer, packed and unpacked. */
  readonly mostBytes: number;
};

export function httpProvider(options: HttpOptions): Provider {
  const answer = (params: HttpParams, context: MethodContext): Promise<Outcome> =>
    exchanged(options, params, context);
  return providerOf({ protocol: "http/v1", name: "http", methods: { request: { ...request, answer } } });
}

/** One request and its answer, within the call's own time and that of its params. */
export async function exchanged(
  { outbound, clock, mostBytes }: HttpOptions,
  params: HttpParams,
  context: MethodContext,
): Promise<Outcome> {
  const limit = deadline(clock, params, context.signal);
  try {
    const response = await outbound.send(requestOf(params, context, limit.signal));
    const content = await contentOf(response, mostBytes);
    return outcomeOf(response, content, params.expect, clock.now());
  } finally {
    limit.end();
  }
}

/** The call's own signal, and the time that its params give it. */
function deadline(clock: Clock, { timeout }: HttpParams, signal: AbortSignal) {
  if (timeout === undefined) return { signal, end: () => undefined };
  const ms = durationOf(timeout);
  const late = new AbortController();
  const end = clock.after(ms, () =>
    late.abort(new GleitzeitError("PROVIDER_TIMEOUT", `no whole answer within ${ms / 1000} seconds`)),
  );
  return { signal: AbortSignal.any([signal, late.signal]), end };
}
