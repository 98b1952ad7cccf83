// Runs that are past their time: which they are, and to let them leave now.
import { z } from "zod";
import { planDocument, retainedDocument, retentionDocument } from "../../../engine/index.ts";
import type { App, RouteKit } from "../app.ts";
import { PROBLEMS } from "../schemas/problems.ts";

const Running = z
  .strictObject({ dryRun: z.boolean().default(false).describe("Only say which runs would leave.") })
  .meta({ id: "RetentionRun" });

export function retentionRoutes(app: App, kit: RouteKit): void {
  const { retention, shapes, may } = kit;
  const common = { tags: ["retention"] };

  app.get(
    "/v1/admin/retention",
    {
      preParsing: may("retention.read"),
      schema: {
        ...common,
        operationId: "getRetention",
        summary: "The rules of the configuration, and which runs would leave now.",
        response: { 200: shapes.retention, ...PROBLEMS },
      },
    },
    async (_, reply) => reply.send(retentionDocument(await retention.plan())),
  );
  app.post(
    "/v1/admin/retention",
    {
      preParsing: may("retention.run"),
      schema: {
        ...common,
        operationId: "runRetention",
        summary:
          "Archive the runs that are past their time, and remove them; the answer comes when it is done.",
        body: Running,
        response: { 200: shapes.retained, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      if (request.body.dryRun) {
        return reply.send({ dryRun: true, ...planDocument(await retention.plan()) });
      }
      const retained = await retention.run(kit.callerOf(request).actor);
      return reply.send({ dryRun: false, ...retainedDocument(retained) });
    },
  );
}
