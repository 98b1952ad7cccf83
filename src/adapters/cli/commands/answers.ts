// signal, approve, reject: what people and other programs say to a run that waits for it.
import { z } from "zod";
import { type Json, parseJson, type RunId, type RunRequest } from "../../../domain/index.ts";
import {
  ask,
  decidersText,
  findRun,
  historyOf,
  type RunReport,
  reportOf,
  runDocument,
  taskOf,
} from "../../../engine/index.ts";
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

/** Of a question that one answer does not settle. */
function openStill({ tasks }: RunReport, request: RunRequest): string {
  if (request.type !== "DecideApproval") return "";
  const task = tasks.find(({ detail }) => detail.id === request.task);
  const { min, approvedBy } = task?.detail.wait?.approval ?? { min: 0, approvedBy: [] };
  if (!task?.question || approvedBy.length >= min) return "";
  return `; ${approvedBy.length} of ${min} approvals are there, which may be given by ${decidersText(task.question)}`;
}

async function told(
  context: Context,
  text: string,
  requestOf: (driving: Driving, run: RunId) => Promise<RunRequest>,
  said: string,
): Promise<number> {
  const run = await findRun(await context.parts.reading(), text);
  const driving = await context.parts.driving();
  const request = await requestOf(driving, run);
  const { owner } = await ask(driving, run, request);
  const isDriven = owner !== undefined && (await driving.isAlive(owner));
  const report = await reportOf(driving, await historyOf(driving, run));
  const next = isDriven ? "" : `; nobody drives it now: \`gleitzeit resume ${run}\` goes on with it`;
  const more = openStill(report, request);
  answer(context, runDocument(report), () =>
    context.globals.quiet ? "" : `run ${run} ${said}${more}${next}\n`,
  );
  return EXIT.done;
}
