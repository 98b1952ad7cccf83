// What an engine does for those who hold one.
import type { Observable } from "rxjs";
import type { Actor, Incarnation, RunId, RunRequest } from "../domain/index.ts";
import type { DriveEnd, LiveEvent } from "./driven.ts";
import type { Chunk } from "./driving/drivers.ts";
import type { Requested } from "./driving/requests.ts";
import type { WorkOptions } from "./driving/worker.ts";
import type { ForkRequest } from "./forking/fork.ts";
import type { ForkPlan } from "./forking/plan.ts";
import type { Registered, RegistrationRequest } from "./registered/register.ts";
import type { KeptSettings } from "./settings/kept-settings.ts";
import type { Subjects } from "./subjects/door.ts";
import type { RunRequestDocument } from "./submitting/submit.ts";

export type Submitted = {
  readonly run: RunId;
  /** False when the name stood for this very request already; then nothing was written. */
  readonly created: boolean;
};

export type Started = Submitted & {
  /** How the run stands once this process has no more to do for it; only for a run created here. */
  readonly end: Promise<DriveEnd> | undefined;
};

export type WorkerOptions = Pick<WorkOptions, "stop" | "ended"> & {
  /** Only runs all of whose tasks speak these; by default those that are spoken here. */
  readonly protocols?: readonly string[];
};

export interface Engine extends Subjects {
  readonly incarnation: Incarnation;
  /** Events as soon as they are durable, of the runs driven here. */
  readonly live: Observable<LiveEvent>;
  readonly chunks: Observable<Chunk>;
  /** From here on the name stands for this; versions before it are kept. */
  register(request: RegistrationRequest, actor: Actor): Promise<Registered>;
  /** Submits and leaves it to whoever drives runs that nobody owns. Resolves when RunSubmitted is durable. */
  submit(request: RunRequestDocument, actor: Actor): Promise<Submitted>;
  /** Submits and drives. Resolves when RunSubmitted is durable. */
  run(request: RunRequestDocument, actor: Actor): Promise<Started>;
  /** A linked new run that takes over what succeeded. */
  retry(run: RunId, tenant: string, actor: Actor, reason?: string): Promise<Started>;
  /** A linked new run that goes another way from some task or event on. */
  fork(run: RunId, tenant: string, actor: Actor, request: ForkRequest): Promise<Started>;
  /** What that would take over, and what it would do again; nothing is written. */
  planFork(run: RunId, tenant: string, request: ForkRequest): Promise<ForkPlan>;
  /** Goes on with a run that nobody alive owns. */
  drive(run: RunId, tenant: string, actor: Actor): Promise<DriveEnd>;
  /** Drives every run that nobody alive owns, until `stop` is aborted. */
  work(tenant: string, actor: Actor, options: WorkerOptions): Promise<void>;
  /** Pause, resume, cancel, a signal, a decision: whoever drives the run. */
  request(run: RunId, tenant: string, request: RunRequest, actor: Actor): Promise<Requested>;
  isAlive(incarnation: Incarnation): Promise<boolean>;
  /** Stops attempts, gives them back to the log, leaves every run resumable. Idempotent. */
  close(): Promise<void>;
}

/** One of this process, which decides how much it does at once. */
export interface OwnEngine extends Engine {
  /** So many attempts at once from now on; what has begun goes on. */
  resize(slots: number): void;
  /** Flags and quotas, as they stand for whoever submits here. */
  readonly settings: KeptSettings;
}
