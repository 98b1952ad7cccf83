// Servers of models: each as a provider of its own, and together as one.
import * as config from "../../adapters/config/index.ts";
import { confidence, discreet, type Provider } from "../../engine/index.ts";
import type { Base } from "../base.ts";
import { trustedOutbound } from "../outbound.ts";
import type { Outsides } from "../secrets.ts";
import type { Declared, DeclaredInstance } from "./pools.ts";

type Around = { readonly secretOf: Outsides["ofConfiguration"] };
type Listed = NonNullable<config.ModelSettings["instances"]>[number];

export async function modelServers(
  base: Base,
  name: string,
  settings: config.ModelSettings,
  around: Around,
): Promise<Declared> {
  const { allModels } = await import("../../adapters/providers/llm/index.ts");
  const { type, default_model, instances: listed } = settings;
  const [first, ...others] = listed ?? [undefined];
  const given = [first, ...others];
  const modelsOf = (one: Listed | undefined) => (one ?? settings).models;
  const defaultModel = default_model ?? given.flatMap((one) => modelsOf(one) ?? [])[0];
  const instance = (one: Listed | undefined): DeclaredInstance => {
    const declared = one ? { ...settings, instances: [one] } : settings;
    const server = config.modelServer(declared, base.outside.env);
    const models = modelsOf(one);
    return {
      settings: one ?? {},
      url: server.url,
      ...(models && { models }),
      essence: config.essenceOf({ ...settings, default_model: defaultModel }, one),
      make: async () => [await modelServer(base, name, settings, { server, defaultModel, ...around })],
    };
  };
  return {
    name,
    shape: type,
    settings,
    instances: [instance(first), ...others.map(instance)],
    defaultModel,
    gathered: { list_models: allModels },
  };
}

type Wanted = Around & {
  readonly server: ReturnType<typeof config.modelServer>;
  readonly defaultModel: string | undefined;
};

async function modelServer(
  base: Base,
  name: string,
  { type, prices, timeout }: config.ModelSettings,
  { server: { apiKey, ...server }, defaultModel, secretOf }: Wanted,
): Promise<Provider> {
  const { llmProvider } = await import("../../adapters/providers/llm/index.ts");
  const { values } = await base.settings();
  const own = confidence();
  const provider = llmProvider({
    name,
    type,
    ...server,
    apiKey: apiKey && {
      variable: apiKey.variable,
      read: async () => own.tell(await keyOf(apiKey, secretOf)),
    },
    defaultModel,
    prices,
    timeoutMs: timeout === undefined ? undefined : config.millisIn(timeout),
    outbound: trustedOutbound(base),
    clock: base.clock,
    mostBytes: config.bytesIn(values.limits.result),
  });
  return discreet(provider, own);
}

/** In clear, or by the name of a secret: then as it is when the call is made. */
const keyOf = async (
  { variable, value }: NonNullable<ReturnType<typeof config.modelServer>["apiKey"]>,
  secretOf: Outsides["ofConfiguration"],
): Promise<string | undefined> => (variable === undefined ? value : secretOf(variable));
