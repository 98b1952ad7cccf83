// `fallbacks`: which providers stand in for one another.
import { z } from "zod";
import type { ModelSettings, Providers } from "./providers.ts";

const Named = z.union(
  [
    z.string().min(1),
    z.strictObject({
      provider: z.string().min(1),
      model: z.string().min(1).describe("Asked there instead of the model that the call names."),
    }),
  ],
  { error: "expected a provider's name, or `{provider, model}`" },
);

export const Fallbacks = z.record(
  z.string().regex(/^[a-z][a-z0-9_-]*\/v\d+$/, { error: "a protocol such as `llm/v1`" }),
  z.array(Named).min(1).max(100),
);

type StandIn = { readonly name: string; readonly model?: string; readonly known?: readonly string[] };

/** With what each says of its models: one that does not say is asked for whatever the call names. */
export const fallbacksIn = (
  written: z.output<typeof Fallbacks>,
  providers: z.output<typeof Providers>,
): ReadonlyMap<string, readonly StandIn[]> =>
  new Map(
    Object.entries(written).map(([protocol, list]) => [
      protocol,
      list.map((one) =>
        typeof one === "string"
          ? { name: one, ...modelsOf(providers[one]) }
          : { name: one.provider, model: one.model },
      ),
    ]),
  );

type Provider = z.output<typeof Providers>[string];

function modelsOf(settings: Provider | undefined): Omit<StandIn, "name"> {
  if (!settings || !isOfModels(settings)) return {};
  const { default_model, models, instances = [] } = settings;
  const known = [models ?? [], ...instances.map((one) => one.models ?? [])].flat();
  const model = default_model ?? known[0];
  return model === undefined ? {} : { model, known: [model, ...known] };
}

const isOfModels = (settings: Provider): settings is ModelSettings => "prices" in settings;
