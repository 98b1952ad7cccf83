// A run that stands in the log goes on here: unless it is over, driven already, or another living process has it.
import { type Actor, GleitzeitError, isFinal, type RunId } from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import type { Graphs } from "../log/graphs.ts";
import { speaksAll } from "../providers/speaks-all.ts";
import type { Drivers } from "./drivers.ts";
import { loseLate, lostClaims } from "./losses.ts";
import type { Taken } from "./worker.ts";

/** Undefined when some task of it calls what is not among `protocols`. */
export type TakeUp = (
  run: RunId,
  tenant: string,
  actor: Actor,
  protocols?: ReadonlySet<string>,
) => Promise<Taken | undefined>;

/** Called within `alone` of the run: nobody else makes a driver of it meanwhile. */
export function takingUp(
  kit: Kit,
  graphs: Graphs,
  load: (run: RunId, tenant: string) => Promise<Driven>,
  { find, take }: Pick<Drivers, "find" | "take">,
): TakeUp {
  const { incarnations } = kit;
  return async (run, tenant, actor, protocols) => {
    const known = await find(run);
    if (known) return known;
    const driven = await load(run, tenant);
    const { owner, status } = driven.state.head;
    if (isFinal(status)) return { end: async () => ({ kind: "ended", status }) };
    const needs = { facts: driven.facts, graph: driven.state.graph, graphs };
    if (protocols && !(await speaksAll(needs, protocols))) return undefined;
    if (owner !== undefined && owner !== incarnations.own && (await incarnations.isAlive(owner))) {
      throw new GleitzeitError(
        "WORKFLOW_INVALID_STATE",
        `run ${run} is driven by another process, which is alive`,
      );
    }
    const driver = take(driven);
    const isErased = driven.facts.sealing === "erased";
    const follows = isErased ? [{ type: "EraseRun" } as const] : await lostClaims(kit, driven);
    const previous = owner === undefined ? {} : { previous: owner };
    driver.post({
      commands: [{ type: "StartRun", owner: incarnations.own, ...previous }, ...follows],
      actor,
      reply: () => {
        driver.takeUp();
        void loseLate(kit, driver);
      },
    });
    return driver;
  };
}
