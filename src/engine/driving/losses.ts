// Attempts that nobody works on any more: found when a run is taken over, or made when this process leaves.
import { asError, nodeAt, type RunCommand } from "../../domain/index.ts";
import type { Report } from "../attempts/perform.ts";
import type { Driven, Input } from "../driven.ts";
import type { Kit } from "../host.ts";

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

type Driving = { readonly driven: Driven; readonly post: (input: Input) => void };

/**
 * What the owner before claimed after the run was read, and before it was taken: its last append may have come between
 * the two. Nothing more can come from it, so that one look is enough. Never rejects.
 */
export async function loseLate(kit: Kit, { driven, post }: Driving): Promise<void> {
  try {
    const commands = await lostClaims(kit, driven);
    for (const command of commands) post({ commands: [command], actor: kit.engineActor });
  } catch (error) {
    kit.log.warn(
      { run: driven.facts.run, error: asError(error) },
      "claims of a dead worker could not be judged",
    );
  }
}

/** An attempt that was stopped is handed back; one that ended by itself still counts. */
export function atShutdown(report: Report): RunCommand {
  const { type, task, attempt } = report;
  const isStopped = type === "FailTask" && report.error.code === "SYSTEM_SHUTDOWN";
  return isStopped ? { type: "LoseTask", task, attempt, reason: "shutdown" } : report;
}
