// Runs and what came of them: forks, differences, bundles.
import { z } from "zod";
import { isFinal } from "../../../domain/index.ts";
import {
  diffRuns,
  type ForkRequest,
  findRun,
  historyOf,
  reportOf,
  runDocument,
} from "../../../engine/index.ts";
import type { App, RouteKit } from "../app.ts";
import { isKnown, UNCHANGED } from "../known.ts";
import { linesOf, sentLines } from "../lines.ts";
import { CONFLICT, GONE, NOT_FOUND, PROBLEMS } from "../schemas/problems.ts";
import { Forking, RunParams } from "../schemas/run-bodies.ts";
import { requestIn } from "../submission.ts";

const flag = z.enum(["true", "false"]);
const Plan = z.strictObject({
  dry_run: flag.exactOptional().describe("`true`: only what would be taken over and done again."),
});
const Timing = z.strictObject({ timing: flag.exactOptional().describe("Also times that differ.") });
const Children = z.strictObject({
  children: flag.default("true").describe("With the runs that its tasks are."),
});

export function comparingRoutes(app: App, kit: RouteKit): void {
  const { driving, documents, shapes, may, exports } = kit;
  const route = (operationId: string, summary: string) => ({ tags: ["runs"], operationId, summary });

  const forkIn = async ({ from, set, reason, recordedFiles, ...posted }: Forking): Promise<ForkRequest> => {
    const isOther = posted.workflow !== undefined || posted.name !== undefined;
    return {
      ...(from !== undefined && { from: String(from) }),
      ...(set && { set }),
      ...(reason !== undefined && { reason }),
      ...(recordedFiles && { withRecordedFiles: true }),
      ...(isOther && { document: await requestIn(documents, posted, undefined, "as it is") }),
    };
  };

  app.post(
    "/v1/runs/:id/fork",
    {
      preParsing: may("runs.submit"),
      schema: {
        ...route("forkRun", "A linked new run that goes another way from a task or an event on."),
        params: RunParams,
        querystring: Plan,
        body: Forking,
        response: {
          200: shapes.forkPlan,
          201: shapes.run,
          ...PROBLEMS,
          ...NOT_FOUND,
          ...CONFLICT,
          ...GONE,
        },
      },
    },
    async (request, reply) => {
      const { actor } = kit.callerOf(request);
      const run = await findRun(driving, request.params.id);
      const asked = await forkIn(request.body);
      if (request.query.dry_run === "true") {
        return reply.send(await driving.engine.planFork(run, driving.tenant, asked));
      }
      const started = await driving.engine.fork(run, driving.tenant, actor, asked);
      reply.code(201).header("location", `/v1/runs/${started.run}`);
      const history = await historyOf(driving, started.run);
      await kit.payloads.ofRun(actor, history);
      return reply.send(runDocument(await reportOf(driving, history)));
    },
  );
  app.get(
    "/v1/runs/:id/diff/:other",
    {
      preParsing: may("runs.read"),
      schema: {
        ...route("diffRuns", "Where two runs begin to differ, and everything else in which they do."),
        params: RunParams.extend({ other: RunParams.shape.id }),
        querystring: Timing,
        response: { 200: shapes.diff, ...UNCHANGED, ...PROBLEMS, ...NOT_FOUND },
      },
    },
    async (request, reply) => {
      const { id, other } = request.params;
      const [a, b] = [await findRun(driving, id), await findRun(driving, other)];
      const timing = request.query.timing === "true";
      const sides = [await historyOf(driving, a), await historyOf(driving, b)];
      const tag = sides.map(({ run, detail }) => `${run}.${detail.head}`).join("-");
      const areOver = sides.every(({ detail }) => isFinal(detail.status));
      if (areOver && isKnown(request, reply, `${tag}.${timing}`)) return reply.code(304).send(null);
      await kit.payloads.ofRuns(kit.callerOf(request).actor, [a, b]);
      return reply.send(await diffRuns(driving, a, b, { timing }));
    },
  );
  app.get(
    "/v1/runs/:id/bundle",
    {
      exposeHeadRoute: false, // it is recorded, and nothing would be given
      preParsing: may("runs.export"),
      schema: {
        ...route("exportRun", "All that is recorded of it, to be verified offline; the export is recorded."),
        params: RunParams,
        querystring: Children,
        response: {
          200: linesOf("A line of JSON for each event and blob; without its last line it is not whole."),
          ...PROBLEMS,
          ...NOT_FOUND,
        },
      },
    },
    async (request, reply) => {
      const run = await findRun(driving, request.params.id);
      const children = request.query.children === "true";
      const lines = await exports(kit.callerOf(request).actor).bundle({ run, children });
      return sentLines(reply, { lines, log: kit.log, file: `${run}.jsonl` });
    },
  );
}
