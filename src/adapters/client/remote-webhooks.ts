// Endpoints of a server, as they are asked for on a store. Who asks is whose key the request carries.
import { GleitzeitError, type Instant, type JsonObject, type Position } from "../../domain/index.ts";
import type { PastDelivery, Tested, WebhookDesk } from "../../engine/index.ts";
import type { Client } from "./client.ts";
import { AS_TEXT, documentOf } from "./told.ts";

type NewWebhook = JsonObject & { readonly secret: string };
type Deliveries = { readonly items: readonly PastDelivery[]; readonly nextCursor: string | null };
type Unknown = "status" | "code" | "message" | "address" | "response";
type Answered = Omit<Tested, Unknown> & {
  readonly [name in Unknown]: Exclude<Tested[name], undefined> | null;
};

/** `placeInTime` reads the log of the server, as it does that of a store. */
export function remoteWebhooks(
  client: Client,
  placeInTime: (time: Instant) => Promise<Position | "start">,
): WebhookDesk {
  const at = (id: string) => ({ params: { path: { id } }, ...AS_TEXT });
  const because = (reason: string | undefined) => (reason === undefined ? {} : { reason });
  return {
    list: async () => {
      const asked = client.GET("/v1/webhooks", { ...AS_TEXT });
      return (await documentOf<{ readonly items: readonly JsonObject[] }>(asked)).items;
    },
    show: async (id) => documentOf(client.GET("/v1/webhooks/{id}", at(id))),
    create: async (request, from) => {
      const body = { ...request, start: String(from) };
      return apart(await documentOf<NewWebhook>(client.POST("/v1/webhooks", { body, ...AS_TEXT })));
    },
    update: async (id, patch) =>
      documentOf(client.PATCH("/v1/webhooks/{id}", { ...at(id), body: { ...patch } })),
    remove: async (id, _, reason) => {
      const params = { path: { id }, query: because(reason) };
      await documentOf(client.DELETE("/v1/webhooks/{id}", { params, ...AS_TEXT }));
    },
    rotate: async (id, overlapMs, _, signature) => {
      const body = { overlap: `${overlapMs}ms`, ...(signature && { signature }) };
      return apart(
        await documentOf<NewWebhook>(client.POST("/v1/webhooks/{id}/rotate-secret", { ...at(id), body })),
      );
    },
    disable: async (id, _, reason) =>
      documentOf(client.POST("/v1/webhooks/{id}/disable", { ...at(id), body: because(reason) })),
    enable: async (id, _, from, reason) => {
      const body = { ...(from !== undefined && { from: String(from) }), ...because(reason) };
      return documentOf(client.POST("/v1/webhooks/{id}/enable", { ...at(id), body }));
    },
    deliveries: async (id, { status, limit, before }) => {
      const query = {
        limit,
        ...(status && { status }),
        ...(before !== undefined && { cursor: `v1.${before}` }),
      };
      const asked = client.GET("/v1/webhooks/{id}/deliveries", {
        params: { path: { id }, query },
        ...AS_TEXT,
      });
      const { items, nextCursor } = await documentOf<Deliveries>(asked);
      return { items, next: nextCursor === null ? undefined : BigInt(nextCursor.slice("v1.".length)) };
    },
    redeliver: async (id, delivery, _, reason) =>
      documentOf(
        client.POST("/v1/webhooks/{id}/deliveries/{delivery}/redeliver", {
          params: { path: { id, delivery } },
          body: because(reason),
          ...AS_TEXT,
        }),
      ),
    replay: async (id, { from, to, types, only, source }, _, reason) => {
      const body = {
        ...{ from: String(from), to: String(to), only },
        ...(types && { types: [...types] }),
        ...(source !== undefined && { source }),
        ...because(reason),
      };
      return documentOf(client.POST("/v1/webhooks/{id}/replay", { ...at(id), body }));
    },
    placeInTime,
    secretsOf: async () => {
      throw new GleitzeitError("USAGE_ERROR", "a server keeps the secrets of its endpoints to itself");
    },
    test: async (id, _, signal) => {
      const asked = client.POST("/v1/webhooks/{id}/test", { ...at(id), body: {}, signal });
      return given(await documentOf<Answered>(asked));
    },
  };
}

const apart = ({ secret, ...webhook }: NewWebhook) => ({ webhook, secret });

/** What is null there is left out here. */
const given = ({ status, code, message, address, response, ...tested }: Answered): Tested => ({
  ...tested,
  ...(status !== null && { status }),
  ...(code !== null && { code }),
  ...(message !== null && { message }),
  ...(address !== null && { address }),
  ...(response !== null && { response }),
});
