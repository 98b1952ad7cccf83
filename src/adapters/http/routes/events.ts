// The log, page by page: from a cursor on, at once or when there is something.
import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { GleitzeitError, type Position, type RunId, runStream } from "../../../domain/index.ts";
import { type EventJson, findRun, type StoredEvent, type ValuesForm } from "../../../engine/index.ts";
import type { App, RouteKit } from "../app.ts";
import { cursorOf, placeIn } from "../cursor.ts";
import { type EventFilter, filterOf, pageOf, shownEvents, wantedOf } from "../event-pages.ts";
import { goneOf } from "../gone.ts";
import { GONE, NOT_FOUND, PROBLEMS } from "../schemas/problems.ts";
import { RunParams } from "../schemas/run-bodies.ts";

const After = z
  .string()
  .min(1)
  .max(200)
  .exactOptional()
  .describe("A cursor, `start` or `now`; from the start when left out.");
const Limit = z.coerce.number().int().min(1).max(500).default(50);
const Type = z
  .string()
  .min(1)
  .max(1000)
  .exactOptional()
  .describe("`RunSucceeded`, `Task*`; several with commas.");
const Wait = z.coerce
  .number()
  .min(0)
  .max(60)
  .default(0)
  .describe("So many seconds the answer waits until there is something.");

const Values = z
  .enum(["shown", "stored"])
  .default("shown")
  .describe(
    "`stored`: references to blobs and escaped keys stand as in the log, for programs that read it as the engine does.",
  );
const Revision = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

const OfAll = z.strictObject({
  after: After,
  limit: Limit,
  wait: Wait,
  type: Type,
  stream: z.string().min(1).max(300).exactOptional().describe("Streams whose names begin so: `run-main.`."),
  values: Values,
});
const OfRun = z.strictObject({
  after: After,
  limit: Limit,
  wait: Wait,
  type: Type,
  values: Values,
  from: Revision.exactOptional().describe("From that revision of the run on, instead of a cursor."),
  revisions: z
    .preprocess(
      (value) => (typeof value === "string" ? value.split(",") : value),
      z.array(Revision).min(1).max(500),
    )
    .exactOptional()
    .describe("Just these, with commas between."),
});

type Paging = {
  readonly after?: string | undefined;
  readonly limit: number;
  readonly wait: number;
  readonly values: ValuesForm;
};
type ByRevision = Pick<Paging, "limit" | "values"> & {
  readonly from: number | undefined;
  readonly revisions: readonly number[] | undefined;
};

const twoPlaces = (): GleitzeitError =>
  new GleitzeitError("INVALID_PARAMS", "give one of `after`, `from` and `revisions`");

export function eventRoutes(app: App, kit: RouteKit): void {
  const { driving, shapes, may, logId } = kit;
  const answers = { 200: shapes.events, ...PROBLEMS, ...GONE };

  const shownTo = async (
    request: FastifyRequest,
    events: readonly StoredEvent[],
    values: ValuesForm,
  ): Promise<EventJson[]> => {
    const shown = await shownEvents(events, driving, values);
    await kit.payloads.ofEvents(kit.callerOf(request).actor, shown);
    return [...shown];
  };

  const page = async (
    request: FastifyRequest,
    { after = "start", limit, wait, values }: Paging,
    filter: EventFilter,
    gone: AbortSignal,
  ) => {
    const late = new AbortController();
    const cancel = kit.clock.after(wait * 1000, () => late.abort());
    if (wait === 0) late.abort();
    try {
      const place = placeIn(logId, after);
      const from: Position | "start" = place === "now" ? await driving.store.events.head() : place;
      const enough = AbortSignal.any([late.signal, gone, kit.closing]);
      const { events, next } = await pageOf(driving, { after: from, limit, filter, enough });
      return { items: await shownTo(request, events, values), nextCursor: cursorOf(logId, next) };
    } finally {
      cancel();
    }
  };

  /** By their place in the run, not in the log. */
  const ofRevisions = async (
    request: FastifyRequest,
    run: RunId,
    { from, revisions, limit, values }: ByRevision,
    filter: EventFilter,
  ) => {
    const { events } = driving.store;
    const stream = runStream(run, driving.tenant);
    const found = revisions
      ? await events.readMany(stream, revisions)
      : await events.read(stream, from ?? 0, limit);
    const next = found.at(-1)?.position ?? "start";
    const items = await shownTo(request, wantedOf(found, filter), values);
    return { items, nextCursor: cursorOf(logId, next) };
  };

  app.get(
    "/v1/events",
    {
      preParsing: may("events.read"),
      schema: {
        tags: ["events"],
        operationId: "listEvents",
        summary: "What happened, in order; with `wait` also what is about to.",
        querystring: OfAll,
        response: answers,
      },
    },
    async (request, reply) => {
      const { type, stream, ...place } = request.query;
      return reply.send(await page(request, place, filterOf(driving, { type, stream }), goneOf(reply)));
    },
  );
  app.get(
    "/v1/runs/:id/events",
    {
      preParsing: may("events.read"),
      schema: {
        tags: ["events"],
        operationId: "listRunEvents",
        summary: "What happened in a run, in order.",
        params: RunParams,
        querystring: OfRun,
        response: { ...answers, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const run = await findRun(driving, request.params.id);
      const { type, from, revisions, ...place } = request.query;
      const filter = filterOf(driving, { type, run });
      if (from === undefined && !revisions) {
        return reply.send(await page(request, place, filter, goneOf(reply)));
      }
      if (place.after !== undefined || (from !== undefined && revisions)) throw twoPlaces();
      return reply.send(await ofRevisions(request, run, { ...place, from, revisions }, filter));
    },
  );
}
