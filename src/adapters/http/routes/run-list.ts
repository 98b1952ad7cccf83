// The list of runs: the newest first, filtered by what may be known of a run without reading its values.
import { z } from "zod";
import { AnyErrorCode, instantOf, isErrorCode, RUN_STATUSES, type RunStatus } from "../../../domain/index.ts";
import { listOf, type RunQuery, runsPage } from "../../../engine/index.ts";
import type { App, RouteKit } from "../app.ts";
import { cursorOf, placeIn } from "../cursor.ts";
import { reached } from "../reached.ts";
import { GONE, PROBLEMS } from "../schemas/problems.ts";
import { searched } from "../search.ts";
import { millisIn } from "../submission.ts";

const isReal = (status: RunStatus): status is Exclude<RunStatus, "absent"> => status !== "absent";
const Status = z.enum(RUN_STATUSES.filter(isReal));

/** Once, several times, or with commas between. */
const several = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (typeof value === "string" ? value.split(",") : value), z.array(schema).max(20));

const Query = z.strictObject({
  status: several(Status).exactOptional(),
  workflow: z.string().min(1).max(500).exactOptional().describe("Id or name."),
  error: AnyErrorCode.exactOptional().describe("Something failed in it with this code."),
  task: z.string().min(1).max(500).exactOptional().describe("A task that failed, or that the run is at."),
  tag: z.string().min(1).max(500).exactOptional(),
  retrying: z.enum(["true", "false"]).exactOptional().describe("A task waits for its next attempt."),
  stuck: z
    .string()
    .min(1)
    .max(100)
    .exactOptional()
    .describe("Nothing has happened for so long, such as `10m`."),
  unrepeated: z.enum(["true", "false"]).exactOptional().describe("Nobody has retried it yet."),
  since: z.iso.datetime({ offset: true }).exactOptional().describe("Submitted then or later."),
  q: z
    .string()
    .min(1)
    .max(200)
    .exactOptional()
    .describe("Words that stand in its id, its workflow's name, its tags, its status or its error code."),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().min(1).max(200).exactOptional().describe("`nextCursor` of the page before."),
  min_position: z
    .string()
    .regex(/^\d{1,19}$/)
    .exactOptional()
    .describe("The answer is not older than this position of the log."),
});
type Query = z.infer<typeof Query>;

export function runListRoutes(app: App, kit: RouteKit): void {
  const { driving, shapes, may, logId } = kit;
  app.get(
    "/v1/runs",
    {
      preParsing: may("runs.read"),
      schema: {
        tags: ["runs"],
        operationId: "listRuns",
        summary: "Runs, the newest first.",
        querystring: Query,
        response: { 200: shapes.runs, ...PROBLEMS, ...GONE },
      },
    },
    async (request, reply) => {
      const { q, min_position: least, ...query } = request.query;
      if (least !== undefined) await reached(kit, BigInt(least));
      const asked = queryOf(query, kit);
      const page = q === undefined ? await runsPage(driving, asked) : await searched(driving, asked, q);
      const { items, next } = await listOf(driving, page);
      return reply.send({ items, nextCursor: next === undefined ? null : cursorOf(logId, next) });
    },
  );
}

function queryOf(query: Omit<Query, "q" | "min_position">, { clock, logId }: RouteKit): RunQuery {
  const { status, workflow, error, task, tag, retrying, unrepeated, stuck, since, limit, cursor } = query;
  const before = cursor === undefined ? undefined : placeIn(logId, cursor, "cursor");
  return {
    limit,
    ...(status && { statuses: status }),
    ...(workflow !== undefined && { workflow }),
    ...(error !== undefined && isErrorCode(error) && { error }),
    ...(task !== undefined && { task }),
    ...(tag !== undefined && { tag }),
    ...(retrying === "true" && { retrying: true }),
    ...(unrepeated === "true" && { unrepeated: true }),
    ...(stuck !== undefined && { stuckSince: clock.now() - millisIn(stuck) }),
    ...(since !== undefined && { since: instantOf(Date.parse(since)) }),
    ...(typeof before === "bigint" && { before }),
  };
}
