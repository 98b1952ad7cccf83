// Instances of one provider put together as one: who stands for whom, and where what happens to them is recorded.
import * as config from "../../adapters/config/index.ts";
import type { InstancePool, Journal, PoolMember, PoolSetup } from "../../adapters/providers/pool/index.ts";
import { type Actor, type Configured, type Json, membershipChanges } from "../../domain/index.ts";
import type { EventStore, Provider } from "../../engine/index.ts";
import type { Base } from "../base.ts";

/** The log, when it is asked for: it is opened after the providers are made. */
export type Records = () => Promise<EventStore>;

/** What stands under one name of `providers`. */
export type Declared = {
  readonly name: string;
  /** What it speaks: one with another shape is another provider. */
  readonly shape: string;
  readonly settings: config.PoolSettings;
  readonly instances: readonly [DeclaredInstance, ...DeclaredInstance[]];
  readonly defaultModel?: string | undefined;
  readonly gathered?: Readonly<Record<string, (results: readonly Json[]) => Json>>;
};

export type DeclaredInstance = {
  readonly settings: Parameters<typeof config.instancePolicy>[1];
  /** Where it is, if that is an address. */
  readonly url?: string;
  readonly models?: readonly string[];
  /** Equal where it is the same one as before. */
  readonly essence: string;
  /** All that it speaks, in one order for all instances. */
  readonly make: () => Promise<readonly [Provider, ...Provider[]]>;
};

/** An instance that was made. */
export type Made = Omit<DeclaredInstance, "make"> & {
  readonly id: string;
  readonly speaks: readonly [Provider, ...Provider[]];
};

export const instanceNames = ({ name, instances }: Declared): readonly string[] =>
  config.instanceNames(instances.map((one) => ({ ...one.settings, url: one.url ?? name })));

export const isPooled = ({ settings, instances }: Declared): boolean =>
  config.isPooled(
    settings,
    instances.map((one) => one.settings),
  );

export async function poolOf(
  base: Base,
  records: Records,
  declared: Declared,
  made: readonly [Made, ...Made[]],
): Promise<InstancePool> {
  const { instancePool } = await import("../../adapters/providers/pool/index.ts");
  const { clock, random, log } = base;
  return instancePool({
    name: declared.name,
    journal: await journalOf(base, records, declared.name),
    clock,
    fraction: () => random.fraction(),
    log,
    ...setupOf(declared, made),
  });
}

export function setupOf(
  { settings, defaultModel, gathered }: Declared,
  [first, ...others]: readonly [Made, ...Made[]],
): PoolSetup {
  const member = ({ id, settings: one, url, models, speaks }: Made): PoolMember => {
    const [provider, ...also] = speaks;
    return {
      instance: { id, ...config.instancePolicy(settings, one), ...(models && { models }) },
      ...(url !== undefined && { endpoint: config.addressOf(url) }),
      provider,
      also,
    };
  };
  return {
    members: [member(first), ...others.map(member)],
    ...config.poolPolicy(settings),
    defaultModel,
    ...(gathered && { gathered }),
  };
}

/** As the log knows it. */
const configuredAs = ({ id, url, speaks: [{ protocol }] }: Made): Configured => ({
  id,
  protocol,
  ...(url !== undefined && { endpoint: config.addressOf(url) }),
});

/** Records which instances there are from now on, where the log has others. */
export async function recordMembers(
  base: Base,
  records: Records,
  name: string,
  change: { readonly before: readonly Made[]; readonly after: readonly Made[] },
): Promise<void> {
  const journal = await journalOf(base, records, name);
  await journal.read();
  const standings = journal.standings();
  const unknown = change.before.filter(({ id }) => !standings.has(id)).map(({ id }) => id);
  const replaced = replacedBy(change.before, change.after);
  const ids = change.after.map(({ id }) => id);
  journal.record([
    ...unknown
      .filter((id) => !ids.includes(id) || replaced.has(id))
      .map((instance) => ({ type: "InstanceRemoved", data: { instance } }) as const),
    ...membershipChanges(standings, change.after.map(configuredAs), replaced),
  ]);
  await journal.settled();
}

/** Names under which there is somebody else than before. */
export const replacedBy = (before: readonly Made[], after: readonly Made[]): ReadonlySet<string> =>
  new Set(
    after
      .filter(({ id, essence }) => before.some((one) => one.id === id && one.essence !== essence))
      .map(({ id }) => id),
  );

async function journalOf(base: Base, records: Records, provider: string): Promise<Journal> {
  const { journal } = await import("../../adapters/providers/pool/index.ts");
  const { clock, random, log, own } = base;
  const actor: Actor = { type: "engine", id: own };
  return journal({ provider, events: records, actor, clock, random, log });
}
