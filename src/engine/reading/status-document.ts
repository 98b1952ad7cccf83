// How all runs of a store stand, as `status --json` prints it and HTTP answers it. Other programs read this: add, never
// rename.
import {
  type Flag,
  type Incarnation,
  type Instant,
  instantOf,
  type Millis,
  millisOf,
  type RunId,
  type RunStatus,
  type TaskId,
} from "../../domain/index.ts";
import type { ActiveRun } from "../../projections/index.ts";
import type { ReadModels } from "../ports/index.ts";
import type { FlagDocument } from "../settings/settings-desk.ts";
import type { Reading } from "./reading.ts";
import { runList } from "./run-list.ts";
import type { RunRowDocument } from "./run-row.ts";
import { runRows } from "./run-rows.ts";

/** The head of the audit log as it was last signed. */
export type SignedSize = { readonly origin: string; readonly size: number; readonly root: string };

export type StatusDocument = {
  readonly store: string;
  readonly head: string;
  readonly checkpoint: SignedSize | null;
  readonly runs: { readonly [S in RunStatus]?: number };
  readonly queue: { readonly pending: number; readonly oldestMs: Millis; readonly overdueMs: Millis };
  readonly last: readonly RunRowDocument[];
  readonly due: readonly { readonly runId: RunId; readonly task: TaskId; readonly dueAt: Instant }[];
  /** Runs that could go on but that nobody drives. */
  readonly unattended: readonly RunId[];
  /** Flags that are off. */
  readonly switchedOff: readonly Flag[];
};

/** What is known elsewhere. */
export type StatusBeside = {
  readonly signed: SignedSize | undefined;
  readonly flags: readonly Pick<FlagDocument, "flag" | "on">[];
};

const LAST = 5;
/** So many of the newest are looked at one by one. */
const MOST = 200;

export async function statusDocument(
  reading: Reading,
  now: Millis,
  { signed, flags }: StatusBeside,
): Promise<StatusDocument> {
  const { tenant } = reading;
  const models = await reading.readModels();
  const due = await models.due(tenant, LAST);
  const counts = await models.counts(tenant);
  return {
    store: reading.place,
    head: String(await reading.store.events.head()),
    checkpoint: signed ? { origin: signed.origin, size: signed.size, root: signed.root } : null,
    runs: Object.fromEntries(counts),
    queue: {
      pending: counts.get("pending") ?? 0,
      oldestMs: await oldestPending(models, tenant, now),
      overdueMs: Math.max(0, now - (due[0]?.at ?? now)),
    },
    last: (await runList(reading, { limit: LAST })).items,
    due: due.map(({ run, task, at }) => ({ runId: run, task, dueAt: instantOf(at) })),
    unattended: await unattended(reading, await models.active(tenant, MOST)),
    switchedOff: flags.filter(({ on }) => !on).map(({ flag }) => flag),
  };
}

/** How long the oldest run has waited for somebody to drive it. */
async function oldestPending(models: ReadModels, tenant: string, now: Millis): Promise<Millis> {
  let oldest = now;
  for await (const { submittedAt } of runRows(models, tenant, { statuses: ["pending"] }))
    oldest = Math.min(oldest, millisOf(submittedAt));
  return Math.max(0, now - oldest);
}

/** Runs that could go on but whose process is gone. */
async function unattended({ isAlive }: Reading, runs: readonly ActiveRun[]): Promise<readonly RunId[]> {
  const alive = new Map<Incarnation, boolean>();
  const left: RunId[] = [];
  for (const { run, status: now, owner } of runs) {
    if (owner !== undefined && !alive.has(owner)) alive.set(owner, await isAlive(owner));
    if (now !== "paused" && (owner === undefined || !alive.get(owner))) left.push(run);
  }
  return left.slice(0, LAST);
}
