// Holds, as the log tells them: placed, released, asked for.
import {
  type Actor,
  HOLD_EVENT_VERSION,
  type HoldEvent,
  type HoldTarget,
  type Revision,
  type RunId,
  readHoldEvent,
  tenantStream,
} from "../../domain/index.ts";
import { json } from "../log/decode.ts";
import { storedIn } from "../log/stored-in.ts";
import { type EventStore, VersionConflict } from "../ports/index.ts";
import { type Noting, noted } from "./noted.ts";

const TRIES = 50;

export type Holds = {
  /** Of the stream's last event. */
  readonly head: Revision | "none";
  readonly subjects: ReadonlySet<string>;
  readonly runs: ReadonlySet<string>;
  /** What was held, and is not any more. */
  readonly released: { readonly subjects: ReadonlySet<string>; readonly runs: ReadonlySet<RunId> };
};

export async function holdsOf(events: EventStore, tenant: string): Promise<Holds> {
  const held = { subjects: new Set<string>(), runs: new Set<RunId>() };
  const released = { subjects: new Set<string>(), runs: new Set<RunId>() };
  let head: Holds["head"] = "none";
  for await (const stored of storedIn(events, tenantStream(tenant))) {
    const event = readHoldEvent(stored.type, stored.schemaVersion, json(stored, stored.data));
    if (event) apply(held, released, event);
    head = stored.revision;
  }
  return { head, ...held, released };
}

type Targets = { readonly subjects: Set<string>; readonly runs: Set<RunId> };

function apply(held: Targets, released: Targets, { type, data: { target } }: HoldEvent): void {
  const [to, from] = type === "HoldPlaced" ? [held, released] : [released, held];
  if ("run" in target) {
    from.runs.delete(target.run);
    to.runs.add(target.run);
  } else {
    from.subjects.delete(target.subject);
    to.subjects.add(target.subject);
  }
}

const isHeld = ({ subjects, runs }: Pick<Holds, "subjects" | "runs">, target: HoldTarget): boolean =>
  "run" in target ? runs.has(target.run) : subjects.has(target.subject);

/** False when it stood so already; then nothing is written. */
export async function changeHold(
  kit: Noting & { readonly events: EventStore },
  type: HoldEvent["type"],
  target: HoldTarget,
  {
    tenant,
    actor,
    reason,
  }: { readonly tenant: string; readonly actor: Actor; readonly reason: string | undefined },
): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    const holds = await holdsOf(kit.events, tenant);
    if (isHeld(holds, target) === (type === "HoldPlaced")) return false;
    const data = { target, ...(reason !== undefined && { values: { reason } }) };
    const event = noted(kit, { type, data }, HOLD_EVENT_VERSION, { tenant, actor });
    try {
      await kit.events.append(tenantStream(tenant), holds.head, [event]);
      return true;
    } catch (error) {
      if (!(error instanceof VersionConflict) || tries === TRIES) throw error;
    }
  }
}
