// What is asked of a run by whoever may, and how a refusal is told; the command line and the library ask this way.
import {
  type Decision,
  GleitzeitError,
  type Incarnation,
  type RejectionCode,
  type RunId,
  type RunRequest,
  TaskId,
} from "../../domain/index.ts";
import { decidersText } from "./deciders.ts";
import type { Driving } from "./reading.ts";
import { historyOf } from "./run-history.ts";
import { reportOf } from "./run-report.ts";

/** Every other refusal is about how the run stands. */
const CODE_OF: Readonly<Partial<Record<RejectionCode, GleitzeitError["code"]>>> = {
  BadSetting: "USAGE_ERROR",
  NotAllowed: "AUTHORIZATION_FAILED",
  TaskNotFound: "TASK_NOT_FOUND",
  SignalUnknown: "INVALID_REQUEST",
};

export type Answered = {
  readonly kind: Exclude<Decision["kind"], "rejected">;
  /** Who drove the run when the request was recorded. */
  readonly owner: Incarnation | undefined;
};

export async function ask(driving: Driving, run: RunId, request: RunRequest): Promise<Answered> {
  const { engine, tenant, actor } = driving;
  const { decision, owner } = await engine.request(run, tenant, request, actor);
  if (decision.kind !== "rejected") return { kind: decision.kind, owner };
  const { code, message } = decision.rejection;
  const who = code === "NotAllowed" && "task" in request ? await deciders(driving, run, request.task) : "";
  throw new GleitzeitError(CODE_OF[code] ?? "WORKFLOW_INVALID_STATE", `run ${run}: ${message}${who}`);
}

async function deciders(driving: Driving, run: RunId, task: TaskId): Promise<string> {
  const { tasks } = await reportOf(driving, await historyOf(driving, run));
  const question = tasks.find(({ detail }) => detail.id === task)?.question;
  return question ? `; it may be decided by ${decidersText(question)}` : "";
}

/** By id or name, as documents refer to tasks. */
export async function taskOf(driving: Driving, run: RunId, text: string): Promise<TaskId> {
  const { graph } = await historyOf(driving, run);
  const place = graph.heads.tasks.get(text);
  const node = place === undefined ? undefined : graph.nodes[place];
  const id = TaskId.safeParse(text);
  if (node) return node.id;
  if (id.success) return id.data;
  throw new GleitzeitError("TASK_NOT_FOUND", `run ${run} has no task ${text}`);
}
