// What an audit log is signed with: its files, or what stands for them in memory, and the keys, wherever they are kept.
import type { Recording } from "../../engine/index.ts";
import type { OpenStore } from "../../open-store.ts";
import type { Base } from "../base.ts";
import { auditSecrets, outsidesOf } from "../secrets.ts";

type Adapter = typeof import("../../adapters/audit/index.ts");

export async function auditorParts(audit: Adapter, base: Base, part: OpenStore) {
  const { clock, random, own } = base;
  const { store, auditFolders, auditInMemory, incarnations } = part;
  const recording: Recording = { actor: { type: "engine", id: own }, clock, random };
  const kept = auditFolders
    ? {
        tiles: audit.tileFiles(auditFolders.tiles),
        keys: (await givenKeysOf(base, audit)) ?? audit.keyFiles(auditFolders.keys),
        kept: audit.keptNotes(auditFolders.kept),
      }
    : await auditInMemory?.();
  if (!kept) throw new Error(`${part.place} has no place for its audit log`);
  return { events: store.events, ...kept, incarnations, recording };
}

/** Undefined where the configuration names none. */
async function givenKeysOf(base: Base, audit: Adapter) {
  const names = auditSecrets((await base.settings()).values.audit);
  if (names.length === 0) return undefined;
  const { ofConfiguration, source } = outsidesOf(base);
  return audit.givenKeys(
    names.map((name) => ({
      shown: `\${secret.${name}}`,
      value: () => ofConfiguration(name),
      remedy: async () => (await source()).remedy(name),
    })),
  );
}
