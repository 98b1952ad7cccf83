// A run begins: its first events in one append, and nothing twice where the same request came before.
import { type Actor, initial } from "../../domain/index.ts";
import type { Started } from "../door.ts";
import { reusing } from "../forking/forks.ts";
import type { Kit } from "../host.ts";
import { factsOf } from "../log/facts.ts";
import { type Graphs, withBlobs } from "../log/graphs.ts";
import { type Prepared, sameRequest } from "../submitting/submit.ts";
import type { Drivers } from "./drivers.ts";
import { posted } from "./posted.ts";

export type Start = (prepared: Prepared, tenant: string, actor: Actor) => Promise<Started>;

/** Called within `alone` of the run: nobody else makes a driver of it meanwhile. */
export function starting(kit: Kit, graphs: Graphs, { find, take }: Pick<Drivers, "find" | "take">): Start {
  const reusableFor = reusing(kit, graphs);

  const existing = async (prepared: Prepared, tenant: string): Promise<Started> => {
    await sameRequest(kit, prepared, tenant);
    return { run: prepared.run, created: false, end: undefined };
  };

  return async (prepared, tenant, actor) => {
    const { run, submission, blobs, sealing } = prepared;
    if (await find(run)) return existing(prepared, tenant);
    const graph = await graphs.of(submission, tenant, { blobs, sealing });
    const reusable = await reusableFor(submission, tenant, graph);
    const facts = await factsOf(
      run,
      tenant,
      submission,
      actor,
      submission.values ?? {},
      { blobs: withBlobs(kit.blobs, blobs), sealing },
      reusable,
      prepared.root,
    );
    const driver = take({ facts, state: initial(graph, reusable), pending: new Map(), lists: new Map() });
    const decision = await posted(driver, {
      commands: [
        { type: "SubmitRun", submission },
        { type: "StartRun", owner: kit.incarnations.own },
      ],
      actor,
      blobs,
    });
    if (decision.kind === "rejected") return existing(prepared, tenant);
    return {
      run,
      created: true,
      get end() {
        return driver.end(); // not before somebody asks
      },
    };
  };
}
