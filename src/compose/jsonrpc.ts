// Endpoints of JSON-RPC that the configuration declares: each answers `jsonrpc/call`, and its own protocol where it has one.
import * as config from "../adapters/config/index.ts";
import { confidence, discreet, type Processes, type Provider } from "../engine/index.ts";
import type { Base } from "./base.ts";
import { wayTo } from "./way.ts";

type Declared = {
  readonly name: string;
  readonly settings: config.JsonrpcSettings;
  readonly processes: () => Promise<Processes>;
  readonly secretOf: (name: string) => Promise<string | undefined>;
};

export async function jsonrpcProviders(base: Base, declared: Declared): Promise<readonly Provider[]> {
  const { name, settings } = declared;
  const { endpoint, jsonrpcProvider, ...own } = await import("../adapters/providers/jsonrpc/index.ts");
  const { values, folder } = await base.settings();
  const all = Object.entries(values.providers).flatMap(([key, { type }]) =>
    type === "jsonrpc" ? [key] : [],
  );
  const told = confidence();
  const secretOf: Declared["secretOf"] = async (one) => told.tell(await declared.secretOf(one));
  const opened = endpoint({
    name,
    version: base.outside.version,
    clock: base.clock,
    random: base.random,
    schemas: jsonSchemas,
    mostBytes: 2 * config.bytesIn(values.limits.result),
    timeoutMs: millis(settings.timeout),
    startMs: millis(settings.start_timeout),
    way: () => wayTo(base, { ...declared, secretOf, folder }),
  });
  const byName = discreet(jsonrpcProvider(opened, all), told);
  const { protocol, methods } = settings;
  if (protocol === undefined) return [byName];
  const schemas = await jsonSchemas();
  const ownProvider = methods
    ? own.declaredProvider(opened, { protocol, methods, schemas })
    : own.externalProvider(opened, protocol);
  return [discreet(ownProvider, told), byName];
}

const jsonSchemas = () => import("../adapters/json-schemas/index.ts");

const millis = (duration: number | string | undefined): number | undefined =>
  duration === undefined ? undefined : config.millisIn(duration);
