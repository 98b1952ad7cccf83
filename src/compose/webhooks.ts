// Webhooks on a store: managed by whoever asks, and sent by processes that stay.
import type { WebhookAccess } from "../adapters/cli/index.ts";
import * as config from "../adapters/config/index.ts";
import type * as engine from "../engine/index.ts";
import type { Incarnations, OwnEngine } from "../engine/index.ts";
import { once } from "../lifetime.ts";
import type { OpenStore } from "../open-store.ts";
import type { Base } from "./base.ts";
import { webhookOutbound } from "./outbound.ts";

type Opened = Pick<OpenStore, "store" | "tenant" | "keys" | "webhookKey">;

export type Webhooks = {
  readonly desk: (opened: Opened) => Promise<engine.WebhookDesk>;
  readonly access: (opened: Opened, actor: WebhookAccess["actor"]) => Promise<WebhookAccess>;
  /** Sends what is due, until it is stopped. */
  readonly deliver: (
    opened: Opened & { readonly engine: OwnEngine },
    incarnations: Incarnations,
    stop: AbortSignal,
  ) => Promise<void>;
};

export const webhookDeskOf = (base: Base, opened: Opened): Promise<engine.WebhookDesk> =>
  webhooksOf(base).desk(opened);

export function webhooksOf(base: Base): Webhooks {
  const { clock, random } = base;
  const outbound = webhookOutbound(base);
  const expressions = once(async () => {
    const { celExpressions } = await import("../adapters/expressions/index.ts");
    return celExpressions(["event"]);
  });

  const kitOf = async ({ store, tenant, webhookKey }: Opened): Promise<engine.WebhookKit> => {
    const { webhookKeys } = await import("../adapters/webhooks/index.ts");
    const { seal, unsealed } = await import("../adapters/secrets/index.ts");
    return { store, tenant, clock, random, keys: webhookKeys(await webhookKey(), { seal, unsealed }) };
  };

  const sendingOf = async (opened: Opened): Promise<engine.SendingKit> => {
    const { timeout, retry_schedule } = (await base.settings()).values.webhooks;
    const { newestCheckpoint } = await import("../engine/webhooks/index.ts");
    return {
      ...(await kitOf(opened)),
      outbound,
      timeoutMs: config.millisIn(timeout),
      retrySchedule: retry_schedule,
      source: await sourceOf(opened),
      checkpoint: newestCheckpoint(opened.store.events, clock),
    };
  };

  const deskOf = async (opened: Opened): Promise<engine.WebhookDesk> => {
    const { webhookDesk } = await import("../engine/webhooks/index.ts");
    const sending = (): Promise<engine.SendingKit> => sendingOf(opened);
    return webhookDesk({ kit: await kitOf(opened), sending, conditions: expressions });
  };

  return {
    desk: deskOf,
    access: async (opened, actor) => {
      const { shownOf, signatureProblem } = await import("../adapters/webhooks/index.ts");
      const desk = await deskOf(opened);
      return {
        desk,
        actor,
        head: () => opened.store.events.head(),
        signatureProblem: async ({ headers, body }, secret) => {
          const id = endpointNamed(headers["webhook-id"]);
          const secrets = secret === undefined ? (await desk.secretsOf(id)).map(shownOf) : [secret];
          const problems = secrets.map((one) => signatureProblem(one, headers, body, clock.now()));
          return problems.includes(undefined) ? undefined : problems[0];
        },
      };
    },
    deliver: async (opened, incarnations, stop) => {
      const { deliverWebhooks } = await import("../engine/webhooks/index.ts");
      const { store, tenant, engine } = opened;
      const log = await base.log();
      const isOn = async () => (await engine.settings.flag("webhooks", tenant)).on;
      const sending = once(async () => ({ ...(await sendingOf(opened)), incarnations, expressions, log }));
      await deliverWebhooks({ store, tenant, clock, log, incarnations, sending, isOn }, stop);
    },
  };
}

/** `webhook-id` is an event's id and an endpoint's. */
const endpointNamed = (header: string | readonly string[] | undefined): string =>
  typeof header === "string" ? header.slice(header.indexOf("_") + 1) : "";

/** The log, under the name that it has in cursors, which says nothing of where it lies. */
const sourceOf = async ({ keys, tenant }: Opened): Promise<string> =>
  `urn:gleitzeit:log:${(await keys()).hmac(tenant, "log").slice(0, 16)}`;
