// A version of a registered workflow, as commands print it.
import { type Registration, versionText } from "../../engine/index.ts";
import type { Reading } from "./parts.ts";

export async function versionJson(
  { nameOf }: Pick<Reading, "nameOf">,
  registration: Registration,
  isCurrent: boolean,
) {
  const { at, actor, event } = registration;
  const { workflow, contentHash } = event.data;
  return {
    id: workflow.id,
    name: workflow.name,
    version: workflow.version ?? null,
    hash: workflow.hash,
    contentHash,
    current: isCurrent,
    registeredAt: at,
    registeredBy: { ...actor, name: (await nameOf(actor)) ?? null },
  };
}

/** `version 2 (41e0c2b7a9d3)`, or the hash alone. */
export function versionTitle(registration: Registration): string {
  const { version, hash } = registration.event.data.workflow;
  const digits = hash.slice("sha256-".length, "sha256-".length + 12);
  return version === undefined ? `(${digits})` : `version ${versionText(registration)} (${digits})`;
}
