// signal, approve, reject: what people and other programs say to a run that waits for it.
import { z } from "zod";
import {
  GleitzeitError,
  type Json,
  parseJson,
  type RejectionCode,
  type RunId,
  type RunRequest,
  TaskId,
} from "../../../domain/index.ts";
import { findRun, historyOf, reportOf, runDocument } from "../../../engine/index.ts";
import type { Command, Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { optionsOf } from "../options.ts";
import { answer } from "../output.ts";
import type { Driving } from "../parts.ts";

const JsonOption = z.string().transform((text, context): Json => {
  try {
    return parseJson(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    context.addIssue({ code: "custom", message: `must be JSON, such as {"n": 1} or "text" (${why})` });
    return z.NEVER;
  }
});

const SignalOptions = z.object({ data: JsonOption.optional(), reason: z.string().optional() });
const DecisionOptions = z.object({ edit: JsonOption.optional(), reason: z.string().optional() });

export const signal: Command = async ({ args: [text = "", name = ""], options: typed }, context) => {
  const { data, reason } = optionsOf(SignalOptions, typed);
  const request: RunRequest = {
    type: "SendSignal",
    name,
    ...(data !== undefined && { payload: data }),
    ...(reason !== undefined && { reason }),
  };
  return told(context, text, async () => request, `has signal ${name}`);
};

const decision =
  (which: "approved" | "rejected"): Command =>
  async ({ args: [text = "", task = ""], options: typed }, context) => {
    const { edit, reason } = optionsOf(DecisionOptions, typed);
    const request = async (driving: Driving, run: RunId): Promise<RunRequest> => ({
      type: "DecideApproval",
      task: await taskOf(driving, run, task),
      decision: which,
      ...(reason !== undefined && { reason }),
      ...(edit !== undefined && { edit }),
    });
    return told(context, text, request, `has ${task} ${which} by you`);
  };

export const approve = decision("approved");
export const reject = decision("rejected");

/** By id or name, as documents refer to tasks. */
async function taskOf(driving: Driving, run: RunId, text: string): Promise<TaskId> {
  const { graph } = await historyOf(driving, run);
  const place = graph.heads.tasks.get(text);
  const node = place === undefined ? undefined : graph.nodes[place];
  const id = TaskId.safeParse(text);
  if (node) return node.id;
  if (id.success) return id.data;
  throw new GleitzeitError("TASK_NOT_FOUND", `run ${run} has no task ${text}`);
}

/** Whoever may not is told so with an exit of its own. */
const CODE_OF: Readonly<Partial<Record<RejectionCode, GleitzeitError["code"]>>> = {
  NotAllowed: "AUTHORIZATION_FAILED",
  TaskNotFound: "TASK_NOT_FOUND",
  SignalUnknown: "INVALID_REQUEST",
};

async function told(
  context: Context,
  text: string,
  requestOf: (driving: Driving, run: RunId) => Promise<RunRequest>,
  said: string,
): Promise<number> {
  const run = await findRun(await context.parts.reading(), text);
  const driving = await context.parts.driving();
  const request = await requestOf(driving, run);
  const { decision: decided, owner } = await driving.engine.request(
    run,
    driving.tenant,
    request,
    driving.actor,
  );
  if (decided.kind === "rejected") {
    const { code, message } = decided.rejection;
    throw new GleitzeitError(CODE_OF[code] ?? "WORKFLOW_INVALID_STATE", `run ${run}: ${message}`);
  }
  const isDriven = owner !== undefined && (await driving.isAlive(owner));
  const report = await reportOf(driving, await historyOf(driving, run));
  const next = isDriven ? "" : `; nobody drives it now: \`gleitzeit resume ${run}\` goes on with it`;
  answer(context, runDocument(report), () => (context.globals.quiet ? "" : `run ${run} ${said}${next}\n`));
  return EXIT.done;
}
