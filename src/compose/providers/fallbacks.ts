// Providers that stand in for one another, as the configuration has it: who is asked first, and that each is there.
import { didYouMean, GleitzeitError } from "../../domain/index.ts";
import type { Fallbacks, Provider } from "../../engine/index.ts";

/** Of one protocol, those of its list come first and in its order. */
export function withFallbacks(providers: readonly Provider[], fallbacks: Fallbacks): readonly Provider[] {
  const sorted = new Map<string, Provider[]>();
  for (const [protocol, list] of fallbacks) {
    const speakers = providers.filter((one) => one.protocol === protocol);
    checkNamed(protocol, list, speakers);
    const listed = list.flatMap(({ name }) => speakers.find((one) => one.name === name) ?? []);
    const all = new Set([...listed, ...speakers]);
    sorted.set(protocol, [...all]);
  }
  return providers.map((one) => sorted.get(one.protocol)?.shift() ?? one);
}

/** A name that nobody has is a mistake to hear of now, not when it is needed. */
function checkNamed(
  protocol: string,
  list: readonly { readonly name: string }[],
  speakers: readonly Provider[],
): void {
  const names = speakers.map(({ name }) => name);
  const unknown = list.find(({ name }) => !names.includes(name));
  if (unknown === undefined) return;
  const known = names.length === 0 ? "; nobody does" : `; there are ${names.join(", ")}`;
  throw new GleitzeitError(
    "CONFIGURATION_ERROR",
    `\`fallbacks\`: no provider \`${unknown.name}\` speaks ${protocol}${didYouMean(unknown.name, names) || known}`,
  );
}
