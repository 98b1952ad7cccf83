// The clients that speak to other machines, loaded when the first call is made: most runs make none.
import type { Base } from "./compose-base.ts";
import type { Outbound } from "./engine/index.ts";
import { once } from "./lifetime.ts";

/** For URLs that documents name. */
export function guardedOutbound({ settings, closing }: Pick<Base, "settings" | "closing">): Outbound {
  const opened = once(async () => {
    const { outbound } = await import("./adapters/outbound/index.ts");
    const { allow } = (await settings()).values.outbound;
    return closing.add(outbound({ allow }), (client) => client.close());
  });
  return {
    send: async (request) => (await opened()).send(request),
    close: async () => undefined, // with everything else that was opened
  };
}
