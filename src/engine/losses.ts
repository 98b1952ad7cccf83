// Attempts that nobody works on any more: found when a run is taken over, or made when this process leaves.
import { nodeAt, type RunCommand } from "../domain/index.ts";
import type { Driven } from "./driven.ts";
import type { Kit } from "./host.ts";
import type { Report } from "./perform.ts";

export async function lostClaims(kit: Kit, { state }: Driven): Promise<readonly RunCommand[]> {
  const alive = new Map<string, boolean>();
  const lost: RunCommand[] = [];
  for (const [index, { status, worker, attempt }] of state.tasks.entries()) {
    if (status !== "running" || worker === undefined) continue;
    if (!alive.has(worker)) alive.set(worker, await kit.incarnations.isAlive(worker));
    if (alive.get(worker)) continue;
    lost.push({ type: "LoseTask", task: nodeAt(state, index).id, attempt, reason: "worker-dead" });
  }
  return lost;
}

/** An attempt that was stopped is handed back; one that ended by itself still counts. */
export function atShutdown(report: Report): RunCommand {
  const { type, task, attempt } = report;
  const isStopped = type === "FailTask" && report.error.code === "SYSTEM_SHUTDOWN";
  return isStopped ? { type: "LoseTask", task, attempt, reason: "shutdown" } : report;
}
