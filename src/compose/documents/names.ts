// What a document calls, taken at its word: whoever only sends it does not know what there is where it runs.
import { isList, isObject, type Json, type MethodCatalog, targetOf, type Zones } from "../../domain/index.ts";

/** A catalog in which there is all that the document names, with whatever params. */
export function trusting(document: Json | undefined, zones: Zones): MethodCatalog {
  const named = namesIn(document ?? null);
  const protocols = new Set(
    named.methods.flatMap((method) => [
      targetOf({ method }).protocol,
      ...named.protocols.map((protocol) => targetOf({ method, protocol }).protocol),
    ]),
  );
  return {
    zones,
    protocols: () => [...protocols],
    methodsOf: () => named.methods,
    providers: () => named.providers,
    method: () => ({ check: () => [] }),
  };
}

type Named = {
  readonly methods: readonly string[];
  readonly protocols: readonly string[];
  readonly providers: readonly string[];
};

function namesIn(document: Json): Named {
  const found = { method: new Set<string>(), protocol: new Set<string>(), provider: new Set<string>() };
  const look = (value: Json): void => {
    if (isList(value)) return value.forEach(look);
    if (!isObject(value)) return;
    for (const key of ["method", "protocol", "provider"] as const) {
      const text = value[key];
      if (typeof text === "string") found[key].add(text);
    }
    Object.values(value).forEach(look);
  };
  look(document);
  return { methods: [...found.method], protocols: [...found.protocol], providers: [...found.provider] };
}
