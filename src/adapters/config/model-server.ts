// A provider's settings → the one server it stands for, with where its key is.
import type { Environment } from "./environment.ts";
import type { ModelSettings } from "./providers.ts";

/** What vendors' own programs call them, and where their APIs are. */
const VENDORS = {
  ollama: { url: "http://127.0.0.1:11434", variable: undefined },
  openai: { url: "https://api.openai.com/v1", variable: "OPENAI_API_KEY" },
  anthropic: { url: "https://api.anthropic.com", variable: "ANTHROPIC_API_KEY" },
} as const;

export type ApiKey = {
  /** For messages: what to set. */
  readonly variable: string | undefined;
  readonly value: string | undefined;
};

export type ModelServer = {
  readonly url: string;
  readonly apiKey: ApiKey | undefined;
  readonly defaultModel: string | undefined;
  /** Said to be there; of several providers, calls for these are for this one. */
  readonly models: readonly string[];
};

/** The vendor's key goes to the vendor's own address only; another server gets what its settings name. */
export function modelServer(settings: ModelSettings, env: Environment): ModelServer {
  const { type, default_model, instances } = settings;
  const { url, api_key, models } = instances?.[0] ?? settings;
  const vendor = VENDORS[type];
  const isVendors = url === undefined || url === vendor.url;
  const named =
    api_key ?? (isVendors && vendor.variable !== undefined ? `\${secret.${vendor.variable}}` : undefined);
  return {
    url: url ?? vendor.url,
    apiKey: named === undefined ? undefined : apiKeyIn(named, env),
    defaultModel: default_model ?? models?.[0],
    models: [...(models ?? []), ...(default_model === undefined ? [] : [default_model])],
  };
}

function apiKeyIn(written: string, env: Environment): ApiKey {
  const variable = /^\$\{secret\.([A-Za-z_][A-Za-z0-9_-]*)\}$/.exec(written)?.[1];
  if (variable === undefined) return { variable, value: written };
  return { variable, value: env[variable] || undefined };
}
