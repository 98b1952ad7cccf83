// A provider of the configuration as it runs: made, made otherwise while calls are under way, and ended without losing one.
import type { InstancePool } from "../../adapters/providers/pool/index.ts";
import { type Provider, type Usage, usage } from "../../engine/index.ts";
import type { Base } from "../base.ts";
import type { Leavers } from "./leavers.ts";
import {
  type Declared,
  type DeclaredInstance,
  instanceNames,
  isPooled,
  type Made,
  poolOf,
  type Records,
  replacedBy,
  setupOf,
} from "./pools.ts";

export type Provided = {
  readonly declared: Declared;
  /** To be registered; one for each protocol that it speaks. */
  readonly providers: readonly Provider[];
  readonly instances: Instances;
  readonly pool?: Pooled;
  /** No call begins any more; those under way may end. */
  readonly retire: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type Instances = readonly [Running, ...Running[]];
type Running = Made & { readonly use: Usage };
type Pooled = { readonly instances: InstancePool; readonly fronts: readonly Provider[]; readonly use: Usage };

/** Nothing that runs is touched before `commit`; `undo` closes what was made in vain. */
export type Prepared = {
  readonly provided: Provided;
  readonly commit: () => Promise<void>;
  readonly undo: () => Promise<void>;
};

export type ProvidedKit = {
  readonly base: Base;
  readonly records: Records;
  /** Who is called in place of one that is retired. */
  readonly successor: (retired: Provider) => Provider | undefined;
  readonly leave: Leavers["leave"];
};

export async function prepared(kit: ProvidedKit, declared: Declared, before?: Provided): Promise<Prepared> {
  const isPool = isPooled(declared);
  const old = isPool && before?.pool && before.declared.shape === declared.shape ? before : undefined;
  const names = instanceNames(declared);
  const made: Running[] = [];
  const undo = async (): Promise<void> => {
    await Promise.all(made.map(closeAll));
  };
  const running = async (one: DeclaredInstance, i: number): Promise<Running> => {
    const id = names[i] ?? declared.name;
    const same = old?.instances.find((other) => other.id === id && other.essence === one.essence);
    if (same) return { ...one, id, speaks: same.speaks, use: same.use };
    const use = usage(isPool ? () => undefined : kit.successor);
    const [first, ...others] = await one.make();
    const fresh: Running = { ...one, id, use, speaks: [use.counted(first), ...others.map(use.counted)] };
    made.push(fresh);
    return fresh;
  };
  try {
    const [first, ...others] = declared.instances;
    const instances: Instances = [
      await running(first, 0),
      ...(await inOrder(others, (one, i) => running(one, i + 1))),
    ];
    const put = isPool ? await asPool(kit, declared, instances, old) : alone(declared, instances);
    return { ...put, undo };
  } catch (error) {
    await undo();
    throw error;
  }
}

/** One after the other, so that whatever is made before one fails is known. */
async function inOrder<T, U>(
  list: readonly T[],
  make: (one: T, i: number) => Promise<U>,
): Promise<readonly U[]> {
  const all: U[] = [];
  for (const [i, one] of list.entries()) all.push(await make(one, i));
  return all;
}

type Put = Omit<Prepared, "undo">;

function alone(declared: Declared, instances: Instances): Put {
  const [{ speaks, use }] = instances;
  const { retire } = use;
  const close = (): Promise<void> => closeAll(instances[0]);
  return {
    provided: { declared, providers: speaks, instances, retire, close },
    commit: async () => undefined,
  };
}

async function asPool(
  kit: ProvidedKit,
  declared: Declared,
  instances: Instances,
  old: Provided | undefined,
): Promise<Put> {
  const pool = old?.pool ?? (await newPool(kit, declared, instances));
  const names = instances.map(({ id }) => id);
  const provided: Provided = {
    declared,
    providers: pool.fronts.map((front) => pool.use.counted({ ...front, instances: names })),
    instances,
    pool,
    retire: pool.use.retire,
    close: pool.instances.close,
  };
  const commit = async (): Promise<void> => {
    if (!old) return;
    await pool.instances.reconfigure(setupOf(declared, instances), replacedBy(old.instances, instances));
    for (const gone of old.instances.filter((one) => !instances.some(({ use }) => use === one.use)))
      kit.leave({ retire: gone.use.retire, close: () => closeAll(gone) });
  };
  return { provided, commit };
}

async function newPool(kit: ProvidedKit, declared: Declared, instances: Instances): Promise<Pooled> {
  const { poolFront } = await import("../../adapters/providers/pool/index.ts");
  const pool = await poolOf(kit.base, kit.records, declared, instances);
  const fronts = instances[0].speaks.map((_, speaks) => poolFront(pool, speaks));
  return { instances: pool, fronts, use: usage(kit.successor) };
}

async function closeAll({ speaks }: Running): Promise<void> {
  await Promise.all(speaks.map((provider) => provider.close()));
}
