// Registered workflows, and documents that are only checked.
import { z } from "zod";
import { registeredWorkflow, registeredWorkflows, versionDocument } from "../../../engine/index.ts";
import type { App, RouteKit } from "../app.ts";
import { isKnown, UNCHANGED } from "../known.ts";
import { NOT_FOUND, PROBLEMS } from "../schemas/problems.ts";
import { Posted, Reason } from "../schemas/run-bodies.ts";
import { problemsIn } from "../validity.ts";

const Registering = z
  .strictObject({
    ...Posted,
    workflow: z.string().min(1).describe("The text of the document."),
    reason: Reason,
  })
  .meta({ id: "Registering" });
const Checking = z.strictObject(Posted).meta({ id: "Checking" });
const name = z.string().min(1).max(500);

export function workflowRoutes(app: App, kit: RouteKit): void {
  const { driving, documents, shapes, may } = kit;

  app.post(
    "/v1/workflows",
    {
      preParsing: may("workflows.register"),
      schema: {
        tags: ["workflows"],
        operationId: "registerWorkflow",
        summary: "From then on the document's name stands for it.",
        body: Registering,
        response: { 200: shapes.registered, 201: shapes.registered, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const { reason, ...posted } = request.body;
      const asked = await documents.registration(posted, reason);
      const { registration, created } = await driving.engine.register(asked, kit.callerOf(request).actor);
      const version = await versionDocument(driving, registration, true);
      const { id } = registration.event.data.workflow;
      reply.code(created ? 201 : 200).header("location", `/v1/workflows/${encodeURIComponent(id)}`);
      return reply.send({ created, ...version });
    },
  );
  app.get(
    "/v1/workflows",
    {
      preParsing: may("workflows.read"),
      schema: {
        tags: ["workflows"],
        operationId: "listWorkflows",
        summary: "What is registered, by name.",
        response: { 200: shapes.workflows, ...PROBLEMS },
      },
    },
    async (_, reply) => reply.send({ items: await registeredWorkflows(driving), nextCursor: null }),
  );
  app.get(
    "/v1/workflows/:name",
    {
      preParsing: may("workflows.read"),
      schema: {
        tags: ["workflows"],
        operationId: "getWorkflow",
        summary: "A registered workflow as its name stands now.",
        params: z.object({ name }),
        response: { 200: shapes.workflow, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => reply.send(await registeredWorkflow(driving, request.params.name)),
  );
  app.get(
    "/v1/workflows/:name/versions/:version",
    {
      preParsing: may("workflows.read"),
      schema: {
        tags: ["workflows"],
        operationId: "getWorkflowVersion",
        summary: "A version of it: as the document says, or the beginning of its hash.",
        params: z.object({ name, version: name }),
        response: { 200: shapes.workflow, ...UNCHANGED, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const { name: text, version } = request.params;
      const document = await registeredWorkflow(driving, text, version);
      const tag = `${document.contentHash.slice(-32)}.${document.current}`;
      return isKnown(request, reply, tag) ? reply.code(304).send(null) : reply.send(document);
    },
  );
  app.post(
    "/v1/validate",
    {
      preParsing: may("documents.check"),
      schema: {
        tags: ["workflows"],
        operationId: "validate",
        summary: "All that is wrong with a document, without running it.",
        body: Checking,
        response: { 200: shapes.validated, ...PROBLEMS },
      },
    },
    async (request, reply) => reply.send(await problemsIn(documents, request.body)),
  );
}
