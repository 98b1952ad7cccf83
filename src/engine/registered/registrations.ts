// Registered workflows as the log tells them: a stream for each, an event for each of its versions.
import {
  type Actor,
  type Instant,
  type Revision,
  type StreamName,
  TENANT_MAIN,
  type WorkflowRegistered,
  workflowStream,
} from "../../domain/index.ts";
import { decodeRegistered } from "../log/decode.ts";
import { storedIn, storedUnder } from "../log/stored-in.ts";
import { uuid8 } from "../log/uuid8.ts";
import type { EventStore, Sha256 } from "../ports/index.ts";

/** One version of a registered workflow. */
export type Registration = {
  readonly revision: Revision;
  readonly at: Instant;
  readonly actor: Actor;
  readonly event: WorkflowRegistered;
};

/** The versions of one workflow, the oldest first; the last one is what its name stands for. */
export type Registrations = readonly [Registration, ...Registration[]];

const utf8 = new TextEncoder();

/** STORED FORMAT: the same id gives the same stream, in every version. */
export const registeredStream = (sha256: Sha256, id: string, tenant: string = TENANT_MAIN): StreamName =>
  workflowStream(uuid8(sha256(utf8.encode(`workflow\n${id}`))), tenant);

export async function registrationsIn(
  events: EventStore,
  stream: StreamName,
): Promise<Registrations | undefined> {
  const found: Registration[] = [];
  for await (const stored of storedIn(events, stream)) found.push(decodeRegistered(stored));
  return versions(found);
}

/** Every registered workflow of a tenant, by its name. */
export async function allRegistrations(
  events: EventStore,
  tenant: string,
): Promise<readonly Registrations[]> {
  const found = new Map<StreamName, Registration[]>();
  for await (const stored of storedUnder(events, prefix(tenant))) {
    const before = found.get(stored.stream) ?? [];
    before.push(decodeRegistered(stored));
    found.set(stored.stream, before);
  }
  return [...found.values()]
    .map(versions)
    .filter((one) => one !== undefined)
    .toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

const prefix = (tenant: string): string => `workflow-${tenant}.`;

const versions = ([first, ...rest]: readonly Registration[]): Registrations | undefined =>
  first && [first, ...rest];

export const currentOf = (all: Registrations): Registration => all.at(-1) ?? all[0];

export const nameOf = (all: Registrations): string => currentOf(all).event.data.workflow.name;
