// Who did what to what: the log as an auditor asks it.
import { z } from "zod";
import { Instant } from "../../../domain/index.ts";
import type { App, RouteKit } from "../app.ts";
import { jsonLines, linesOf, sentLines } from "../lines.ts";
import { PROBLEMS } from "../schemas/problems.ts";

const Asked = z.strictObject({
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
  all: z
    .enum(["true", "false"])
    .default("false")
    .describe("`true`: also what the engine and providers did in consequence."),
});

export function trailRoutes(app: App, kit: RouteKit): void {
  app.get(
    "/v1/audit/trail",
    {
      exposeHeadRoute: false, // it is recorded, and nothing would be told
      preParsing: kit.may("audit.trail"),
      schema: {
        tags: ["audit"],
        operationId: "readTrail",
        summary: "Who did what to what, from the beginning of the log on; that it was read is recorded.",
        querystring: Asked,
        response: { 200: linesOf("An entry a line, as `audit trail --json` prints them."), ...PROBLEMS },
      },
    },
    async (request, reply) => {
      const { actor, on, type, outcome, since, all } = request.query;
      const entries = await kit.audit.trail(
        {
          ...(actor !== undefined && { actor }),
          ...(on !== undefined && { on }),
          types: type?.split(",") ?? [],
          ...(outcome !== undefined && { outcome }),
          ...(since !== undefined && { since }),
          everything: all === "true",
        },
        kit.callerOf(request).actor,
      );
      return sentLines(reply, { lines: jsonLines(entries), log: kit.log });
    },
  );
}
