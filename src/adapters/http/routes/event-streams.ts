// The log as it grows, over server-sent events.
import { z } from "zod";
import { findRun, isEnd, lastEventOf } from "../../../engine/index.ts";
import type { App, RouteKit } from "../app.ts";
import { placeIn } from "../cursor.ts";
import { filterOf } from "../event-pages.ts";
import { eventStreams } from "../event-stream.ts";
import { GONE, NOT_FOUND, PROBLEMS } from "../schemas/problems.ts";
import { RunParams } from "../schemas/run-bodies.ts";

const after = z
  .string()
  .min(1)
  .max(200)
  .exactOptional()
  .describe("A cursor, `start` or `now`; now when left out.");
const type = z
  .string()
  .min(1)
  .max(1000)
  .exactOptional()
  .describe("`RunSucceeded`, `Task*`; several with commas.");
const stream = z
  .string()
  .min(1)
  .max(300)
  .exactOptional()
  .describe("Streams whose names begin so: `run-main.`.");
const Headers = z.object({
  "last-event-id": z.string().max(200).exactOptional().describe("Where the connection before broke off."),
});

const Answer = {
  description: "Events as they come; `id` is a cursor. `caught-up` and `chunk` have none.",
  content: { "text/event-stream": { schema: z.string() } },
};

export function eventStreamRoutes(app: App, kit: RouteKit): void {
  const { driving, may } = kit;
  const streamed = eventStreams(kit);

  app.get(
    "/v1/events/stream",
    {
      preParsing: may("events.read"),
      schema: {
        tags: ["events"],
        operationId: "streamEvents",
        summary: "What happens, as it happens.",
        headers: Headers,
        querystring: z.strictObject({ after, type, stream }),
        response: { 200: Answer, ...PROBLEMS, ...GONE },
      },
    },
    async (request, reply) => {
      const { after: from, ...asked } = request.query;
      await streamed(request, reply, { after: from, filter: filterOf(driving, asked) });
    },
  );
  app.get(
    "/v1/runs/:id/stream",
    {
      preParsing: may("events.read"),
      schema: {
        tags: ["events"],
        operationId: "streamRun",
        summary: "What happens in a run, and what its models say meanwhile; it ends with the run.",
        headers: Headers,
        params: RunParams,
        querystring: z.strictObject({ after, type }),
        response: {
          200: Answer,
          204: z.null().describe("The run is over, and everything of it was seen."),
          ...PROBLEMS,
          ...GONE,
          ...NOT_FOUND,
        },
      },
    },
    async (request, reply) => {
      const run = await findRun(driving, request.params.id);
      const { after: from, type: types } = request.query;
      const newest = await lastEventOf(driving, run);
      const last = placeIn(kit.logId, request.headers["last-event-id"] || from || "now");
      const isSeen = last === "now" || (last !== "start" && last >= newest.position);
      if (isEnd(newest) && isSeen) return reply.code(204).send(null);
      await streamed(request, reply, { after: from, filter: filterOf(driving, { type: types, run }), run });
    },
  );
}
