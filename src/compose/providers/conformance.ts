// What `providers test` checks: an endpoint by the protocol it speaks, any other provider by what holds for all.
import type { CheckTarget } from "../../adapters/cli/index.ts";
import * as config from "../../adapters/config/index.ts";
import type { Spoken } from "../../adapters/providers/jsonrpc/index.ts";
import { didYouMean, GleitzeitError } from "../../domain/index.ts";
import {
  type CheckReport,
  confidence,
  discreetly,
  type JsonSchemas,
  type Provider,
} from "../../engine/index.ts";
import type { Base } from "../base.ts";
import type { Providers } from "./providers.ts";
import { wayTo } from "./server-way.ts";

type Endpoint = {
  readonly name: string;
  readonly settings: config.ServerSettings & Pick<config.JsonrpcSettings, "protocol" | "methods">;
  readonly isPlain: boolean;
  readonly folder: string;
};

/** PROVIDER_NOT_FOUND where nothing has that name. */
export async function conformanceOf(
  base: Base,
  providers: Providers,
  { what, patienceMs, isPlain }: CheckTarget,
): Promise<AsyncIterable<CheckReport>> {
  const { values, folder } = await base.settings();
  const here = base.outside.workingFolder;
  const check = (endpoint: Endpoint) => checkedEndpoint(base, providers, endpoint, patienceMs);
  switch (what.kind) {
    case "command": {
      const [command = "", ...args] = what.words;
      return check({ name: command, settings: { command, args }, isPlain, folder: here });
    }
    case "url":
      return check({ name: what.url, settings: { url: what.url }, isPlain, folder: here });
    case "name": {
      const settings = Object.hasOwn(values.providers, what.name) ? values.providers[what.name] : undefined;
      if (settings?.type === "jsonrpc")
        return check({
          name: what.name,
          settings,
          isPlain: isPlain || settings.protocol === undefined,
          folder,
        });
      const { providerChecks } = await import("../../adapters/conformance/index.ts");
      return providerChecks(await providerNamed(what.name, providers), base.random.eventId());
    }
  }
}

async function checkedEndpoint(
  base: Base,
  { processes, secretOf }: Providers,
  { name, settings, isPlain, folder }: Endpoint,
  patienceMs: number,
): Promise<AsyncIterable<CheckReport>> {
  const { conformance } = await import("../../adapters/providers/jsonrpc/index.ts");
  const schemas = await import("../../adapters/json-schemas/index.ts");
  const { values } = await base.settings();
  const told = confidence();
  const tell: typeof secretOf = async (one) => told.tell(await secretOf(one));
  const reports = conformance({
    name,
    version: base.outside.version,
    clock: base.clock,
    random: base.random,
    schemas,
    mostBytes: 2 * config.bytesIn(values.limits.result),
    patienceMs,
    spoken: spokenBy(settings, isPlain, schemas),
    way: () => wayTo(base, { name, settings, processes, secretOf: tell, folder }),
  });
  return discreetly(reports, told);
}

function spokenBy({ methods }: Endpoint["settings"], isPlain: boolean, { schemaType }: JsonSchemas): Spoken {
  if (!methods) return isPlain ? { kind: "plain", methods: {} } : { kind: "provider" };
  const typed = Object.entries(methods).map(([name, { params, result, examples, calls }]) => {
    const types = { params: schemaType(params), result: schemaType(result) };
    return [name, { ...types, examples, ...(calls !== undefined && { calls }) }] as const;
  });
  return { kind: "plain", methods: Object.fromEntries(typed) };
}

async function providerNamed(name: string, { registry }: Providers): Promise<Provider> {
  const { providers } = await registry();
  const found = providers.find((provider) => provider.name === name);
  if (found) return found;
  const names = [...new Set(providers.map((provider) => provider.name))];
  throw new GleitzeitError(
    "PROVIDER_NOT_FOUND",
    `there is no provider \`${name}\`${didYouMean(name, names) || `: available are ${names.join(", ")}`}`,
  );
}
