// What is done about persons: their data is held, or destroyed. Names stand in bodies only: addresses are logged.
import { z } from "zod";
import { erasuresDocument, holdsDocument, persons } from "../../../engine/index.ts";
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
  const route = (operationId: string, summary: string) => ({ tags: ["persons"], operationId, summary });

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
      const { subject: name, reason } = request.body;
      const erased = await persons(driving, kit.callerOf(request).actor).erase(name, reason);
      reply.code(erased.status === "deferred" ? 202 : 200);
      return reply.send(erased);
    },
  );
  app.get(
    "/v1/admin/erasures",
    {
      preParsing: may("persons.read"),
      schema: {
        ...route("listErasures", "What was asked to be destroyed, by whom and why, and how far that is."),
        response: { 200: shapes.erasures, ...PROBLEMS },
      },
    },
    async (_, reply) => {
      const items = await erasuresDocument(driving.store.events, driving.tenant);
      return reply.send({ items: [...items], nextCursor: null });
    },
  );
  app.get(
    "/v1/admin/holds",
    {
      preParsing: may("persons.read"),
      schema: {
        ...route("listHolds", "What is held, since when, by whom and why; persons by their pseudonyms."),
        response: { 200: shapes.holds, ...PROBLEMS },
      },
    },
    async (_, reply) => {
      const items = await holdsDocument(driving.store.events, driving.tenant);
      return reply.send({ items: [...items], nextCursor: null });
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
        const { reason, ...what } = request.body;
        const { actor } = kit.callerOf(request);
        return reply.send(await persons(driving, actor).hold(change, what, reason));
      },
    );
  }
}
