// Who did what to what: the log as an auditor asks it. A person is named in a body alone: addresses are logged.
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { Instant } from "../../../domain/index.ts";
import type { TrailAsked } from "../../../engine/index.ts";
import type { App, RouteKit } from "../app.ts";
import { jsonLines, linesOf, sentLines } from "../lines.ts";
import { PROBLEMS } from "../schemas/problems.ts";

const Narrowed = z.strictObject({
  actor: z
    .string()
    .min(1)
    .max(500)
    .exactOptional()
    .describe("An id, the beginning of one, or a name in the directory."),
  on: z
    .string()
    .min(1)
    .max(500)
    .exactOptional()
    .describe("The beginning of the id of a run, subject, key, endpoint or whatever else has a stream."),
  type: z
    .string()
    .regex(/^[A-Za-z*]+(?:,[A-Za-z*]+)*$/)
    .max(1000)
    .exactOptional()
    .describe("`RunFailed`, `Task*`; several with commas."),
  outcome: z.enum(["success", "failure", "denied"]).exactOptional(),
  since: Instant.exactOptional().describe("Then or later: an instant in UTC."),
});
const Asked = Narrowed.extend({
  all: z
    .enum(["true", "false"])
    .default("false")
    .describe("`true`: also what the engine and providers did in consequence."),
});
const OfPerson = Narrowed.extend({
  subject: z
    .string()
    .min(1)
    .max(500)
    .describe(
      "As it was given when a run was submitted: what was decided on them, read of them, done to their runs.",
    ),
  all: z.boolean().default(false).describe("Also what the engine and providers did in consequence."),
}).meta({ id: "TrailOfPerson" });

export function trailRoutes(app: App, kit: RouteKit): void {
  const told = async (asked: TrailAsked, request: FastifyRequest, reply: FastifyReply) => {
    const entries = await kit.audit.trail(asked, kit.callerOf(request).actor);
    return sentLines(reply, { lines: jsonLines(entries), log: kit.log });
  };
  const common = {
    tags: ["audit"],
    response: { 200: linesOf("An entry a line, as `audit trail --json` prints them."), ...PROBLEMS },
  };

  app.get(
    "/v1/audit/trail",
    {
      exposeHeadRoute: false, // it is recorded, and nothing would be told
      preParsing: kit.may("audit.trail"),
      schema: {
        ...common,
        operationId: "readTrail",
        summary: "Who did what to what, from the beginning of the log on; that it was read is recorded.",
        querystring: Asked,
      },
    },
    async (request, reply) => {
      const { type, all, ...narrowed } = request.query;
      return told({ ...narrowed, types: typesIn(type), everything: all === "true" }, request, reply);
    },
  );
  app.post(
    "/v1/audit/trail",
    {
      preParsing: kit.may("audit.trail"),
      schema: {
        ...common,
        operationId: "readTrailOfPerson",
        summary: "The same of a person; that it was read is recorded, by pseudonym.",
        body: OfPerson,
      },
    },
    async (request, reply) => {
      const { type, all: everything, subject: person, ...narrowed } = request.body;
      return told({ ...narrowed, person, types: typesIn(type), everything }, request, reply);
    },
  );
}

const typesIn = (type: string | undefined): readonly string[] => type?.split(",") ?? [];
