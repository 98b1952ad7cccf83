// Who waited for what, and how long.
import { chartIn, findRun, historyOf, timelineDocument } from "../../../engine/index.ts";
import type { App, RouteKit } from "../app.ts";
import { NOT_FOUND, PROBLEMS } from "../schemas/problems.ts";
import { RunParams } from "../schemas/run-bodies.ts";

export function timelineRoutes(app: App, { driving, clock, shapes, may }: RouteKit): void {
  app.get(
    "/v1/runs/:id/timeline",
    {
      preParsing: may("runs.read"),
      schema: {
        tags: ["runs"],
        operationId: "getTimeline",
        summary: "Who waited for what, how long, and the critical path.",
        params: RunParams,
        response: { 200: shapes.timeline, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const history = await historyOf(driving, await findRun(driving, request.params.id));
      return reply.send(timelineDocument(history, await chartIn(driving, history, clock.now())));
    },
  );
}
