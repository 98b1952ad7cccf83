// The attempts of one run that this process works on: started only for recorded claims, stopped by signal.
import {
  asError,
  calledNow,
  type EventId,
  GleitzeitError,
  indexOf,
  isObject,
  type Json,
  type RunEvent,
  type RunEventOf,
  SecretPlace,
  type TaskId,
  taskAt,
} from "../../domain/index.ts";
import type { Driven, LiveEvent } from "../driven.ts";
import type { Kit } from "../host.ts";
import { openValues } from "../log/decode.ts";
import { filesOf } from "../log/facts.ts";
import type { CallContext } from "../ports/index.ts";
import { recordsAt } from "../resolving/values.ts";
import { performSecretly } from "../secrets/secret-call.ts";
import { type Attempt, perform, type Report, unreadable } from "./perform.ts";
import { type Stop, stop as stopOf } from "./stop.ts";
import { taped } from "./taped.ts";

export type Attempts = {
  /** Starts what these recorded events claim for this process, and stops what they end. */
  readonly follow: (live: readonly LiveEvent[]) => void;
  readonly stopAll: (reason: () => GleitzeitError) => void;
  /** Resolves when nothing runs any more. */
  readonly settled: () => Promise<void>;
  readonly count: () => number;
};

type Running = { readonly stop: Stop; readonly end: Promise<void> };

export function attempts(
  kit: Kit,
  driven: Driven,
  report: (report: Report, cause: EventId) => void,
  emit: (task: TaskId, chunk: Parameters<CallContext["emit"]>[0]) => void,
): Attempts {
  const running = new Map<TaskId, Running>();

  const start = (task: TaskId, attempt: number, id: EventId, event: RunEvent): void => {
    const stop = stopOf();
    const { run, tenant, contents } = driven.facts;
    const node = calledNow(driven.state, indexOf(driven.state, task) ?? -1);
    const work = async (): Promise<Report> => {
      try {
        const { params, files, secrets, steer } = await jobOf(kit, driven, task, event);
        const chunk: Attempt["emit"] = (said) => emit(task, said);
        const job = { run, tenant, node, attempt, params, files, contents, emit: chunk };
        const context = { ...job, ...(steer && { steer }) };
        const places = secrets === undefined ? [] : placesIn(secrets);
        return await taped(kit, context, places, stop, (one) =>
          secrets === undefined ? perform(kit, one, stop) : performSecretly(kit, one, places, stop),
        );
      } catch (error) {
        return unreadable(kit, node, attempt, error);
      }
    };
    const end = work().then((outcome) => {
      try {
        report(outcome, id);
      } catch (error) {
        kit.log.error({ task, error: asError(error) }, "an attempt could not be reported");
      }
      if (running.get(task)?.stop === stop) running.delete(task);
    });
    running.set(task, { stop, end });
  };

  return {
    follow: (live) => {
      for (const { event, id } of live) {
        if (event.type === "TaskStarted" || (event.type === "TaskScheduled" && event.data.claim)) {
          const { task, attempt } = event.data;
          if (isCurrent(kit, driven, task, attempt)) start(task, attempt, id, event);
        } else if (event.type === "TaskCancelled") {
          running
            .get(event.data.task)
            ?.stop.abort(new GleitzeitError("TASK_CANCELLED", "the task was cancelled"));
        }
      }
    },
    stopAll: (reason) => {
      for (const { stop } of running.values()) stop.abort(reason());
    },
    settled: async () => {
      await Promise.all([...running.values()].map(({ end }) => end));
    },
    count: () => running.size,
  };
}

/** The same step may have cancelled it again, and a tail read after a conflict may hold another's claim. */
function isCurrent(kit: Kit, { state }: Driven, task: TaskId, attempt: number): boolean {
  const now = taskAt(state, indexOf(state, task) ?? -1);
  return now.status === "running" && now.attempt === attempt && now.worker === kit.incarnations.own;
}

type Job = Pick<Attempt, "params" | "steer"> & {
  readonly files: Awaited<ReturnType<typeof filesOf>>;
  /** As they stand in the log; absent where the params name none. */
  readonly secrets: Json | undefined;
};

const placesIn = (secrets: Json): readonly SecretPlace[] => SecretPlace.array().parse(secrets);

/** Params and files of an attempt: from the command event itself, or from the one that a later start refers to. */
async function jobOf(kit: Kit, driven: Driven, task: TaskId, event: RunEvent): Promise<Job> {
  const { run, tenant } = driven.facts;
  if (event.type === "TaskScheduled" && event.data.values) {
    const { params, files: paths, secrets, steer } = event.data.values;
    const { files } = event.data;
    return {
      params: isObject(params) ? params : {},
      secrets,
      ...steering(steer),
      files: files === undefined ? [] : await filesOf(files, paths, tenant, kit.blobs),
    };
  }
  const at = taskAt(driven.state, indexOf(driven.state, task) ?? -1).paramsAt ?? -1;
  const [record] = await recordsAt(kit, run, tenant, [at]);
  if (!record) throw new Error(`the params of ${task} are not at revision ${at}`);
  const { params, files: paths, secrets, steer } = await openValues(record, tenant, kit);
  const files: RunEventOf<"TaskScheduled">["data"]["files"] =
    record.event.type === "TaskScheduled" ? record.event.data.files : undefined;
  return {
    params: isObject(params) ? params : {},
    secrets,
    ...steering(steer),
    files: await filesOf(files, paths, tenant, kit.blobs),
  };
}

function steering(steer: Json | undefined): Pick<Attempt, "steer"> {
  if (!isObject(steer)) return {};
  const { affinity, hashKey } = steer;
  return {
    steer: {
      ...(typeof affinity === "string" && { affinity }),
      ...(typeof hashKey === "string" && { hashKey }),
    },
  };
}
