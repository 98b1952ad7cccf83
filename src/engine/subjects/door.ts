// What an engine does for persons: erases them, and holds what must not be erased.
import type { Actor, HoldTarget, RunCommand, RunId } from "../../domain/index.ts";
import type { Kit } from "../host.ts";
import { type Erasure, type ErasureRequest, erase } from "./erase.ts";
import { changeHold } from "./holds.ts";
import { subjectOfRun, waitingErasures } from "./settle.ts";
import { storyOf } from "./story.ts";
import { waitingErasure } from "./waiting.ts";

export type HoldRequest = {
  readonly change: "place" | "release";
  readonly target: HoldTarget;
  readonly tenant: string;
  readonly actor: Actor;
  readonly reason: string | undefined;
};

export type Held = {
  /** False when it stood so already; then nothing was written. */
  readonly isChanged: boolean;
  /** What waited for the release and was done. */
  readonly erased: readonly { readonly subject: string; readonly request: string }[];
};

export type Subjects = {
  /** Destroys what is held on a person, or puts it off while a hold stands. */
  erase(request: ErasureRequest): Promise<Erasure>;
  /** Forbids that something is erased or removed, or allows it again and does what waited for that. */
  hold(request: HoldRequest): Promise<Held>;
  /** Does what was asked for, or waited for a release, where the process died before it was done. */
  settle(tenant: string): Promise<void>;
};

type Tell = (run: RunId, tenant: string, command: RunCommand, actor: Actor) => Promise<unknown>;

export function subjects(kit: Kit, tell: Tell): Subjects {
  const erasing: Subjects["erase"] = (request) =>
    erase(
      {
        ...kit,
        end: async (run) => void (await tell(run, request.tenant, { type: "EraseRun" }, request.actor)),
      },
      request,
    );

  const subjectOf = async (target: HoldTarget, tenant: string): Promise<string | undefined> =>
    "subject" in target ? target.subject : subjectOfRun(kit.events, target.run, tenant);

  return {
    erase: erasing,
    hold: async ({ change, target, ...by }) => {
      const { tenant, actor } = by;
      const type = change === "place" ? "HoldPlaced" : "HoldReleased";
      const isChanged = await changeHold(kit, type, target, by);
      const subject = change === "release" ? await subjectOf(target, tenant) : undefined;
      const waiting =
        subject === undefined ? undefined : waitingErasure(await storyOf(kit.events, tenant, subject));
      if (subject === undefined || !waiting) return { isChanged, erased: [] };
      const done = await erasing({ tenant, subject, actor, ...waiting });
      return { isChanged, erased: done.kind === "erased" ? [{ subject, request: done.request }] : [] };
    },
    settle: async (tenant) => {
      for (const waiting of await waitingErasures(kit.events, tenant))
        await erasing({ tenant, actor: kit.engineActor, ...waiting });
    },
  };
}
