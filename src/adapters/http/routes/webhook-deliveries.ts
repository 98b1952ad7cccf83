// What was sent to endpoints, and sending it again.
import { z } from "zod";
import { Instant, type Position, placeOf } from "../../../domain/index.ts";
import type { PastDelivery } from "../../../engine/index.ts";
import type { App, RouteKit } from "../app.ts";
import { placeIn } from "../cursor.ts";
import { Refused } from "../refusal.ts";
import { GONE, NOT_FOUND, PROBLEMS } from "../schemas/problems.ts";
import { Because, Reason } from "../schemas/run-bodies.ts";
import { WebhookParams } from "./webhooks.ts";

const Listing = z.object({
  status: z.enum(["pending", "delivered", "failed", "parked"]).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z
    .string()
    .regex(/^v1\.\d{1,19}$/, "is no cursor that a page gave")
    .optional(),
});
const Delivery = z.object({ id: z.string().min(1).max(100), delivery: z.string().min(1).max(200) });
const Nothing = z.strictObject({});
const Replaying = z
  .strictObject({
    from: z.string().max(200).describe("`start`, a cursor, or an instant."),
    to: z.string().max(200).exactOptional().describe("`now`, the default, a cursor, or an instant."),
    types: z.array(z.string().max(200)).min(1).max(100).exactOptional(),
    only: z
      .enum(["all", "missing", "failed"])
      .exactOptional()
      .describe("`missing`, the default: what was never delivered; `failed`: what was given up."),
    source: z.string().max(100).exactOptional().describe("What is missing at that endpoint."),
    reason: Reason,
  })
  .meta({ id: "Replaying" });

export function webhookDeliveryRoutes(app: App, kit: RouteKit): void {
  const { shapes, may, webhooks } = kit;
  const route = (operationId: string, summary: string) => ({ tags: ["webhooks"], operationId, summary });

  /** A cursor, or the instant behind which it begins. */
  const place = async (text: string, name: string): Promise<Position | "start"> => {
    const instant = Instant.safeParse(text);
    if (instant.success) return webhooks.placeInTime(instant.data);
    const found = placeIn(kit.logId, text, name);
    return found === "now" ? kit.driving.store.events.head() : found;
  };

  app.post(
    "/v1/webhooks/:id/test",
    {
      preParsing: may("webhooks.manage"),
      schema: {
        ...route("testWebhook", "Send a delivery that tells nothing, now."),
        params: WebhookParams,
        body: Nothing,
        response: { 200: shapes.webhookTested, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const { actor } = kit.callerOf(request);
      const { id, url, outcome, durationMs, ...more } = await webhooks.test(
        request.params.id,
        actor,
        kit.closing,
      );
      const { status = null, code = null, message = null, address = null, response = null } = more;
      return reply.send({ id, url, outcome, status, code, message, durationMs, address, response });
    },
  );
  app.get(
    "/v1/webhooks/:id/deliveries",
    {
      preParsing: may("webhooks.read"),
      schema: {
        ...route("listWebhookDeliveries", "What was sent, each attempt and its answer, the newest first."),
        params: WebhookParams,
        querystring: Listing,
        response: { 200: shapes.deliveries, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const { status, limit, cursor } = request.query;
      const { items, next } = await webhooks.deliveries(request.params.id, {
        limit,
        ...(status && { status }),
        ...(cursor !== undefined && { before: BigInt(cursor.slice("v1.".length)) }),
      });
      const told = items.filter(({ attempts }) => attempts.some(isTelling)).map(({ runId }) => runId);
      await kit.payloads.ofRuns(kit.callerOf(request).actor, told);
      return reply.send({ items, nextCursor: next === undefined ? null : `v1.${next}` });
    },
  );
  app.post(
    "/v1/webhooks/:id/deliveries/:delivery/redeliver",
    {
      preParsing: may("webhooks.manage"),
      schema: {
        ...route("redeliverWebhook", "Send it once more: the same id, the same bytes."),
        params: Delivery,
        body: Because,
        response: { 202: shapes.delivery, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const { id, delivery } = request.params;
      const { actor } = kit.callerOf(request);
      return reply.code(202).send(await webhooks.redeliver(id, delivery, actor, request.body.reason));
    },
  );
  app.post(
    "/v1/webhooks/:id/replay",
    {
      preParsing: may("webhooks.manage"),
      schema: {
        ...route("replayWebhook", "Send what stands in a stretch of the log, one after the other."),
        params: WebhookParams,
        body: Replaying,
        response: { 202: shapes.replay, ...PROBLEMS, ...NOT_FOUND, ...GONE },
      },
    },
    async (request, reply) => {
      const { types, only = "missing", source, reason, ...asked } = request.body;
      const from = await place(asked.from, "from");
      const to = await place(asked.to ?? "now", "to");
      if (to === "start" || (from !== "start" && from >= to))
        throw new Refused({
          code: "INVALID_PARAMS",
          detail: "nothing stands in the log between `from` and `to`",
        });
      const { id } = request.params;
      const range = { from, to, only, ...(types && { types }), ...(source !== undefined && { source }) };
      const { replay } = await webhooks.replay(id, range, kit.callerOf(request).actor, reason);
      return reply.code(202).send({ id, replay, from: placeOf(from), to: placeOf(to) });
    },
  );
}

/** A receiver's answer may repeat what it was sent. */
const isTelling = ({ response, message }: PastDelivery["attempts"][number]): boolean =>
  response !== null || message !== null;
