// Endpoints of JSON-RPC that the configuration declares: each answers `jsonrpc/call`, and its own protocol where it has one.
import * as config from "../../adapters/config/index.ts";
import { confidence, discreet, type Provider } from "../../engine/index.ts";
import type { Base } from "../base.ts";
import { type Reachable, servers } from "./places.ts";
import type { Declared } from "./pools.ts";
import { wayTo } from "./server-way.ts";

type Endpoint = Reachable<config.JsonrpcSettings>;

export const jsonrpcServer = (base: Base, endpoint: Endpoint): Declared => {
  const { protocol, methods } = endpoint.settings;
  return servers(endpoint, JSON.stringify(["jsonrpc", protocol, methods]), (one) => spoken(base, one));
};

async function spoken(base: Base, declared: Endpoint): Promise<readonly [Provider, ...Provider[]]> {
  const { name, settings, folder } = declared;
  const { endpoint, jsonrpcProvider, ...own } = await import("../../adapters/providers/jsonrpc/index.ts");
  const { values } = await base.settings();
  const told = confidence();
  const secretOf: Endpoint["secretOf"] = async (one) => told.tell(await declared.secretOf(one));
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
  const byName = discreet(
    jsonrpcProvider(opened, () => declared.speaking("jsonrpc/v1")),
    told,
  );
  const { protocol, methods } = settings;
  if (protocol === undefined) return [byName];
  const schemas = await jsonSchemas();
  const ownProvider = methods
    ? own.declaredProvider(opened, { protocol, methods, schemas })
    : own.externalProvider(opened, protocol);
  return [discreet(ownProvider, told), byName];
}

const jsonSchemas = () => import("../../adapters/json-schemas/index.ts");

const millis = (duration: number | string | undefined): number | undefined =>
  duration === undefined ? undefined : config.millisIn(duration);
