// Runs: handed in, and looked at.
import { z } from "zod";
import { type Actor, isFinal } from "../../../domain/index.ts";
import {
  findRun,
  type History,
  historyOf,
  type RunDocument,
  reportOf,
  runDocument,
} from "../../../engine/index.ts";
import { admission } from "../admission.ts";
import type { App, RouteKit } from "../app.ts";
import { goneOf } from "../gone.ts";
import { isKnown, UNCHANGED } from "../known.ts";
import { reached } from "../reached.ts";
import { NOT_FOUND, PROBLEMS } from "../schemas/problems.ts";
import { At, RunParams, Submission, SubmissionHeaders, SubmissionQuery } from "../schemas/run-bodies.ts";
import { requestIn } from "../submission.ts";
import { waitedFor } from "../waited-for.ts";

const AsOf = z.strictObject({
  at: At,
  min_position: z
    .string()
    .regex(/^\d{1,19}$/)
    .exactOptional()
    .describe("The answer is not older than this position of the log; it waits up to 5 s for that."),
});

export function runRoutes(app: App, kit: RouteKit): void {
  const { driving, documents, shapes, may } = kit;
  const admitted = admission();

  const documentOf = async (history: History, actor: Actor): Promise<RunDocument> => {
    await kit.payloads.ofRun(actor, history);
    return runDocument(await reportOf(driving, history));
  };

  app.post(
    "/v1/runs",
    {
      preParsing: may("runs.submit"),
      schema: {
        tags: ["runs"],
        operationId: "submitRun",
        summary: "Run a document, or a registered workflow.",
        headers: SubmissionHeaders,
        querystring: SubmissionQuery,
        body: Submission,
        response: { 200: shapes.run, 201: shapes.run, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const { wait = 0 } = request.query;
      const { run, created, end } = await admitted(async () => {
        const asked = await requestIn(documents, request.body, request.headers["idempotency-key"]);
        await kit.ready(asked);
        return driving.engine.run(asked, kit.callerOf(request).actor);
      });
      await waitedFor(kit, { run, end, ms: wait * 1000, gone: goneOf(reply) });
      reply.code(created ? 201 : 200).header("location", `/v1/runs/${run}`);
      return reply.send(await documentOf(await historyOf(driving, run), kit.callerOf(request).actor));
    },
  );

  app.get(
    "/v1/runs/:id",
    {
      preParsing: may("runs.read"),
      schema: {
        tags: ["runs"],
        operationId: "getRun",
        summary: "How a run stands, or stood at a revision.",
        params: RunParams,
        querystring: AsOf,
        response: { 200: shapes.run, ...UNCHANGED, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const { at, min_position: least } = request.query;
      if (least !== undefined) await reached(kit, BigInt(least));
      const history = await historyOf(driving, await findRun(driving, request.params.id), at);
      const { status, head } = history.detail;
      const isOver = at !== undefined || isFinal(status);
      if (isOver && isKnown(request, reply, `${history.run}.${head}`)) return reply.code(304).send(null);
      return reply.send(await documentOf(history, kit.callerOf(request).actor));
    },
  );
}
