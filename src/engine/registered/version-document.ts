// A version of a registered workflow, as `--json` prints it and HTTP answers it. Other programs read this: add, never rename.
import type { Actor, Instant } from "../../domain/index.ts";
import type { Reading } from "../reading/reading.ts";
import type { Registration } from "./registrations.ts";

export type VersionDocument = {
  readonly id: string;
  readonly name: string;
  readonly version: string | null;
  readonly hash: string;
  readonly contentHash: string;
  readonly current: boolean;
  readonly registeredAt: Instant;
  readonly registeredBy: Actor & { readonly name: string | null };
};

export async function versionDocument(
  { nameOf }: Pick<Reading, "nameOf">,
  { at, actor, event }: Registration,
  isCurrent: boolean,
): Promise<VersionDocument> {
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
