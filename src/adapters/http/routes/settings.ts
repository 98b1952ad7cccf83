// Flags and quotas of the tenant: how each stands, and who may set it.
import { z } from "zod";
import { FLAG_NAMES, QUOTA_NAMES } from "../../../domain/index.ts";
import type { App, RouteKit } from "../app.ts";
import { PROBLEMS } from "../schemas/problems.ts";
import { Reason } from "../schemas/run-bodies.ts";

const FlagParams = z.object({ flag: z.enum(FLAG_NAMES) });
const QuotaParams = z.object({ quota: z.enum(QUOTA_NAMES) });
const FlagSetting = z.strictObject({ on: z.boolean(), reason: Reason }).meta({ id: "FlagSetting" });
const QuotaSetting = z.strictObject({ limit: z.int().min(0), reason: Reason }).meta({ id: "QuotaSetting" });
const Why = z.strictObject({ reason: Reason });

export function settingsRoutes(app: App, kit: RouteKit): void {
  const { settings, shapes, may } = kit;
  const route = (operationId: string, summary: string) => ({ tags: ["settings"], operationId, summary });

  app.get(
    "/v1/admin/flags",
    {
      preParsing: may("settings.read"),
      schema: {
        ...route("listFlags", "What is on and off, and who says so: the tenant, the configuration, nobody."),
        response: { 200: shapes.flags, ...PROBLEMS },
      },
    },
    async (_, reply) => reply.send({ items: await settings.flags(), nextCursor: null }),
  );
  app.put(
    "/v1/admin/flags/:flag",
    {
      preParsing: may("settings.manage"),
      schema: {
        ...route("setFlag", "Turn it on or off for the tenant, whatever the configuration says."),
        params: FlagParams,
        body: FlagSetting,
        response: { 200: shapes.flag, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { on, reason } = request.body;
      const how = { by: kit.callerOf(request).actor, reason };
      return reply.send(await settings.setFlag(request.params.flag, on, how));
    },
  );
  app.delete(
    "/v1/admin/flags/:flag",
    {
      preParsing: may("settings.manage"),
      schema: {
        ...route("clearFlag", "Leave it to the configuration again."),
        params: FlagParams,
        querystring: Why,
        response: { 200: shapes.flag, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const how = { by: kit.callerOf(request).actor, reason: request.query.reason };
      return reply.send(await settings.setFlag(request.params.flag, undefined, how));
    },
  );

  app.get(
    "/v1/admin/quotas",
    {
      preParsing: may("settings.read"),
      schema: {
        ...route("listQuotas", "How much the tenant may have of what, and how much of that is used."),
        response: { 200: shapes.quotas, ...PROBLEMS },
      },
    },
    async (_, reply) => reply.send({ items: await settings.quotas(), nextCursor: null }),
  );
  app.put(
    "/v1/admin/quotas/:quota",
    {
      preParsing: may("settings.manage"),
      schema: {
        ...route("setQuota", "So much from now on; what is there already stays."),
        params: QuotaParams,
        body: QuotaSetting,
        response: { 200: shapes.quota, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { limit, reason } = request.body;
      const how = { by: kit.callerOf(request).actor, reason };
      return reply.send(await settings.setQuota(request.params.quota, limit, how));
    },
  );
  app.delete(
    "/v1/admin/quotas/:quota",
    {
      preParsing: may("settings.manage"),
      schema: {
        ...route("clearQuota", "No limit but the configuration's."),
        params: QuotaParams,
        querystring: Why,
        response: { 200: shapes.quota, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const how = { by: kit.callerOf(request).actor, reason: request.query.reason };
      return reply.send(await settings.setQuota(request.params.quota, undefined, how));
    },
  );
}
