// What is asked about a person by their name, as one document for every way in. The pseudonym is made here, where the
// tenant's key is; the name goes no further.
import { type Actor, type HoldTarget, RunId, runStream } from "../../domain/index.ts";
import { archiveOf, deletedAt } from "../log/left-run.ts";
import { findRun } from "../reading/find-run.ts";
import type { Driving } from "../reading/reading.ts";
import { actorId } from "../resolving/waits.ts";
import type { HoldRequest } from "./door.ts";
import { nothingHeld } from "./erase.ts";
import { type ErasureDocument, erasureDocument } from "./erasure-document.ts";
import { checkReason } from "./reason.ts";
import { subjectPseudonym } from "./subject.ts";

/** As `erase --json` and HTTP tell it: add, never rename. */
export type ErasedDocument = ErasureDocument & { readonly subject: string; readonly name: boolean };

/** As `hold add --json` and HTTP tell it: add, never rename. */
export type HeldDocument = {
  readonly target: HoldTarget;
  readonly changed: boolean;
  readonly erased: readonly { readonly subject: string; readonly request: string }[];
};

/** A person's name, or a run as it is named. */
export type HoldOn = { readonly subject: string } | { readonly run: string };

export type Persons = {
  /** RUN_NOT_FOUND where nothing is held on that person. */
  erase(name: string, reason: string): Promise<ErasedDocument>;
  hold(change: HoldRequest["change"], what: HoldOn, reason: string | undefined): Promise<HeldDocument>;
};

/** What looks like the id of a run is one, and must exist; anything else is a person's name. */
export const heldAs = (text: string): HoldOn =>
  RunId.safeParse(text).success ? { run: text } : { subject: text };

export function persons(driving: Driving, actor: Actor): Persons {
  const { tenant, engine } = driving;

  const targetOf = async (what: HoldOn): Promise<HoldTarget> => {
    if ("subject" in what) return { subject: subjectPseudonym(await driving.keys(), tenant, what.subject) };
    const asked = RunId.safeParse(what.run);
    return {
      run: asked.success && (await isArchived(asked.data)) ? asked.data : await findRun(driving, what.run),
    };
  };

  /** A run that is held keeps its archive. */
  const isArchived = async (run: RunId): Promise<boolean> => {
    const { events } = driving.store;
    const archive = await archiveOf(events, runStream(run, tenant));
    return archive !== undefined && (await deletedAt(events, runStream(run, tenant), archive)) === undefined;
  };

  return {
    erase: async (text, reason) => {
      checkReason(reason, text);
      const keys = await driving.keys();
      const subject = subjectPseudonym(keys, tenant, text);
      const entry = await driving.names.entryOf(actorId(keys, tenant, text));
      const by = { actor, reason, ...(entry !== undefined && { name: entry }) };
      const erasure = await engine.erase({ tenant, subject, ...by });
      const name = erasure.kind !== "deferred" && erasure.isNamed;
      if (erasure.kind === "unknown" && !name) throw nothingHeld();
      return { ...erasureDocument(erasure), subject, name };
    },
    hold: async (change, what, reason) => {
      if ("subject" in what) checkReason(reason, what.subject);
      const target = await targetOf(what);
      const { isChanged, erased } = await engine.hold({ change, target, tenant, actor, reason });
      return {
        target,
        changed: isChanged,
        erased: erased.map(({ subject, request }) => ({ subject, request })),
      };
    },
  };
}
