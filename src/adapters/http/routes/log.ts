// What programs need beside events that read the log as the engine does: how far it has come, what events refer to, and
// who an actor is.
import { z } from "zod";
import { blobOfRun, findRun, followPages } from "../../../engine/index.ts";
import type { App, RouteKit } from "../app.ts";
import { cursorOf, placeIn } from "../cursor.ts";
import { goneOf } from "../gone.ts";
import { unchanging } from "../known.ts";
import { Refused } from "../refusal.ts";
import { GONE, NOT_FOUND, PROBLEMS } from "../schemas/problems.ts";
import { RunParams } from "../schemas/run-bodies.ts";

const Head = z
  .strictObject({
    position: z.string().describe("Of the last event; `start` while there is none."),
    cursor: z.string(),
  })
  .meta({ id: "Head" });
const HeadQuery = z.strictObject({
  after: z
    .string()
    .min(1)
    .max(200)
    .exactOptional()
    .describe("A cursor; with `wait`, until the log is beyond it."),
  wait: z.coerce.number().min(0).max(60).default(0),
});
/** Sent as they are. */
const Bytes = z.custom<Uint8Array>().meta({ type: "string", format: "binary" });
const BlobParams = RunParams.extend({ hash: z.string().regex(/^sha256-[0-9a-f]{64}$/) });
const Known = z
  .strictObject({
    id: z.string(),
    name: z.string().nullable().describe("Null where none is known, or it was erased."),
  })
  .meta({ id: "KnownActor" });

export function logRoutes(app: App, kit: RouteKit): void {
  const { driving, may, logId, clock, closing } = kit;
  const route = (operationId: string, summary: string) => ({ tags: ["events"], operationId, summary });

  app.get(
    "/v1/events/head",
    {
      preParsing: may("events.read"),
      schema: {
        ...route("getHead", "How far the log has come; with `wait` as soon as it goes on."),
        querystring: HeadQuery,
        response: { 200: Head, ...PROBLEMS, ...GONE },
      },
    },
    async (request, reply) => {
      const { after, wait } = request.query;
      const place = after === undefined ? undefined : placeIn(logId, after);
      const { events } = driving.store;
      let head = await events.head();
      if (wait > 0 && (place === "now" || place === head)) {
        const late = new AbortController();
        const cancel = clock.after(wait * 1000, () => late.abort());
        const signal = AbortSignal.any([late.signal, goneOf(reply), closing]);
        for await (const { next } of followPages(events, head, { signal })) {
          if (next === head) continue;
          head = next;
          break;
        }
        cancel();
      }
      return reply.send({ position: String(head), cursor: cursorOf(logId, head) });
    },
  );
  app.get(
    "/v1/runs/:id/blobs/:hash",
    {
      preParsing: may("events.read"),
      schema: {
        ...route("getRunBlob", "What an event of the run refers to: a file, a large value, its definition."),
        params: BlobParams,
        response: {
          200: {
            description: "The bytes.",
            content: { "application/octet-stream": { schema: Bytes } },
          },
          304: z.null().describe("It is as the tag in `If-None-Match` says."),
          ...PROBLEMS,
          ...NOT_FOUND,
          ...GONE,
        },
      },
    },
    async (request, reply) => {
      const { hash } = request.params;
      const run = await findRun(driving, request.params.id);
      const blob = await blobOfRun(driving, run, hash);
      if (!blob)
        throw new Refused({
          code: "RUN_NOT_FOUND",
          detail: `run ${run} refers to nothing by the hash ${hash}`,
        });
      if (blob.isSealed) {
        await kit.payloads.ofRun(kit.callerOf(request).actor, { run });
        reply.header("cache-control", "no-store");
      } else if (unchanging(request, reply, hash)) return reply.code(304).send(null);
      // Bytes of somebody's own: a browser must not take them for a page of this server's.
      reply.header("content-disposition", "attachment").type("application/octet-stream");
      return reply.send(Buffer.from(blob.bytes));
    },
  );
  app.get(
    "/v1/actors/:actor",
    {
      preParsing: may("runs.read"),
      schema: {
        ...route("getActor", "The name behind the id of an actor."),
        params: z.object({ actor: z.string().min(1).max(200) }),
        response: { 200: Known, ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { actor: id } = request.params;
      return reply.send({ id, name: (await driving.nameOf({ type: "user", id })) ?? null });
    },
  );
}
