// Providers beside the built-in ones: servers of models and of tools, and modules of one's own.
import { z } from "zod";
import { type DockerSettings, dockerProvider } from "./docker-settings.ts";
import { Duration } from "./duration.ts";
import { type HttpSettings, httpServer } from "./http-settings.ts";
import { hasNamesakes } from "./instance-names.ts";
import { type JsonrpcSettings, jsonrpcServer } from "./jsonrpc-settings.ts";
import { type McpSettings, mcpServer } from "./mcp-settings.ts";
import { InstanceKeys, PoolKeys } from "./pool-settings.ts";

const Url = z.string().refine(isPlainUrl, {
  error: "expected an address such as `http://127.0.0.1:11434`, without a user name or password",
});

const ApiKey = z
  .string()
  .min(1)
  .describe(
    "Where its key is: `${secret.NAME}` is the secret NAME, or the environment variable NAME, read when a call is made. A key in clear is masked, never shown.",
  );

const Name = z.string().min(1).max(500);

const Address = Url.describe("Where it is; used as it stands.");

const Access = {
  api_key: ApiKey.exactOptional(),
  models: z
    .array(Name)
    .min(1)
    .exactOptional()
    .describe("The models there; the first is asked where none is named."),
};

const Instance = z.strictObject({ url: Address, ...Access, ...InstanceKeys });

const Price = z.strictObject({
  input: z.number().min(0).describe("Of a million tokens that it reads."),
  output: z.number().min(0).default(0).describe("Of a million tokens that it writes."),
});

const server = <T extends string>(type: T, what: string) =>
  z
    .strictObject({
      type: z.literal(type).describe(what),
      url: Address.exactOptional(),
      ...Access,
      instances: z
        .array(Instance)
        .min(1)
        .max(1000)
        .refine((all) => !hasNamesakes(all), {
          error: "two instances have one `name`; rename one",
        })
        .exactOptional()
        .describe("Instead of `url`, `api_key` and `models`: servers that stand for one another."),
      ...PoolKeys,
      default_model: Name.exactOptional().describe("Asked where no model is named."),
      timeout: Duration.exactOptional().describe("Of one call; the task's own timeout holds too."),
      prices: z
        .record(Name, Price)
        .default({})
        .describe("Model → its price, in a currency of your own: what calls cost is recorded with them."),
    })
    .refine(
      ({ url, api_key, models, instances }) =>
        instances === undefined || (url ?? api_key ?? models) === undefined,
      {
        error: "`instances` says it all: `url`, `api_key` and `models` stand in it, or instead of it",
        path: ["instances"],
      },
    );

const ModuleProvider = z.strictObject({
  type: z.literal("module").describe("A provider of one's own."),
  module: z
    .string()
    .min(1)
    .describe("A file, from the configuration's folder, or the name of a package; it exports the provider."),
  options: z.record(z.string(), z.json()).default({}).describe("Handed to the module as they are."),
});

const DockerProvider = dockerProvider();

export const Providers = z
  .record(
    z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,99}$/, { error: "a name of letters, digits, `-` and `_`" }),
    z.discriminatedUnion(
      "type",
      [
        server("ollama", "Models of an Ollama server; `http://127.0.0.1:11434` when no address is given."),
        server(
          "openai",
          "Models behind an API like OpenAI's; `https://api.openai.com/v1` when no address is given.",
        ),
        server("anthropic", "Models of Anthropic; `https://api.anthropic.com` when no address is given."),
        mcpServer(Url),
        jsonrpcServer(Url),
        httpServer(Url),
        DockerProvider,
        ModuleProvider,
      ],
      {
        error:
          "its `type` is `ollama`, `openai`, `anthropic`, `mcp`, `jsonrpc`, `http`, `docker` or `module` in this version",
      },
    ),
  )
  .refine((all) => !Object.hasOwn(all, "builtin"), {
    error: "`builtin` is the built-in MCP server's name",
    path: ["builtin"],
  });

type Provider = z.infer<typeof Providers>[string];
export type ModuleSettings = Extract<Provider, { readonly type: "module" }>;
export type ModelSettings = Exclude<
  Provider,
  ModuleSettings | McpSettings | JsonrpcSettings | HttpSettings | DockerSettings
>;

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === "" && password === "";
}
