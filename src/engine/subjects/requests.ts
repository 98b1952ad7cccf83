// Erasures that were asked for and are not done: the log has them before a key goes, and until nothing is left to do, so
// that who comes after a process that died in between finishes what it began.
import {
  type Actor,
  ERASURE_EVENT_VERSION,
  type ErasureEvent,
  type Revision,
  readErasureEvent,
  tenantStream,
} from "../../domain/index.ts";
import { json } from "../log/decode.ts";
import { storedIn } from "../log/stored-in.ts";
import { type EventStore, VersionConflict } from "../ports/index.ts";
import { type Noting, noted } from "./noted.ts";
import { reasonIn } from "./reason.ts";

export type OpenRequest = {
  readonly subject: string;
  readonly request: string;
  readonly reason: string;
  /** Of their entry in the directory of names. */
  readonly name?: string;
};

type Requests = { readonly head: Revision | "none"; readonly open: ReadonlyMap<string, OpenRequest> };

/** By subject. */
export async function openRequests(events: EventStore, tenant: string): Promise<Requests> {
  const open = new Map<string, OpenRequest>();
  let head: Requests["head"] = "none";
  for await (const stored of storedIn(events, tenantStream(tenant))) {
    const event = readErasureEvent(stored.type, stored.schemaVersion, json(stored, stored.data));
    if (event?.type === "ErasureFinished") open.delete(event.data.subject);
    if (event?.type === "ErasureRequested") {
      const { values, ...asked } = event.data;
      open.set(asked.subject, { ...asked, reason: reasonIn(values) });
    }
    head = stored.revision;
  }
  return { head, open };
}

const TRIES = 50;

type Kit = Noting & { readonly events: EventStore };
type By = { readonly tenant: string; readonly actor: Actor };

/** Of several at once one is written, and all carry out that one. Returns its id. */
export async function requested(kit: Kit, { reason, ...asked }: OpenRequest, by: By): Promise<string> {
  const { subject, request } = asked;
  const event: ErasureEvent = { type: "ErasureRequested", data: { ...asked, values: { reason } } };
  const standing = await noteUnless(kit, event, by, (open) => open.has(subject));
  return standing.get(subject)?.request ?? request;
}

export async function finished(
  kit: Kit,
  { subject, request }: Pick<OpenRequest, "subject" | "request">,
  by: By,
) {
  const event: ErasureEvent = { type: "ErasureFinished", data: { subject, request } };
  await noteUnless(kit, event, by, (open) => !open.has(subject));
}

/** What stood before it. */
async function noteUnless(
  kit: Kit,
  event: ErasureEvent,
  by: By,
  isSaid: (open: Requests["open"]) => boolean,
): Promise<Requests["open"]> {
  for (let tries = 1; ; tries += 1) {
    const { head, open } = await openRequests(kit.events, by.tenant);
    if (isSaid(open)) return open;
    try {
      await kit.events.append(tenantStream(by.tenant), head, [noted(kit, event, ERASURE_EVENT_VERSION, by)]);
      return open;
    } catch (error) {
      if (!(error instanceof VersionConflict) || tries === TRIES) throw error;
    }
  }
}
