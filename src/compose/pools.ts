// Instances of one provider put together as one: who stands for whom, and where what happens to them is recorded.
import * as config from "../adapters/config/index.ts";
import type { Actor, Json } from "../domain/index.ts";
import type { EventStore, Provider } from "../engine/index.ts";
import type { Base } from "./base.ts";

/** The log, when it is asked for: it is opened after the providers are made. */
export type Records = () => Promise<EventStore>;

export type Declared = {
  readonly name: string;
  readonly settings: config.PoolSettings;
  readonly instances: readonly [DeclaredInstance, ...DeclaredInstance[]];
  readonly defaultModel?: string | undefined;
  readonly gathered?: Readonly<Record<string, (results: readonly Json[]) => Json>>;
};

export type DeclaredInstance = {
  readonly settings: Parameters<typeof config.instancePolicy>[1];
  readonly url: string;
  readonly models?: readonly string[];
  readonly provider: Provider;
};

/** One instance of which nothing is said stays what it is: there is nothing to choose. */
export async function pooled(base: Base, records: Records, declared: Declared): Promise<Provider> {
  const { name, settings, instances, defaultModel, gathered } = declared;
  const [only] = instances;
  if (
    !config.isPooled(
      settings,
      instances.map((one) => one.settings),
    )
  )
    return only.provider;
  const { journal, poolProvider } = await import("../adapters/providers/pool/index.ts");
  const { clock, random, log, own } = base;
  const names = config.instanceNames(instances.map((one) => ({ ...one.settings, url: one.url })));
  const member = ({ settings: one, url, models, provider }: DeclaredInstance, id: string) => ({
    instance: { id, ...config.instancePolicy(settings, one), ...(models && { models }) },
    endpoint: config.addressOf(url),
    provider,
  });
  const actor: Actor = { type: "engine", id: own };
  return poolProvider({
    name,
    members: [
      member(only, names[0] ?? only.url),
      ...instances.slice(1).map((one, i) => member(one, names[i + 1] ?? one.url)),
    ],
    ...config.poolPolicy(settings),
    journal: journal({ provider: name, events: records, actor, clock, random, log }),
    clock,
    fraction: () => random.fraction(),
    log,
    defaultModel,
    ...(gathered && { gathered }),
  });
}
