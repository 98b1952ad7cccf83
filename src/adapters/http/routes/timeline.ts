// Who waited for what, and how long.
import { z } from "zod";
import { isFinal } from "../../../domain/index.ts";
import { chartIn, findRun, historyOf, timelineDocument } from "../../../engine/index.ts";
import type { App, RouteKit } from "../app.ts";
import { isKnown, UNCHANGED } from "../known.ts";
import { NOT_FOUND, PROBLEMS } from "../schemas/problems.ts";
import { At, RunParams } from "../schemas/run-bodies.ts";

export function timelineRoutes(app: App, kit: RouteKit): void {
  const { driving, clock, shapes, may, payloads } = kit;
  app.get(
    "/v1/runs/:id/timeline",
    {
      preParsing: may("runs.read"),
      schema: {
        tags: ["runs"],
        operationId: "getTimeline",
        summary: "Who waited for what, how long, and the critical path.",
        params: RunParams,
        querystring: z.strictObject({ at: At }),
        response: { 200: shapes.timeline, ...UNCHANGED, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const { at } = request.query;
      const history = await historyOf(driving, await findRun(driving, request.params.id), at);
      const { status, head } = history.detail;
      const isOver = at !== undefined || isFinal(status);
      if (isOver && isKnown(request, reply, `${history.run}.${head}`)) return reply.code(304).send(null);
      await payloads.ofRun(kit.callerOf(request).actor, history);
      const now = at === undefined ? clock.now() : history.lastAt;
      return reply.send(timelineDocument(history, await chartIn(driving, history, now)));
    },
  );
}
