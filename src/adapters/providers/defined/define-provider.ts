// A provider out of functions, for whoever brings an own one: each method is its schemas and what it does.
import { z } from "zod";
import { GleitzeitError, type Json, type JsonObject } from "../../../domain/index.ts";
import {
  type Health,
  type Method,
  type MethodContext,
  type Provider,
  providerOf,
  type ServedMethod,
} from "../../../engine/ports/index.ts";

export type DefinedMethod<Params extends z.ZodType> = {
  readonly description: string;
  readonly params: Params;
  /** What it gives back; any JSON when left out. */
  readonly result?: z.ZodType;
  readonly execute: (params: z.output<Params>, context: MethodContext) => Promise<Json> | Json;
  readonly examples?: readonly JsonObject[];
  /** Rises when the same params may give something else than before. */
  readonly version?: number;
  readonly idempotent?: boolean;
  readonly files?: Method["files"];
};

export type DefinedProvider<Schemas extends Readonly<Record<string, z.ZodType>>> = {
  /** `shop/v1`; tasks say `method: shop/price`. */
  readonly protocol: string;
  /** The protocol without its version when left out. */
  readonly name?: string;
  readonly methods: { readonly [Name in keyof Schemas]: DefinedMethod<Schemas[Name]> };
  readonly health?: () => Promise<Health>;
  readonly close?: () => Promise<void>;
};

const PROTOCOL = /^[a-z][a-z0-9_-]*\/v[1-9]\d*$/;

export function defineProvider<const Schemas extends Readonly<Record<string, z.ZodType>>>(
  definition: DefinedProvider<Schemas>,
): Provider {
  const { protocol, name = protocol.replace(/\/.*$/, ""), health, close } = definition;
  if (!PROTOCOL.test(protocol)) {
    throw new GleitzeitError("CONFIGURATION_ERROR", `a protocol is written \`name/v1\`, not \`${protocol}\``);
  }
  const entries = Object.entries<DefinedMethod<z.ZodType>>(definition.methods);
  const methods = Object.fromEntries(entries.map(([key, method]) => [key, served(method)]));
  return providerOf({ protocol, name, methods, ...(health && { health }), ...(close && { close }) });
}

const served = (method: DefinedMethod<z.ZodType>): ServedMethod => ({
  version: method.version ?? 1,
  description: method.description,
  params: method.params,
  result: method.result ?? z.json(),
  examples: method.examples ?? [],
  ...(method.idempotent !== undefined && { idempotent: method.idempotent }),
  ...(method.files && { files: method.files }),
  answer: async (params, context) => ({
    ok: true,
    result: (await method.execute(params, context)) ?? null,
  }),
});
