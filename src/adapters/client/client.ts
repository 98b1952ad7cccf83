// A server's routes as typed calls, made from its OpenAPI document; and its log as an async iterable that outlives
// connections and restarts of the server.
import createClient from "openapi-fetch";
import { chunksOf, type Followed, type FollowOptions, followed } from "./followed.ts";
import type { paths } from "./openapi.gen.ts";

export type ClientOptions = {
  /** `http://127.0.0.1:8080`. */
  readonly url: string;
  /** `gz_…`; a server without keys asks for none. */
  readonly key?: string;
  /** Instead of the global one. */
  readonly fetch?: typeof globalThis.fetch;
};

export type Client = ReturnType<typeof gleitzeitClient>;

export function gleitzeitClient({ url, key, fetch = globalThis.fetch }: ClientOptions) {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const calls = createClient<paths>({ baseUrl: url, headers, fetch: (request) => fetch(request) });
  return {
    ...calls,
    /** What happens, in order, each event once; it goes on where a connection broke off. */
    events: (options: FollowOptions = {}): Followed =>
      followed(new URL("/v1/events/stream", url), { headers, fetch }, options),
    /** The same of one run; it ends with the run. */
    runEvents: (run: string, options: FollowOptions = {}): Followed =>
      followed(new URL(`/v1/runs/${encodeURIComponent(run)}/stream`, url), { headers, fetch }, options),
    /** What its models say meanwhile, which is not kept. */
    runChunks: (run: string, signal: AbortSignal) =>
      chunksOf(new URL(`/v1/runs/${encodeURIComponent(run)}/stream`, url), { headers, fetch }, signal),
  };
}
