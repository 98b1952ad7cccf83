// The clients that speak to other machines, loaded when the first call is made: most runs make none.
import type { Allowed } from "../adapters/outbound/index.ts";
import type { Outbound } from "../engine/index.ts";
import { once } from "../lifetime.ts";
import type { Base } from "./base.ts";

/** For URLs that documents name. */
export const guardedOutbound = (base: Base): Outbound =>
  lazily(base, async () => (await base.settings()).values.outbound.allow);

/** For endpoints of webhooks. */
export const webhookOutbound = (base: Base): Outbound =>
  lazily(base, async () => (await base.settings()).values.webhooks.allow, "webhooks.allow");

/** For witnesses of the audit log. */
export const witnessOutbound = (base: Base): Outbound =>
  lazily(base, async () => (await base.settings()).values.audit.allow, "audit.allow");

/** For servers of the operator's own configuration. No document's URL goes through it. */
export const trustedOutbound = (base: Base): Outbound => lazily(base, async () => undefined);

function lazily(
  { closing, outside }: Base,
  allowed: () => Promise<Allowed | undefined>,
  setting = "outbound.allow",
): Outbound {
  const opened = once(async () => {
    if (outside.cassette?.kind === "play")
      return (await import("../adapters/cassettes/index.ts")).unreachedOutbound;
    const { outbound } = await import("../adapters/outbound/index.ts");
    const allow = await allowed();
    return closing.add(outbound(allow ? { allow, setting } : {}), (client) => client.close());
  });
  return {
    send: async (request) => (await opened()).send(request),
    close: async () => undefined, // with everything else that was opened
  };
}
