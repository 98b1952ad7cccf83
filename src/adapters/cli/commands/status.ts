// status: how many runs stand how, the last ones, what comes due, and where all this is kept.
import { type Incarnation, instantOf, type Json, millisOf, type Position } from "../../../domain/index.ts";
import { type ReadModels, rowDocument, waitsIn } from "../../../engine/index.ts";
import type { ActiveRun } from "../../../projections/index.ts";
import type { Command } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { answer } from "../output.ts";
import type { Reading } from "../parts.ts";
import { paint, tinted } from "../view/paint.ts";
import { duration } from "../view/text.ts";
import { runTable } from "./list.ts";

const LAST = 5;

export const status: Command = async (_, context) => {
  const { parts, terminal } = context;
  const reading = await parts.reading();
  const models = await reading.readModels();
  const { tenant } = reading;
  const { rows } = await models.runs(tenant, { limit: LAST });
  const due = await models.due(tenant, LAST);
  const left = await unattended(reading, await models.active(tenant, MOST));
  const waits = await waitsIn(reading, rows);
  const head = await reading.store.events.head();
  const counts = await models.counts(tenant);
  const now = parts.clock.now();
  const queued = await oldestPending(models, tenant, now);
  const signed = await (await parts.auditing()).latest();
  const overdue = Math.max(0, now - (due[0]?.at ?? now));
  const document: Json = {
    store: reading.place,
    head: String(head),
    checkpoint: signed ? { origin: signed.origin, size: signed.size, root: signed.root } : null,
    runs: Object.fromEntries(counts),
    queue: { pending: counts.get("pending") ?? 0, oldestMs: queued, overdueMs: overdue },
    last: rows.map((row) => rowDocument(row, waits.get(row.run))),
    due: due.map(({ run, task, at }) => ({ runId: run, task, dueAt: instantOf(at) })),
    unattended: [...left],
  };
  answer(context, document, () => {
    const colors = paint(terminal.out.color);
    const byStatus = [...counts].map(([one, count]) => `${count} ${tinted(colors, one, one)}`).join(", ");
    const timers = due.map(
      ({ run, task, at }) => `  ${task} of ${run}: due in ${duration(Math.max(0, at - now))}\n`,
    );
    return [
      `${colors.dim("store")}  ${reading.place}\n${colors.dim("head ")}  ${head}\n${colors.dim("runs ")}  ${byStatus || "none yet"}\n`,
      signed ? `${colors.dim("audit")}  ${signed.size} events signed, root ${signed.root}\n` : "",
      counts.has("pending")
        ? `${colors.dim("queue")}  ${queueText(counts.get("pending") ?? 0, queued)}\n`
        : "",
      overdue > 0 ? `${colors.dim("lag  ")}  what was due is ${duration(overdue)} late\n` : "",
      rows.length > 0 ? `\n${runTable(rows, { out: terminal.out, now, waits })}` : "",
      timers.length > 0 ? `\ndue\n${timers.join("")}` : "",
      ...left.map((run) => `\nnobody drives ${run}: gleitzeit resume ${run}`),
      left.length > 0 ? "\nor all of them: gleitzeit worker\n" : "",
    ].join("");
  });
  return EXIT.done;
};

const queueText = (pending: number, oldestMs: number): string =>
  `${pending} not begun, the oldest for ${duration(oldestMs)}`;

/** How long the oldest run has waited for somebody to drive it. */
async function oldestPending(models: ReadModels, tenant: string, now: number): Promise<number> {
  let oldest = now;
  for (let before: Position | undefined; ; ) {
    const query = { statuses: ["pending"], limit: PAGE, ...(before !== undefined && { before }) } as const;
    const { rows, next } = await models.runs(tenant, query);
    const last = rows.at(-1);
    if (last) oldest = Math.min(oldest, millisOf(last.submittedAt));
    if (next === undefined) return Math.max(0, now - oldest);
    before = next;
  }
}

const PAGE = 500;

/** So many of the newest are looked at one by one. */
const MOST = 200;

/** Runs that could go on but whose process is gone. */
async function unattended({ isAlive }: Reading, runs: readonly ActiveRun[]): Promise<readonly string[]> {
  const alive = new Map<Incarnation, boolean>();
  const left: string[] = [];
  for (const { run, status: now, owner } of runs) {
    if (owner !== undefined && !alive.has(owner)) alive.set(owner, await isAlive(owner));
    if (now !== "paused" && (owner === undefined || !alive.get(owner))) left.push(run);
  }
  return left.slice(0, LAST);
}
