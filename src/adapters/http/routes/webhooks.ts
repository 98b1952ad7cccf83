// Endpoints that are told what happens. An endpoint's secret is in the answer that made it, and nowhere else.
import { z } from "zod";
import { WebhookRequest, WebhookUpdate, webhookCatalogue } from "../../../domain/index.ts";
import type { App, RouteKit } from "../app.ts";
import { placeIn } from "../cursor.ts";
import { GONE, NOT_FOUND, PROBLEMS } from "../schemas/problems.ts";
import { AnyJson, Because, Reason } from "../schemas/run-bodies.ts";
import { millisIn } from "../submission.ts";

export const WebhookParams = z.object({ id: z.string().min(1).max(100) });

const Rotation = z
  .strictObject({
    overlap: z.string().min(1).max(100).exactOptional().describe("So long the old secret signs too: `24h`."),
    signature: z.enum(["v1", "v1a"]).exactOptional(),
  })
  .meta({ id: "WebhookRotation" });
const Enabling = z
  .strictObject({
    from: z
      .string()
      .max(200)
      .exactOptional()
      .describe("`cursor`, the default: all that has come since it stopped; `now`; or a cursor."),
    reason: Reason,
  })
  .meta({ id: "Enabling" });
const EventTypes: z.ZodType = z
  .strictObject({
    items: z.array(z.strictObject({ type: z.string(), about: z.string(), schema: AnyJson, sample: AnyJson })),
    nextCursor: z.null(),
  })
  .meta({ id: "WebhookEventTypes" });

const DAY_MS = 24 * 60 * 60 * 1000;

export function webhookRoutes(app: App, kit: RouteKit): void {
  const { shapes, may, webhooks } = kit;
  const route = (operationId: string, summary: string) => ({ tags: ["webhooks"], operationId, summary });
  const one = { 200: shapes.webhook, ...PROBLEMS, ...NOT_FOUND };
  const head = () => kit.driving.store.events.head();

  app.post(
    "/v1/webhooks",
    {
      preParsing: may("webhooks.manage"),
      schema: {
        ...route("createWebhook", "Tell a URL what happens."),
        body: WebhookRequest,
        response: { 201: shapes.newWebhook, ...PROBLEMS, ...GONE },
      },
    },
    async (request, reply) => {
      const place = placeIn(kit.logId, request.body.start ?? "now", "start");
      const from = place === "now" ? await head() : place;
      const { webhook, secret } = await webhooks.create(request.body, from, kit.callerOf(request).actor);
      return reply
        .code(201)
        .header("cache-control", "no-store")
        .send({ ...webhook, secret });
    },
  );
  app.get(
    "/v1/webhooks",
    {
      preParsing: may("webhooks.read"),
      schema: {
        ...route("listWebhooks", "Endpoints and how they stand."),
        response: { 200: shapes.webhooks, ...PROBLEMS },
      },
    },
    async (_, reply) => reply.send({ items: await webhooks.list() }),
  );
  app.get(
    "/v1/webhooks/event-types",
    {
      preParsing: may("webhooks.read"),
      schema: {
        ...route("listWebhookEventTypes", "What may be told, each with its schema and a sample."),
        response: { 200: EventTypes, ...PROBLEMS },
      },
    },
    async (_, reply) =>
      reply.send({ items: webhookCatalogue().map((type) => ({ ...type })), nextCursor: null }),
  );
  app.get(
    "/v1/webhooks/:id",
    {
      preParsing: may("webhooks.read"),
      schema: { ...route("getWebhook", "One endpoint."), params: WebhookParams, response: one },
    },
    async (request, reply) => reply.send(await webhooks.show(request.params.id)),
  );
  app.patch(
    "/v1/webhooks/:id",
    {
      preParsing: may("webhooks.manage"),
      schema: {
        ...route("updateWebhook", "Change settings; null takes one away."),
        params: WebhookParams,
        body: WebhookUpdate,
        response: one,
      },
    },
    async (request, reply) =>
      reply.send(await webhooks.update(request.params.id, request.body, kit.callerOf(request).actor)),
  );
  app.delete(
    "/v1/webhooks/:id",
    {
      preParsing: may("webhooks.manage"),
      schema: {
        ...route("deleteWebhook", "End it; its history stays in the log."),
        params: WebhookParams,
        querystring: z.object({ reason: Reason }),
        response: { 204: z.null().describe("It is ended."), ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      await webhooks.remove(request.params.id, kit.callerOf(request).actor, request.query.reason);
      return reply.code(204).send(null);
    },
  );
  app.post(
    "/v1/webhooks/:id/rotate-secret",
    {
      preParsing: may("webhooks.manage"),
      schema: {
        ...route("rotateWebhookSecret", "Another secret; for a while both sign."),
        params: WebhookParams,
        body: Rotation,
        response: { 200: shapes.newWebhook, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const { overlap, signature } = request.body;
      const overlapMs = overlap === undefined ? DAY_MS : millisIn(overlap);
      const { actor } = kit.callerOf(request);
      const { webhook, secret } = await webhooks.rotate(request.params.id, overlapMs, actor, signature);
      return reply.header("cache-control", "no-store").send({ ...webhook, secret });
    },
  );
  app.post(
    "/v1/webhooks/:id/enable",
    {
      preParsing: may("webhooks.manage"),
      schema: {
        ...route("enableWebhook", "Send to it again."),
        params: WebhookParams,
        body: Enabling,
        response: { ...one, ...GONE },
      },
    },
    async (request, reply) => {
      const { from = "cursor", reason } = request.body;
      const place = from === "cursor" ? undefined : placeIn(kit.logId, from, "from");
      const at = place === "now" ? await head() : place;
      const { actor } = kit.callerOf(request);
      return reply.send(await webhooks.enable(request.params.id, actor, at, reason));
    },
  );
  app.post(
    "/v1/webhooks/:id/disable",
    {
      preParsing: may("webhooks.manage"),
      schema: {
        ...route("disableWebhook", "Send nothing until it is enabled."),
        params: WebhookParams,
        body: Because,
        response: one,
      },
    },
    async (request, reply) => {
      const { actor } = kit.callerOf(request);
      return reply.send(await webhooks.disable(request.params.id, actor, request.body.reason));
    },
  );
}
