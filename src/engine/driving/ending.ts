// How a run that has no work left ends, with what its end needs from the log.
import { type Ending, errorOf, nodeAt, type Resolved, resolve } from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import { failureOf, scopeOf } from "../resolving/scope.ts";
import { valuesOf } from "../resolving/values.ts";

export async function ending(
  kit: Kit,
  driven: Driven,
  as: "ended" | "cancelled" | "timed-out" | "failed-fast" | "compensated",
): Promise<Ending> {
  if (as === "compensated") return undone(kit, driven);
  if (as === "cancelled" || as === "timed-out") return { kind: as };
  const { firstFailed } = driven.state.head;
  if (firstFailed !== undefined) {
    return {
      kind: "failed",
      task: nodeAt(driven.state, firstFailed).id,
      cause: await failureOf(kit, driven, firstFailed),
    };
  }
  const outputs = await outputsOf(kit, driven);
  return outputs.ok
    ? { kind: "succeeded", outputs: outputs.value }
    : { kind: "failed", cause: outputs.error };
}

/** With the error that it would have ended with at once. */
async function undone(kit: Kit, driven: Driven): Promise<Ending> {
  const { compensation } = driven.state.head;
  if (!compensation?.error) return { kind: "compensated" };
  const { at, error } = compensation;
  return { kind: "compensated", error: errorOf(error, (await valuesOf(kit, driven, [at])).get(at)?.error) };
}

async function outputsOf(kit: Kit, driven: Driven): Promise<Resolved> {
  const { graph } = driven.state;
  const scope = await scopeOf(kit, driven, graph.outputNeeds);
  if (graph.outputs !== undefined) return resolve(graph.outputs, scope, "outputs");
  const whole = graph.outputNeeds.flatMap((index) => {
    const value = scope.task(index);
    const result = value.kind === "result" ? value.value : value.kind === "error" ? value.results : undefined;
    return result === undefined ? [] : [[nodeAt(driven.state, index).id, result] as const];
  });
  return { ok: true, value: Object.fromEntries(whole) };
}
