// Closing a server: what is being answered is answered, and then no connection is left that nothing is asked on.
//
// A connection on which nothing has been asked yet is not idle for Node, and would keep a closing server for a minute.
import type { Server, ServerResponse } from "node:http";
import type { Clock } from "../../engine/index.ts";

const LOOK_MS = 20;
/** So long an answer may take that has begun before the end. */
const MOST_MS = 20_000;

export function drained(clock: Clock) {
  let answering = 0;
  return {
    began: (response: ServerResponse): void => {
      answering += 1;
      response.once("close", () => {
        answering -= 1;
      });
    },
    through: async (server: Server, close: () => Promise<void>): Promise<void> => {
      const until = clock.monotonic() + MOST_MS;
      let cancel = (): void => undefined;
      const look = (): void => {
        if (answering === 0 || clock.monotonic() > until) server.closeAllConnections();
        cancel = clock.after(LOOK_MS, look);
      };
      cancel = clock.after(LOOK_MS, look);
      await close().finally(() => cancel());
    },
  };
}
