// How all runs stand, and what goes wrong most.
import { z } from "zod";
import { instantOf } from "../../../domain/index.ts";
import { FAILURE_CAUSES, failureCauses, statusDocument } from "../../../engine/index.ts";
import type { App, RouteKit } from "../app.ts";
import { PROBLEMS } from "../schemas/problems.ts";

const Causes = z.strictObject({
  by: z.enum(FAILURE_CAUSES).default("code"),
  since: z.iso.datetime({ offset: true }).exactOptional().describe("Failed then or later."),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

export function overviewRoutes(app: App, kit: RouteKit): void {
  const { driving, audit, settings, clock, shapes, may } = kit;
  app.get(
    "/v1/status",
    {
      preParsing: may("runs.read"),
      schema: {
        tags: ["runs"],
        operationId: "getStatus",
        summary:
          "Counts by status, the last runs, what comes due, the last checkpoint, and flags that are off.",
        response: { 200: shapes.status, ...PROBLEMS },
      },
    },
    async (_, reply) => {
      const beside = { signed: await audit.latest(), flags: await settings.flags() };
      return reply.send(await statusDocument(driving, clock.now(), beside));
    },
  );
  app.get(
    "/v1/failures",
    {
      preParsing: may("runs.read"),
      schema: {
        tags: ["runs"],
        operationId: "listFailures",
        summary: "What has failed: an item for each cause, how often, and an example.",
        querystring: Causes,
        response: { 200: shapes.failures, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { since, ...asked } = request.query;
      const from = since === undefined ? {} : { since: instantOf(Date.parse(since)) };
      const found = await failureCauses(driving, { ...asked, ...from });
      const told = found.items.flatMap(({ example }) =>
        example.message === undefined ? [] : [example.runId],
      );
      await kit.payloads.ofRuns(kit.callerOf(request).actor, told);
      return reply.send(found);
    },
  );
}
