// What is registered, as documents: the command line prints them and HTTP answers them.
import type { Definition } from "../../domain/index.ts";
import type { Reading } from "../reading/reading.ts";
import { findRegistered, type Registry } from "./find-registered.ts";
import { openRegistered } from "./open-registered.ts";
import { allRegistrations, currentOf, type Registration } from "./registrations.ts";
import { type VersionDocument, versionDocument } from "./version-document.ts";

export type ListedWorkflow = VersionDocument & { readonly versions: number };

export type ShownWorkflow = VersionDocument & {
  readonly definition: Definition;
  readonly source: string | null;
  /** The newest first. */
  readonly versions: readonly VersionDocument[];
};

/** By name, each as its name stands now. */
export async function registeredWorkflows(registry: Reading & Registry): Promise<readonly ListedWorkflow[]> {
  const all = await allRegistrations(registry.store.events, registry.tenant);
  return Promise.all(
    all.map(async (one) => ({
      ...(await versionDocument(registry, currentOf(one), true)),
      versions: one.length,
    })),
  );
}

export async function registeredWorkflow(
  registry: Reading & Registry,
  name: string,
  version?: string,
): Promise<ShownWorkflow> {
  const { registration, all } = await findRegistered(registry, name, version);
  const { definition, source } = await openRegistered(registry, registration);
  const told = (one: Registration) => versionDocument(registry, one, one === currentOf(all));
  return {
    ...(await told(registration)),
    definition,
    source: source ? new TextDecoder().decode(source.bytes) : null,
    versions: await Promise.all(all.toReversed().map(told)),
  };
}
