// An engine inside somebody's program: the same requests, the same path as the command line's.
import { fileURLToPath } from "node:url";
import { type Actor, GleitzeitError, type RunId, type RunRequest } from "../../domain/index.ts";
import {
  ask,
  chartIn,
  ended,
  findRun,
  historyOf,
  isDrivenElsewhere,
  type Started,
  taskOf,
  timelineDocument,
} from "../../engine/index.ts";
import { documentOf, endOf, resultOf, succeeded } from "./ends.ts";
import { eventStream } from "./event-stream.ts";
import { failuresIn } from "./failures.ts";
import { givenRun } from "./given-run.ts";
import type { Gleitzeit, RequestOptions, RunHandle, SubmitOptions, WorkflowSource } from "./gleitzeit.ts";
import { batchDocument, callDocument } from "./one-task.ts";
import type { LibraryParts } from "./parts.ts";
import { runPage } from "./run-page.ts";

/** How long another process gets to act on a cancellation before its run is told as it stands. */
const PATIENCE_MS = 10_000;

export function library(parts: LibraryParts): Gleitzeit {
  const closing = new AbortController();
  const waiting = { clock: parts.clock, interrupted: closing.signal };
  let closed: Promise<void> | undefined;

  const driving = async () => {
    if (closing.signal.aborted) throw new GleitzeitError("SYSTEM_SHUTDOWN", "this engine is closed");
    return parts.driving();
  };
  /** As the one who asks. */
  const as = async (actor: RequestOptions["actor"]) => {
    const opened = await driving();
    return actor ? { ...opened, actor: await parts.actor(actor) } : opened;
  };
  const events: Gleitzeit["events"] = (run, options) =>
    eventStream({ driving, clock: parts.clock }, closing.signal, run, options);

  const handleOf = ({ run, created, end }: Started, actor: Actor): RunHandle => {
    let document: ReturnType<RunHandle["end"]> | undefined;
    end?.catch(() => undefined); // whoever asks for the end gets the error
    return {
      runId: run,
      created,
      end: () => {
        document ??= parts.driving().then((opened) => endOf(waiting, { ...opened, actor }, run, end));
        return document;
      },
      events: (options) => events(run, options),
    };
  };

  const workflowOf = (source: WorkflowSource, { folder }: SubmitOptions) => {
    if (source instanceof URL) return parts.workflow(fileURLToPath(source));
    return typeof source === "string" ? parts.workflow(source) : parts.workflowIn(source, folder);
  };
  const submit: Gleitzeit["submit"] = async (source, options = {}) => {
    const { engine, actor } = await as(options.actor);
    const workflow = await workflowOf(source, options);
    const request = await parts.request(workflow, givenRun(workflow.definition, options));
    return handleOf(await engine.run(request, actor), actor);
  };

  const asked = async (text: string, request: RunRequest, options: RequestOptions) => {
    const opened = await as(options.actor);
    const run = await findRun(opened, text);
    const { reason } = options;
    await ask(opened, run, { ...request, ...(reason !== undefined && { reason }) });
    return { opened, run };
  };
  const decided =
    (decision: "approved" | "rejected"): Gleitzeit["approve"] =>
    async (text, name, { edit, ...options } = {}) => {
      const { opened, run } = await started(text, options);
      const task = await taskOf(opened, run, name);
      const request: RunRequest = {
        type: "DecideApproval",
        task,
        decision,
        ...(edit !== undefined && { edit }),
      };
      await asked(run, request, options);
      return documentOf(opened, run);
    };
  const started = async (text: string, options: RequestOptions) => {
    const opened = await as(options.actor);
    return { opened, run: await findRun(opened, text) };
  };
  const handleOn = (run: RunId, actor: Actor) => handleOf({ run, created: false, end: undefined }, actor);

  return {
    submit,
    run: async (source, options) => succeeded(await (await submit(source, options)).end()),
    call: async (method, params = {}, options = {}) =>
      resultOf(await (await submit(callDocument(method, params, options), options)).end()),
    batch: async (request, options) => (await submit(batchDocument(request), options)).end(),
    get: async (text) => {
      const opened = await driving();
      return documentOf(opened, await findRun(opened, text));
    },
    list: async (query) => runPage(await driving(), parts.clock.now(), query),
    failures: async (query) => failuresIn(await driving(), query),
    pause: async (text, options = {}) => {
      const { opened, run } = await asked(text, { type: "PauseRun" }, options);
      return documentOf(opened, run);
    },
    cancel: async (text, options = {}) => {
      const { opened, run } = await asked(text, { type: "CancelRun" }, options);
      const history = await historyOf(opened, run);
      const until = parts.clock.monotonic() + PATIENCE_MS;
      const isLong = async (): Promise<boolean> => parts.clock.monotonic() > until;
      if (await isDrivenElsewhere(opened, history)) await ended(waiting, opened, run, 0, isLong);
      else await opened.engine.drive(run, opened.tenant, opened.actor);
      return documentOf(opened, run);
    },
    resume: async (text, { set, ...options } = {}) => {
      const { opened, run } = await started(text, options);
      const { status } = (await historyOf(opened, run)).detail;
      if (status === "paused" || set) await asked(run, { type: "ResumeRun", ...(set && { set }) }, options);
      return handleOn(run, opened.actor);
    },
    signal: async (text, name, { data, ...options } = {}) => {
      const request: RunRequest = { type: "SendSignal", name, ...(data !== undefined && { payload: data }) };
      const { opened, run } = await asked(text, request, options);
      return documentOf(opened, run);
    },
    approve: decided("approved"),
    reject: decided("rejected"),
    timeline: async (text) => {
      const opened = await driving();
      const history = await historyOf(opened, await findRun(opened, text));
      return timelineDocument(history, await chartIn(opened, history, parts.clock.now()));
    },
    retry: async (text, options = {}) => {
      const { opened, run } = await started(text, options);
      const { engine, tenant, actor } = opened;
      return handleOf(await engine.retry(run, tenant, actor, options.reason), actor);
    },
    events,
    close: () => {
      closed ??= (async () => {
        closing.abort();
        await parts.close();
      })();
      return closed;
    },
  };
}
