// An endpoint as it is named, and changed by whoever may, beside the process that sends.
import {
  type Actor,
  type Endpoint,
  evolveEndpoint,
  GleitzeitError,
  instantOf,
  StreamName,
  type WebhookEvent,
} from "../../domain/index.ts";
import { VersionConflict } from "../ports/index.ts";
import type { WebhookKit } from "./kit.ts";
import { endpointIn, recordable } from "./records.ts";

const TRIES = 20;

/** WEBHOOK ids are opaque; what cannot be one is not found either. */
export async function webhookNamed(kit: Pick<WebhookKit, "store" | "tenant">, id: string): Promise<Endpoint> {
  const stream = StreamName.safeParse(`webhook-${kit.tenant}.${id}`);
  const found = stream.success ? await endpointIn(kit.store.events, stream.data) : undefined;
  if (found && found.status !== "deleted") return found;
  throw new GleitzeitError("WEBHOOK_NOT_FOUND", `no webhook ${id}; \`gleitzeit webhooks list\` shows them`);
}

/** Decides on how the endpoint stands, again where somebody else was quicker. Without events nothing is written. */
export async function changed(
  kit: WebhookKit,
  id: string,
  actor: Actor,
  decide: (endpoint: Endpoint) => readonly WebhookEvent[],
): Promise<Endpoint> {
  for (let tries = 1; ; tries += 1) {
    const endpoint = await webhookNamed(kit, id);
    const events = decide(endpoint);
    if (events.length === 0) return endpoint;
    try {
      const recorded = events.map((event) => recordable(event, kit, actor));
      await kit.store.events.append(endpoint.stream, endpoint.head, recorded);
    } catch (error) {
      if (!(error instanceof VersionConflict) || tries === TRIES) throw error;
      continue;
    }
    const { stream } = endpoint;
    const recordedAt = instantOf(kit.clock.now());
    for (const event of events)
      evolveEndpoint(endpoint, { stream, revision: endpoint.head + 1, recordedAt, actor, event });
    return endpoint;
  }
}
