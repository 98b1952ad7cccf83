// A process that sends over real sockets, and receivers for it.
import { afterEach } from "vitest";
import { celExpressions } from "../../../src/adapters/expressions/index.ts";
import { systemClock } from "../../../src/adapters/host/index.ts";
import { type OutboundOptions, outbound } from "../../../src/adapters/outbound/index.ts";
import { webhookDesk } from "../../../src/engine/webhooks/desk.ts";
import { text } from "../../adapters/cli/rig.ts";
import { type Answer, type Receiver, receiver } from "../../scenario/webhook-receiver.ts";
import { CLI, workflow } from "../rig.ts";
import { webhookRig } from "./webhook-rig.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

type Options = Partial<OutboundOptions> & { readonly timeoutMs?: number };

/** A process that sends, as it would, and a desk to ask. */
export function sending({ timeoutMs = 15_000, ...options }: Options = {}) {
  const client = outbound({ allow: { hosts: ["127.0.0.1"], cidrs: [] }, ...options });
  const kit = { outbound: client, clock: systemClock(), timeoutMs };
  const rig = webhookRig(() => ({ status: 500 }), { retrySchedule: [0.05, 0.05, 0.05], sending: kit });
  const desk = webhookDesk({
    kit: rig.kit,
    sending: async () => rig.kit,
    conditions: async () => celExpressions(["event"]),
  });
  const sender = rig.deliver();
  closing.push(() => client.close(), sender.stop);
  const told = async (give: string | number, events: readonly string[], there: Receiver): Promise<string> => {
    const request = { url: there.url, events: [...events] };
    const { webhook, secret } = await desk.create(request, "start", CLI);
    there.secrets = [secret];
    await (await rig.runs.run(workflow([{ id: "a", params: { give } }]))).end;
    return text(webhook, "id");
  };
  return { rig, desk, told };
}

export async function answering(answer?: Answer): Promise<Receiver> {
  const there = await receiver(answer);
  closing.push(there.close);
  return there;
}

export const attemptsAt = async ({ desk }: ReturnType<typeof sending>, id: string) =>
  (await desk.deliveries(id, { limit: 10 })).items.flatMap(({ attempts }) => attempts);

/** Looked at until it holds: what was sent is recorded when it is durable. */
export async function recorded<T>(look: () => Promise<T>, holds: (found: T) => boolean): Promise<T> {
  for (;;) {
    const found = await look();
    if (holds(found)) return found;
    await new Promise(setImmediate);
  }
}
