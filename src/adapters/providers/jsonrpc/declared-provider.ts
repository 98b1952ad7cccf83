// A protocol whose methods stand in the configuration: an existing JSON-RPC server, called as it is.
import { GleitzeitError, isObject, type JsonObject } from "../../../domain/index.ts";
import {
  type JsonSchemas,
  type Provider,
  providerOf,
  type ServedMethod,
} from "../../../engine/ports/index.ts";
import { aliveness } from "./call-provider.ts";
import type { Endpoint } from "./endpoint.ts";
import { outcomeOf } from "./outcome.ts";

export type DeclaredMethod = {
  readonly description: string;
  readonly params: JsonObject;
  readonly result: JsonObject;
  readonly version: number;
  readonly idempotent: boolean;
  readonly examples: readonly JsonObject[];
  /** What the server calls it, where that is another name. */
  readonly calls?: string;
};

type Declared = {
  readonly protocol: string;
  readonly methods: Readonly<Record<string, DeclaredMethod>>;
  readonly schemas: JsonSchemas;
};

/** CONFIGURATION_ERROR where a schema is none. */
export function declaredProvider(endpoint: Endpoint, { protocol, methods, schemas }: Declared): Provider {
  const { name } = endpoint;
  const typed = (schema: JsonObject, place: string) => {
    try {
      return schemas.schemaType(schema);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new GleitzeitError("CONFIGURATION_ERROR", `\`providers.${name}.methods.${place}\`: ${why}`, {
        cause: error,
      });
    }
  };
  const served = Object.entries(methods).map(([key, declared]): readonly [string, ServedMethod] => {
    const { calls = key, params, result, ...told } = declared;
    return [
      key,
      {
        ...told,
        params: typed(params, `${key}.params`),
        result: typed(result, `${key}.result`),
        answer: (given, { signal }) =>
          outcomeOf(name, () =>
            endpoint.ask({ method: calls, params: isObject(given) ? given : {}, signal }),
          ),
      },
    ];
  });
  return providerOf({
    protocol,
    name,
    methods: Object.fromEntries(served),
    health: () => aliveness(endpoint),
    close: endpoint.close,
  });
}
