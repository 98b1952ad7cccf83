// Params → the request that is sent. What is asked twice carries the key that makes it one to servers that know it.
import type { MethodContext, OutboundRequest } from "../../../engine/ports/index.ts";
import { type HttpParams, isBodiless } from "./methods.ts";

export function requestOf(params: HttpParams, context: MethodContext, signal: AbortSignal): OutboundRequest {
  const { body, json } = params;
  const sent = json === undefined ? body : JSON.stringify(json);
  const method = params.method ?? (sent === undefined ? "GET" : "POST");
  const given = Object.entries(params.headers).map(([name, value]): [string, string] => [
    name.toLowerCase(),
    String(value),
  ]);
  const headers: Readonly<Record<string, string>> = {
    "user-agent": "gleitzeit",
    accept: "*/*",
    "accept-encoding": "gzip, br",
    ...(sent !== undefined && {
      "content-type": json === undefined ? "text/plain; charset=utf-8" : "application/json",
    }),
    ...(!isBodiless(method) && { "idempotency-key": context.idempotencyKey }),
    ...Object.fromEntries(given),
  };
  return {
    url: withQuery(params),
    method,
    headers,
    signal,
    silenceMs: context.timeoutMs,
    ...(sent !== undefined && { body: sent }),
  };
}

function withQuery({ url, query }: HttpParams): string {
  const whole = new URL(url);
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) whole.searchParams.append(name, String(one));
  }
  return whole.href;
}
