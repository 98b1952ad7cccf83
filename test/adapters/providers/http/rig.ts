// The provider before a real server; names of the examples lead to it.
import type { IncomingMessage } from "node:http";
import { systemClock } from "../../../../src/adapters/host/index.ts";
import { outbound } from "../../../../src/adapters/outbound/index.ts";
import { httpProvider } from "../../../../src/adapters/providers/http/index.ts";
import type { Clock, Provider } from "../../../../src/engine/ports/index.ts";
import { canary } from "../../outbound/canary.ts";
import { harbour } from "./harbour.ts";

const MOST_BYTES = 1_000_000;

export type HttpRig = {
  readonly provider: Provider;
  readonly remove: () => Promise<void>;
  /** The next request that is left without an answer. */
  readonly waiting: () => Promise<IncomingMessage>;
};

/** Calls go to `http://harbour.test/…`. */
export async function httpRig(clock: Clock = systemClock()): Promise<HttpRig> {
  const queue: IncomingMessage[] = [];
  let tell: ((request: IncomingMessage) => void) | undefined;
  const server = await canary(
    harbour((request) => {
      if (tell) tell(request);
      else queue.push(request);
    }),
  );
  const client = outbound({});
  const provider = httpProvider({
    outbound: {
      send: (request) => {
        const { pathname, search } = new URL(request.url);
        return client.send({ ...request, url: `http://127.0.0.1:${server.port}${pathname}${search}` });
      },
      close: () => client.close(),
    },
    clock,
    mostBytes: MOST_BYTES,
  });
  return {
    provider,
    remove: async () => {
      await client.close();
      await server.close();
    },
    waiting: async () => queue.shift() ?? new Promise((resolve) => (tell = resolve)),
  };
}
