// What is signed of the log: heads, keys, proofs, and the tree itself as tiles (C2SP tlog-tiles, with /v1/audit as prefix).
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { JsonObject, Permission } from "../../../domain/index.ts";
import type { App, RouteKit } from "../app.ts";
import { isKnown, unchanging } from "../known.ts";
import { Refused } from "../refusal.ts";
import { NOT_FOUND, PROBLEMS } from "../schemas/problems.ts";
import { tileIn } from "../tile-path.ts";

const Text = z.custom<unknown>().meta({ type: "string" });
const NOT_CHANGED = z.null().describe("It is as the tag in `If-None-Match` says.");

export function auditRoutes(app: App, kit: RouteKit): void {
  const { audit, shapes, may } = kit;
  const route = (operationId: string, summary: string) => ({ tags: ["audit"], operationId, summary });
  const asText = (description: string, shape: z.ZodType) => ({
    description: `${description} JSON for whoever accepts that.`,
    content: { "text/plain": { schema: Text }, "application/json": { schema: shape } },
  });

  app.get(
    "/v1/audit/checkpoint",
    {
      preParsing: may("audit.read"),
      schema: {
        ...route("getCheckpoint", "The last head of the log that was signed."),
        response: {
          200: asText("A signed note (C2SP tlog-checkpoint).", shapes.checkpoint),
          304: NOT_CHANGED,
          ...PROBLEMS,
        },
      },
    },
    async (request, reply) => {
      const { origin, size, root, note } = (await audit.latest()) ?? (await audit.checkpoint());
      if (isKnown(request, reply, `${size}.${wantsJson(request)}`)) return reply.code(304).send(null);
      return told(request, reply, note, { origin, size, root, note });
    },
  );
  app.post(
    "/v1/audit/checkpoint",
    {
      preParsing: may("audit.sign"),
      schema: {
        ...route("makeCheckpoint", "Sign everything that is durable now, and ask the witnesses."),
        response: { 200: shapes.checkpoint, ...PROBLEMS },
      },
    },
    async (_, reply) => {
      const { origin, size, root, note, witnesses } = await audit.checkpoint();
      return reply.send({ origin, size, root, note, ...(witnesses && { witnesses }) });
    },
  );
  app.get(
    "/v1/audit/vkey",
    {
      preParsing: may("audit.read"),
      schema: {
        ...route("getVkey", "The keys that sign the log, and those that did."),
        response: { 200: shapes.vkeys, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (_, reply) => {
      const found = await audit.vkeys();
      if (!found)
        throw new Refused({
          code: "RUN_NOT_FOUND",
          detail: "nothing was signed yet: the first run makes the key",
        });
      return reply.send({ origin: found.origin, vkey: found.current, oldVkeys: found.old });
    },
  );
  app.get(
    "/v1/audit/proof/:event",
    {
      preParsing: may("audit.read"),
      schema: {
        ...route("getProof", "That an event stands where it stood when it was signed."),
        params: z.object({ event: z.uuid().describe("The id of the event.") }),
        response: { 200: asText("A proof (C2SP tlog-proof).", shapes.proof), ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const eventId = request.params.event.toLowerCase();
      const { index, size, text } = await audit.prove(eventId);
      return told(request, reply, text, { eventId, leafIndex: index, size, proof: text });
    },
  );

  const tiles = (path: string, id: string, summary: string, permission: Permission): void => {
    app.get(
      `/v1/audit/tile/${path}/*`,
      {
        preParsing: may(permission),
        schema: {
          ...route(id, summary),
          params: z.object({ "*": z.string().max(100), ...(path === ":level" && { level: Level }) }),
          response: {
            200: { description: "The tile.", content: { "application/octet-stream": { schema: Text } } },
            304: NOT_CHANGED,
            ...PROBLEMS,
            ...NOT_FOUND,
          },
        },
      },
      async (request, reply) => {
        const place = request.url.split("?", 1)[0] ?? "";
        const asked = tileIn(place.slice(place.indexOf("/tile/") + "/tile/".length));
        const bytes = asked && (await audit.tile(asked.level, asked.n, asked.width));
        if (!bytes)
          throw new Refused({
            code: "RUN_NOT_FOUND",
            detail: "there is no such tile under the last checkpoint",
          });
        if (unchanging(request, reply, place.slice("/v1/audit/".length))) return reply.code(304).send(null);
        return reply.type("application/octet-stream").send(Buffer.from(bytes));
      },
    );
  };
  tiles(
    ":level",
    "getTile",
    "256 hashes of the tree, or as many as there are: `x001/234`, `000.p/17`.",
    "audit.read",
  );
  tiles("entries", "getEntries", "The leaves themselves, of every tenant.", "audit.entries");
}

const Level = z.string().regex(/^\d{1,2}$/);

const wantsJson = ({ headers }: FastifyRequest): boolean =>
  headers.accept?.includes("application/json") === true;

/** As the text that its format is, or as a document of ours. */
function told(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
  document: JsonObject,
): FastifyReply {
  reply.header("vary", "accept");
  return wantsJson(request) ? reply.send(document) : reply.type("text/plain; charset=utf-8").send(text);
}
