// The engine's door: submit, drive, ask. One path for the command line, services and everything else.
import { type Observable, Subject, type Subscription } from "rxjs";
import {
  type Actor,
  type Decision,
  GleitzeitError,
  type Incarnation,
  initial,
  isFinal,
  type RunId,
  type RunRequest,
  type TaskId,
} from "../domain/index.ts";
import type { DriveEnd, Driven, Input, LiveEvent } from "./driven.ts";
import { encoder } from "./encode.ts";
import { factsOf } from "./facts.ts";
import { watchForeign } from "./foreign.ts";
import { prepareRetry } from "./fork.ts";
import { graphs as graphsOf, withBlobs } from "./graphs.ts";
import type { Host, Kit } from "./host.ts";
import { inTurn } from "./in-turn.ts";
import { loadRun } from "./load.ts";
import { lostClaims } from "./losses.ts";
import { commandOf, type Requested, requestOf } from "./requests.ts";
import { reusableOf } from "./reusable.ts";
import { type RunDriver, runDriver } from "./run-driver.ts";
import { slots as slotsOf } from "./slots.ts";
import { type Prepared, prepare, type RunRequestDocument, sameRequest } from "./submit.ts";
import { valueCache } from "./value-cache.ts";

export type Chunk = {
  readonly run: RunId;
  readonly task: TaskId;
  readonly kind: string;
  readonly text: string;
};

export type Started = {
  readonly run: RunId;
  /** False when the name stood for this very request already; then nothing was written. */
  readonly created: boolean;
  /** How the run stands once this process has no more to do for it; only for a run created here. */
  readonly end: Promise<DriveEnd> | undefined;
};

export interface Engine {
  readonly incarnation: Incarnation;
  /** Events as soon as they are durable, of the runs driven here. */
  readonly live: Observable<LiveEvent>;
  readonly chunks: Observable<Chunk>;
  /** Submits and drives. Resolves when RunSubmitted is durable. */
  run(request: RunRequestDocument, actor: Actor): Promise<Started>;
  /** A linked new run that takes over what succeeded. */
  retry(run: RunId, tenant: string, actor: Actor, reason?: string): Promise<Started>;
  /** Goes on with a run that nobody alive owns. */
  drive(run: RunId, tenant: string, actor: Actor): Promise<DriveEnd>;
  /** Pause, resume or cancel, whoever drives the run. */
  request(run: RunId, tenant: string, request: RunRequest, actor: Actor): Promise<Requested>;
  isAlive(incarnation: Incarnation): Promise<boolean>;
  /** Stops attempts, gives them back to the log, leaves every run resumable. Idempotent. */
  close(): Promise<void>;
}

export function openEngine(host: Host): Engine {
  const { own } = host.incarnations;
  const kit: Kit = {
    ...host,
    encode: encoder(host.random, host.sha256),
    cache: valueCache(host.limits.cacheBytes),
    engineActor: { type: "engine", id: own },
  };
  const graphs = graphsOf(host.blobs, host.limits.taskTimeoutMs);
  const drivers = new Map<RunId, RunDriver>();
  /** A run has one driver here, also while one is being made. */
  const alone = inTurn<RunId>();
  const slots = slotsOf(host.limits.slots, (run) => drivers.get(run)?.poke());
  const live = new Subject<LiveEvent>();
  const chunks = new Subject<Chunk>();
  let watching: Subscription | undefined;
  let closed: Promise<void> | undefined;

  const take = (driven: Driven): RunDriver => {
    if (closed) throw new GleitzeitError("SYSTEM_SHUTDOWN", "the engine is closed");
    const { run } = driven.facts;
    const driver = runDriver(kit, driven, slots, {
      publish: (events) => events.forEach((event) => live.next(event)),
      chunk: (task, chunk) => chunks.next({ run, task, ...chunk }),
      over: () => forget(driven.facts),
    });
    drivers.set(run, driver);
    watching ??= watchForeign(kit, (other) => {
      const found = drivers.get(other);
      return found && { head: () => found.driven.state.head.revision, lookBehind: found.lookBehind };
    });
    return driver;
  };

  const forget = ({ run, stream }: Driven["facts"]): void => {
    drivers.delete(run);
    kit.cache.forget(stream);
    for (const provider of kit.registry.providers) provider.release?.(run);
  };

  const start = async (prepared: Prepared, tenant: string, actor: Actor): Promise<Started> => {
    const { run, submission, blobs } = prepared;
    if (drivers.has(run)) return existing(prepared, tenant);
    const graph = await graphs.of(submission, tenant, blobs);
    const reusable = await reusableOf(kit.events, submission, tenant, graph);
    const values = submission.values ?? {};
    const facts = await factsOf(
      run,
      tenant,
      submission,
      actor,
      values,
      withBlobs(kit.blobs, blobs),
      reusable,
    );
    const driver = take({ facts, state: initial(graph, reusable), pending: new Map(), lists: new Map() });
    const decision = await posted(driver, {
      commands: [
        { type: "SubmitRun", submission },
        { type: "StartRun", owner: own },
      ],
      actor,
      blobs,
    });
    if (decision.kind === "rejected") return existing(prepared, tenant);
    return { run, created: true, end: driver.end() };
  };

  const existing = async (prepared: Prepared, tenant: string): Promise<Started> => {
    await sameRequest(kit, prepared, tenant);
    return { run: prepared.run, created: false, end: undefined };
  };

  const driverOf = async (run: RunId, tenant: string, actor: Actor): Promise<Pick<RunDriver, "end">> => {
    const known = drivers.get(run);
    if (known) return known;
    const driven = await loadRun(kit, graphs, run, tenant);
    const { owner, status } = driven.state.head;
    if (isFinal(status)) return { end: async () => ({ kind: "ended", status }) };
    if (owner !== undefined && owner !== own && (await kit.incarnations.isAlive(owner))) {
      throw new GleitzeitError(
        "WORKFLOW_INVALID_STATE",
        `run ${run} is driven by another process, which is alive`,
      );
    }
    const driver = take(driven);
    const losses = await lostClaims(kit, driven);
    driver.post({
      commands: [
        { type: "StartRun", owner: own, ...(owner !== undefined && { previous: owner }) },
        ...losses,
      ],
      actor,
    });
    return driver;
  };

  const close = async (): Promise<void> => {
    watching?.unsubscribe();
    await Promise.all([...drivers.values()].map((driver) => driver.stop()));
    await kit.registry.closeAll();
    live.complete();
    chunks.complete();
  };

  return {
    incarnation: own,
    live: live.asObservable(),
    chunks: chunks.asObservable(),
    run: async (request, actor) => {
      const prepared = prepare(kit, request);
      return alone(prepared.run, () => start(prepared, request.tenant, actor));
    },
    retry: async (run, tenant, actor, reason) =>
      start(await prepareRetry(kit, graphs, run, tenant, reason), tenant, actor),
    drive: async (run, tenant, actor) => (await alone(run, () => driverOf(run, tenant, actor))).end(),
    request: async (run, tenant, request, actor) => {
      const driver = await alone(run, async () => drivers.get(run));
      if (!driver) return requestOf(kit, graphs, run, tenant, request, actor);
      return { decision: await posted(driver, { commands: [commandOf(request, actor)], actor }), owner: own };
    },
    isAlive: (incarnation) => kit.incarnations.isAlive(incarnation),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

const posted = (driver: RunDriver, input: Input): Promise<Decision> =>
  new Promise((reply, fail) => driver.post({ ...input, reply, fail }));
