// An engine that is a server's: what is asked of it goes over HTTP, what it does is watched.
import { Subject } from "rxjs";
import {
  GleitzeitError,
  type Incarnation,
  type JsonObject,
  RunId,
  type RunRequest,
  TaskId,
} from "../../domain/index.ts";
import {
  type Chunk,
  type Clock,
  type Driving,
  type Engine,
  ended,
  type ForkPlan,
  type ForkRequest,
  historyOf,
  type Requested,
  type RunDocument,
  type RunRequestDocument,
  type Started,
} from "../../engine/index.ts";
import type { Client } from "./client.ts";
import type { components } from "./openapi.gen.ts";
import { AS_TEXT, documentOf, type Told, told } from "./told.ts";

export type PostedRun = components["schemas"]["Submission"];
type PostedFork = components["schemas"]["Forking"];

/** A request for a run together with what is sent for it. */
export type PostedRequest = RunRequestDocument & { readonly posted: PostedRun };

type Given = {
  readonly client: Client;
  readonly clock: Clock;
  /** This process, which drives nothing. */
  readonly own: Incarnation;
  /** What the runs are watched through. */
  readonly driving: () => Promise<Driving>;
};

export function remoteEngine({ client, clock, own, driving }: Given): Engine {
  const chunks = new Subject<Chunk>();
  const closed = new AbortController();

  /** What its models say meanwhile; whoever misses some of it has missed nothing that is kept. */
  const hear = (run: RunId): void => {
    const said = client.runChunks(run, closed.signal);
    const listen = async (): Promise<void> => {
      for await (const { task, kind, text } of said)
        chunks.next({ run, task: TaskId.parse(task), kind, text });
    };
    listen().catch((error: unknown) => {
      if (!closed.signal.aborted) chunks.error(error);
    });
  };
  const started = ({ status, document }: Told<RunDocument>): Started => {
    const run = RunId.parse(document.runId);
    hear(run);
    return { run, created: status === 201, end: undefined };
  };
  const submitted = (request: RunRequestDocument): Promise<Told<RunDocument>> =>
    told(client.POST("/v1/runs", { body: postedIn(request), params: {}, ...AS_TEXT }));
  const forked = (run: RunId, request: ForkRequest, isPlan: boolean) =>
    client.POST("/v1/runs/{id}/fork", {
      params: { path: { id: run }, query: isPlan ? { dry_run: "true" } : {} },
      body: forkBody(request),
      ...AS_TEXT,
    });

  const asked = (run: RunId, request: RunRequest) => {
    const reason = request.reason === undefined ? {} : { reason: request.reason };
    const params = { path: { id: run } };
    switch (request.type) {
      case "PauseRun":
        return client.POST("/v1/runs/{id}/pause", { params, body: reason, ...AS_TEXT });
      case "CancelRun":
        return client.POST("/v1/runs/{id}/cancel", { params, body: reason, ...AS_TEXT });
      case "ResumeRun": {
        const body = { ...reason, ...(request.set && { set: request.set }) };
        return client.POST("/v1/runs/{id}/resume", { params, body, ...AS_TEXT });
      }
      case "SendSignal": {
        const path = { id: run, name: request.name };
        const body = { ...reason, ...(request.payload !== undefined && { data: request.payload }) };
        return client.POST("/v1/runs/{id}/signals/{name}", { params: { path }, body, ...AS_TEXT });
      }
      case "DecideApproval": {
        const path = { id: run, task: request.task };
        const { decision, edit } = request;
        const body = { decision, ...reason, ...(edit !== undefined && { edit }) };
        return client.POST("/v1/runs/{id}/tasks/{task}/decision", { params: { path }, body, ...AS_TEXT });
      }
    }
  };
  const request = async (run: RunId, wanted: RunRequest): Promise<Requested> => {
    const before = await historyOf(await driving(), run);
    const { events } = await documentOf<RunDocument>(asked(run, wanted));
    const isNew = events > before.detail.events;
    return { decision: isNew ? { kind: "accepted", events: [] } : { kind: "unchanged" }, owner: own };
  };

  return {
    incarnation: own,
    live: new Subject(),
    chunks: chunks.asObservable(),
    run: async (wanted) => started(await submitted(wanted)),
    submit: async (wanted) => {
      const { status, document } = await submitted(wanted);
      return { run: RunId.parse(document.runId), created: status === 201 };
    },
    retry: async (run, _tenant, _actor, reason) => {
      const params = { path: { id: run } };
      const body = reason === undefined ? {} : { reason };
      return started(await told(client.POST("/v1/runs/{id}/retry", { params, body, ...AS_TEXT })));
    },
    fork: async (run, _tenant, _actor, wanted) => started(await told(forked(run, wanted, false))),
    planFork: (run, _tenant, wanted) => documentOf<ForkPlan>(forked(run, wanted, true)),
    drive: async (run) => {
      hear(run);
      const reading = await driving();
      const { detail } = await historyOf(reading, run);
      if (detail.endedAt !== undefined) return { kind: "ended", status: detail.status };
      if (detail.status === "paused") return { kind: "paused" };
      const waiting = { clock, interrupted: closed.signal };
      return (await ended(waiting, reading, run, detail.events, async () => false)) ?? { kind: "stopped" };
    },
    request: (run, _tenant, wanted) => request(run, wanted),
    register: async () => notHere("registering"),
    work: async () => notHere("driving runs"),
    erase: async () => notHere("erasing"),
    hold: async () => notHere("holding"),
    settle: async () => notHere("erasing"),
    isAlive: async () => true,
    close: async () => {
      closed.abort();
      chunks.complete();
    },
  };
}

const notHere = (what: string): never => {
  throw new GleitzeitError("USAGE_ERROR", `${what} goes another way at a server`);
};

function postedIn(request: Omit<RunRequestDocument, "inputs">): PostedRun {
  if (isPosted(request)) return request.posted;
  throw new Error("a request that was not made to be sent");
}

const isPosted = (request: Omit<RunRequestDocument, "inputs">): request is PostedRequest =>
  "posted" in request;

function forkBody({ from, set, document, withRecordedFiles, reason }: ForkRequest): PostedFork {
  const { inputs: _, ...posted } = document ? postedIn(document) : {};
  const { workflow, name, version, file, files, working } = posted;
  const sent: JsonObject | undefined = set;
  return {
    ...(workflow !== undefined && { workflow }),
    ...(name !== undefined && { name }),
    ...(version !== undefined && { version }),
    ...(file !== undefined && { file }),
    ...(files && { files }),
    ...(working !== undefined && { working }),
    ...(from !== undefined && { from }),
    ...(sent && { set: sent }),
    ...(withRecordedFiles && { recordedFiles: true }),
    ...(reason !== undefined && { reason }),
  };
}
