// What the instances of a provider are called, in events and messages.

type Named = { readonly url?: string; readonly name?: string };

/** Two that are called the same on purpose are not told apart in silence. */
export function hasNamesakes(instances: readonly Named[]): boolean {
  const given = instances.flatMap(({ name }) => name ?? []);
  const all = instanceNames(instances);
  return new Set(given).size < given.length || new Set(all).size < all.length;
}

/** What each is called: its name, else where it is; of several that would be called the same, the later ones with a number. */
export function instanceNames(instances: readonly Named[]): readonly string[] {
  const plain = instances.map(({ name, url = "" }) => name ?? addressOf(url));
  return plain.map((name, i) => {
    const before = plain.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name}#${before + 1}`;
  });
}

/** Scheme, host and port: what follows may be nobody's business. */
export const addressOf = (url: string): string => (URL.canParse(url) ? new URL(url).origin : url);
