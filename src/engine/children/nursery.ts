// What an engine does for runs that are tasks of other runs.
import { filter, firstValueFrom, type Observable } from "rxjs";
import {
  type ErrorInfo,
  errorInfo,
  errorOf,
  type Json,
  type RunCommandOf,
  type RunId,
  runStream,
} from "../../domain/index.ts";
import type { DriveEnd, LiveEvent } from "../driven.ts";
import type { Kit } from "../host.ts";
import { openValues } from "../log/decode.ts";
import { eventsOf, lastRevision, submissionOf } from "../log/history.ts";
import { beyondLimit } from "../resolving/result-limit.ts";
import type { Prepared } from "../submitting/submit.ts";
import { preparedChild } from "./child-run.ts";
import type { Nursery } from "./children.ts";

export type Household = {
  readonly kit: Kit;
  readonly tenant: string;
  readonly live: Observable<LiveEvent>;
  readonly start: (prepared: Prepared) => Promise<unknown>;
  /** How a run stands when this process has no more to do for it; rejects while another process drives it. */
  readonly drive: (run: RunId) => Promise<DriveEnd>;
  readonly request: Nursery["request"];
};

/** How often it is looked whether a child that another process drives has ended. */
const PATIENCE_MS = 1000;

export function nursery({ kit, tenant, live, start, drive, request }: Household): Nursery {
  const rest = async (run: RunId): Promise<DriveEnd> => {
    for (;;) {
      const end = await drive(run).catch((error: unknown) => foreign(error));
      if (end.kind !== "taken-over") return end;
      await new Promise<void>((resolve) => kit.clock.after(PATIENCE_MS, resolve));
    }
  };

  return {
    rest,
    request,
    open: async (driven, task, attempt) => {
      const prepared = await preparedChild(kit, driven, task, attempt);
      const known = await submissionOf(kit.events, runStream(prepared.run, tenant));
      if (!known) await start({ ...prepared, root: driven.facts.root ?? driven.facts.run });
      return prepared.run;
    },
    goesOn: async (run) => {
      const resumed = live.pipe(filter((one) => one.run === run && one.event.type !== "RunPaused"));
      await firstValueFrom(resumed, { defaultValue: undefined });
    },
    outcome: (run) => outcomeOf(kit, run, tenant),
  };
}

const foreign = (error: unknown): DriveEnd => {
  if (error instanceof Error && "code" in error && error.code === "WORKFLOW_INVALID_STATE") {
    return { kind: "taken-over" };
  }
  throw error;
};

type Outcome = RunCommandOf<"FinishChild">["outcome"];

async function outcomeOf(kit: Kit, run: RunId, tenant: string): Promise<Outcome> {
  const fraction = kit.random.fraction();
  let outcome: Outcome | undefined;
  for await (const last of eventsOf(kit.events, run, tenant, await lastRevision(kit.events, run, tenant))) {
    const { event } = last;
    const values = await openValues(last, tenant, kit);
    if (event.type === "RunSucceeded") outcome = held(kit, values.outputs ?? {}, fraction);
    if (event.type === "RunCancelled") {
      outcome = {
        status: "cancelled",
        fraction,
        error: errorInfo("WORKFLOW_CANCELLED", `run ${run} was cancelled`),
      };
    }
    if (event.type !== "RunFailed") continue;
    outcome = { status: "failed", fraction, error: failureOf(run, errorOf(event.data.error, values.error)) };
  }
  if (!outcome) throw new Error(`run ${run} has ended without an end`);
  return outcome;
}

/** Told by what began it: runs inside runs would repeat each other's words. */
function failureOf(run: RunId, cause: ErrorInfo): ErrorInfo {
  const message = `run ${run} failed: ${origin(cause).message}`;
  return errorInfo(cause.code, message, { cause: shortened(cause, MOST_CAUSES), details: { run } });
}

const MOST_CAUSES = 6;
const origin = (error: ErrorInfo): ErrorInfo => (error.cause ? origin(error.cause) : error);

/** Of a long way down its beginning and its end. */
function shortened(error: ErrorInfo, most: number): ErrorInfo {
  if (!error.cause) return error;
  return { ...error, cause: most > 1 ? shortened(error.cause, most - 1) : origin(error.cause) };
}

/** Outputs are a result like any other, and held to the same limit. */
function held({ limits }: Kit, result: Json, fraction: number): Outcome {
  const error = beyondLimit(limits, result, "the outputs have");
  return error ? { status: "failed", fraction, error } : { status: "succeeded", result };
}
