// What is asked of a run that is there: by whoever may, and recorded as asked by them.
import { z } from "zod";
import { type Actor, type RunId, type RunRequest, TENANT_MAIN } from "../../../domain/index.ts";
import {
  actorId,
  ask,
  type Driving,
  ended,
  findRun,
  historyOf,
  isDrivenElsewhere,
  type RunDocument,
  reportOf,
  runDocument,
  taskOf,
} from "../../../engine/index.ts";
import type { App, RouteKit } from "../app.ts";
import type { Caller } from "../caller.ts";
import { CONFLICT, NOT_FOUND, PROBLEMS } from "../schemas/problems.ts";
import { AnyJson, Because, JsonObjectBody, Reason, RunParams } from "../schemas/run-bodies.ts";

const Resume = z
  .strictObject({
    reason: Reason,
    set: JsonObjectBody.exactOptional().describe(
      "What changes on the way: `inputs.x`, `tasks.<id>.params.x` or `tasks.<id>.result` → value.",
    ),
  })
  .meta({ id: "Resuming" });
const Signal = z.strictObject({ data: AnyJson.exactOptional(), reason: Reason }).meta({ id: "Signalling" });
const Decision = z
  .strictObject({
    decision: z.enum(["approved", "rejected"]),
    reason: Reason,
    edit: AnyJson.exactOptional().describe("What the approver gives along: `edit` in the task's result."),
  })
  .meta({ id: "Deciding" });
const name = z.string().min(1).max(500);

/** How long a process gets to act on a cancellation before the run is told as it stands. */
const PATIENCE_MS = 10_000;

export function runRequestRoutes(app: App, kit: RouteKit): void {
  const { shapes, may } = kit;
  const answers = { 200: shapes.run, ...PROBLEMS, ...NOT_FOUND, ...CONFLICT };
  const route = (operationId: string, summary: string) => ({ tags: ["runs"], operationId, summary });
  const as = (caller: Caller): Driving => ({ ...kit.driving, actor: caller.actor });

  const documentOf = async (driving: Driving, run: RunId): Promise<RunDocument> => {
    const history = await historyOf(driving, run);
    await kit.payloads.ofRun(driving.actor, history);
    return runDocument(await reportOf(driving, history));
  };

  const asked = async (driving: Driving, text: string, request: RunRequest, reason: string | undefined) => {
    const run = await findRun(driving, text);
    await ask(driving, run, { ...request, ...(reason !== undefined && { reason }) });
    return run;
  };

  app.post(
    "/v1/runs/:id/pause",
    {
      preParsing: may("runs.steer"),
      schema: {
        ...route("pauseRun", "Start nothing more of it."),
        params: RunParams,
        body: Because,
        response: answers,
      },
    },
    async (request) => {
      const driving = as(kit.callerOf(request));
      const run = await asked(driving, request.params.id, { type: "PauseRun" }, request.body.reason);
      return documentOf(driving, run);
    },
  );
  app.post(
    "/v1/runs/:id/resume",
    {
      preParsing: may("runs.steer"),
      schema: { ...route("resumeRun", "Go on with it."), params: RunParams, body: Resume, response: answers },
    },
    async (request) => {
      const driving = as(kit.callerOf(request));
      const run = await findRun(driving, request.params.id);
      const { reason, set } = request.body;
      const { status } = (await historyOf(driving, run)).detail;
      if (status === "paused" || set) {
        await asked(driving, run, { type: "ResumeRun", ...(set && { set }) }, reason);
      }
      return documentOf(driving, run);
    },
  );
  app.post(
    "/v1/runs/:id/cancel",
    {
      preParsing: may("runs.steer"),
      schema: { ...route("cancelRun", "Stop it."), params: RunParams, body: Because, response: answers },
    },
    async (request) => {
      const driving = as(kit.callerOf(request));
      const run = await asked(driving, request.params.id, { type: "CancelRun" }, request.body.reason);
      await cancelled(kit, driving, run);
      return documentOf(driving, run);
    },
  );
  app.post(
    "/v1/runs/:id/retry",
    {
      preParsing: may("runs.submit"),
      schema: {
        ...route("retryRun", "A linked new run that repeats only what failed."),
        params: RunParams,
        body: Because,
        response: { ...answers, 201: shapes.run },
      },
    },
    async (request, reply) => {
      const driving = as(kit.callerOf(request));
      const run = await findRun(driving, request.params.id);
      const started = await driving.engine.retry(run, driving.tenant, driving.actor, request.body.reason);
      reply.code(started.created ? 201 : 200).header("location", `/v1/runs/${started.run}`);
      return documentOf(driving, started.run);
    },
  );
  app.post(
    "/v1/runs/:id/signals/:name",
    {
      preParsing: may("runs.signal"),
      schema: {
        ...route("signalRun", "For the tasks that wait for it, or will."),
        params: RunParams.extend({ name }),
        body: Signal,
        response: answers,
      },
    },
    async (request) => {
      const driving = as(kit.callerOf(request));
      const { data, reason } = request.body;
      const signal: RunRequest = {
        type: "SendSignal",
        name: request.params.name,
        ...(data !== undefined && { payload: data }),
      };
      return documentOf(driving, await asked(driving, request.params.id, signal, reason));
    },
  );
  app.post(
    "/v1/runs/:id/tasks/:task/decision",
    {
      preParsing: may("runs.decide"),
      schema: {
        ...route("decide", "Approve or reject what a task asks."),
        params: RunParams.extend({ task: name }),
        body: Decision,
        response: answers,
      },
    },
    async (request) => {
      const caller = kit.callerOf(request);
      const driving = { ...kit.driving, actor: await personOf(kit, caller) };
      const run = await findRun(driving, request.params.id);
      const { decision, reason, edit } = request.body;
      const task = await taskOf(driving, run, request.params.task);
      const decided: RunRequest = {
        type: "DecideApproval",
        task,
        decision,
        ...(edit !== undefined && { edit }),
      };
      return documentOf(driving, await asked(driving, run, decided, reason));
    },
  );
}

/** Documents name approvers by their names; a key speaks for the one whose name it has. */
async function personOf({ door, driving }: RouteKit, { actor, key }: Caller): Promise<Actor> {
  const known = key === undefined ? null : (await door.keyring.show(key)).name;
  if (known === null) return actor;
  return { ...actor, onBehalfOf: actorId(await driving.keys(), TENANT_MAIN, known) };
}

async function cancelled({ clock, closing }: RouteKit, driving: Driving, run: RunId): Promise<void> {
  const until = clock.monotonic() + PATIENCE_MS;
  const history = await historyOf(driving, run);
  if (history.detail.endedAt !== undefined) return;
  if (!(await isDrivenElsewhere(driving, history))) {
    let cancel = (): void => undefined;
    const late = new Promise<void>((resolve) => {
      cancel = clock.after(PATIENCE_MS, resolve);
    });
    await Promise.race([driving.engine.drive(run, driving.tenant, driving.actor), late]).finally(() =>
      cancel(),
    );
    return;
  }
  const waiting = { clock, interrupted: closing };
  await ended(waiting, driving, run, history.detail.events, async () => clock.monotonic() > until);
}
