// What is done about persons: their data is held, or destroyed. Names stand in bodies only: addresses are logged.
import { z } from "zod";
import type { HoldTarget } from "../../../domain/index.ts";
import {
  actorId,
  checkReason,
  erasureDocument,
  findRun,
  nothingHeld,
  subjectPseudonym,
} from "../../../engine/index.ts";
import type { App, RouteKit } from "../app.ts";
import { NOT_FOUND, PROBLEMS } from "../schemas/problems.ts";
import { Reason } from "../schemas/run-bodies.ts";

const subject = z.string().min(1).max(500).describe("As it was given when the run was submitted.");
const Erasing = z
  .strictObject({
    subject,
    reason: z.string().min(1).max(10_000).describe("Kept in clear: it must not name the person."),
  })
  .meta({ id: "Erasing" });
const Holding = z
  .union([
    z.strictObject({ subject, reason: Reason }),
    z.strictObject({ run: z.string().min(1).max(500).describe("The id of a run."), reason: Reason }),
  ])
  .meta({ id: "Holding" });

export function personRoutes(app: App, kit: RouteKit): void {
  const { driving, shapes, may } = kit;
  const { engine, tenant } = driving;
  const route = (operationId: string, summary: string) => ({ tags: ["persons"], operationId, summary });

  const targetOf = async (asked: z.infer<typeof Holding>): Promise<HoldTarget> =>
    "run" in asked
      ? { run: await findRun(driving, asked.run) }
      : { subject: subjectPseudonym(await driving.keys(), tenant, asked.subject) };

  app.post(
    "/v1/admin/erasures",
    {
      preParsing: may("persons.manage"),
      schema: {
        ...route("eraseSubject", "Destroy what is held on a person; put off while it is held."),
        body: Erasing,
        response: { 200: shapes.erased, 202: shapes.erased, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const { subject: text, reason } = request.body;
      checkReason(reason, text);
      const keys = await driving.keys();
      const pseudonym = subjectPseudonym(keys, tenant, text);
      const { actor } = kit.callerOf(request);
      const erasure = await engine.erase({ tenant, subject: pseudonym, actor, reason });
      const name = erasure.kind !== "deferred" && (await driving.forget(actorId(keys, tenant, text)));
      if (erasure.kind === "unknown" && !name) throw nothingHeld();
      reply.code(erasure.kind === "deferred" ? 202 : 200);
      return reply.send({ ...erasureDocument(erasure), subject: pseudonym, name });
    },
  );
  for (const [path, change, id, summary] of [
    ["/v1/admin/holds", "place", "placeHold", "Forbid that a person's data or a run is erased or removed."],
    ["/v1/admin/holds/release", "release", "releaseHold", "Allow it again; what waited for that is done."],
  ] as const) {
    app.post(
      path,
      {
        preParsing: may("persons.manage"),
        schema: {
          ...route(id, summary),
          body: Holding,
          response: { 200: shapes.held, ...PROBLEMS, ...NOT_FOUND },
        },
      },
      async (request, reply) => {
        const { reason, ...named } = request.body;
        if ("subject" in named) checkReason(reason, named.subject);
        const target = await targetOf(request.body);
        const { actor } = kit.callerOf(request);
        const { isChanged, erased } = await engine.hold({
          change,
          target,
          tenant,
          actor,
          reason,
        });
        return reply.send({ target, changed: isChanged, erased });
      },
    );
  }
}
