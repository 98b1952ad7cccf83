// The providers of the configuration, all of them: made when they are first asked for, and made otherwise when it is read
// again. What did not change goes on; calls under way end where they began.
import * as config from "../../adapters/config/index.ts";
import {
  type CurrentRegistry,
  currentRegistry,
  type Fallbacks,
  type Provider,
  type ProviderRegistry,
} from "../../engine/index.ts";
import type { Base } from "../base.ts";
import { type Around, declaredIn } from "./configured.ts";
import { leavers } from "./leavers.ts";
import { type Records, recordMembers } from "./pools.ts";
import { type Prepared, type Provided, type ProvidedKit, prepared } from "./running.ts";

export type Changes = {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
};

export type DeclaredProviders = {
  readonly registry: CurrentRegistry;
  /** All of it, or nothing: settings that cannot be had throw, and what was in force stays. */
  readonly change: (settings: config.Settings) => Promise<Changes>;
};

type Given = {
  readonly records: Records;
  readonly around: Omit<Around, "folder">;
  /** With those that are built in or brought by the caller; CONFIGURATION_ERROR where they do not go together. */
  readonly registered: (configured: readonly Provider[], fallbacks: Fallbacks) => Promise<ProviderRegistry>;
};

/** One name of the configuration; `written` is equal where nothing of it changed. */
type Entry = { readonly name: string; readonly written: string; readonly provided: Provided };
type Laid = Entry & Partial<Omit<Prepared, "provided">>;

export async function declaredProviders(base: Base, { records, around, registered }: Given) {
  const { closing, log } = base;
  const left = closing.add(leavers(log), (all) => all.close());
  let entries: readonly Entry[] = [];
  let current: CurrentRegistry | undefined;
  const kit: ProvidedKit = {
    base,
    records,
    leave: left.leave,
    successor: ({ protocol, name }) => current?.find(protocol, name),
  };
  const entryOf = async (next: config.Settings, name: string): Promise<Laid | undefined> => {
    const own = next.values.providers[name];
    if (!own) return undefined;
    const { folder } = next;
    const written = JSON.stringify([own, folder]);
    const before = entries.find((one) => one.name === name);
    if (before?.written === written) return before;
    const declared = await declaredIn(base, name, own, { ...around, folder });
    return { name, written, ...(await prepared(kit, declared, before?.provided)) };
  };

  const lay = async (next: config.Settings) => {
    const laid: Laid[] = [];
    try {
      for (const name of Object.keys(next.values.providers)) {
        const entry = await entryOf(next, name);
        if (entry) laid.push(entry);
      }
      const all = laid.flatMap(({ provided }) => provided.providers);
      const { fallbacks, providers } = next.values;
      return { laid, registry: await registered(all, config.fallbacksIn(fallbacks, providers)) };
    } catch (error) {
      for (const { undo } of laid) await undo?.();
      throw error;
    }
  };

  const first = await lay(await base.settings());
  entries = first.laid.map(({ name, written, provided }) => ({ name, written, provided }));
  const registry = closing.add(currentRegistry(first.registry), (one) => one.closeAll());
  current = registry;

  return {
    registry,
    change: async (next: config.Settings): Promise<Changes> => {
      const before = entries;
      const { laid, registry: other } = await lay(next);
      for (const { commit } of laid) await commit?.();
      entries = laid.map(({ name, written, provided }) => ({ name, written, provided }));
      registry.replace(other);
      return settle(base, { records, before, after: entries, leave: left.leave });
    },
  } satisfies DeclaredProviders;
}

type Settled = {
  readonly records: Records;
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
  readonly leave: ProvidedKit["leave"];
};

/** Whoever is no longer asked leaves, and the log learns who there is. */
async function settle(base: Base, { records, before, after, leave }: Settled): Promise<Changes> {
  const names = new Set([...before, ...after].map((entry) => entry.name));
  const inBoth = [...names].map((name) => ({
    name,
    old: before.find((entry) => entry.name === name),
    now: after.find((entry) => entry.name === name),
  }));
  const others = inBoth.filter(({ old, now }) => old?.written !== now?.written);
  for (const { name, old, now } of others) {
    const isSamePool = old?.provided.pool !== undefined && old.provided.pool === now?.provided.pool;
    if (isSamePool) continue;
    if (old) leave(old.provided);
    const members = (entry: Entry | undefined) => entry?.provided.instances ?? [];
    await recordMembers(base, records, name, { before: members(old), after: members(now) });
  }
  const namesOf = (some: typeof others): readonly string[] => some.map(({ name }) => name);
  return {
    added: namesOf(others.filter(({ old }) => !old)),
    changed: namesOf(others.filter(({ old, now }) => old && now)),
    removed: namesOf(others.filter(({ now }) => !now)),
  };
}
