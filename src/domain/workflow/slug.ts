// Ids made from names. What is made here stands in logs for ever: the rules cannot change.

const MAX_LENGTH = 100;

/** Ids as authors may write them. */
export const ID_PATTERN = /^[A-Za-z_][A-Za-z0-9_-]{0,99}$/;

/**
 * `Café au lait` → `cafe-au-lait`, `3 boats` → `_3-boats`. Compatibility forms and accents are taken apart (NFKD)
 * and the accents dropped; whatever is no letter, digit or underscore becomes one dash. Undefined when nothing is left.
 */
export function slug(name: string): string | undefined {
  const plain = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^-|-$/g, "");
  if (plain === "") return undefined;
  const started = /^\d/.test(plain) ? `_${plain}` : plain;
  return started.slice(0, MAX_LENGTH).replace(/-$/, "");
}

export type Named = { readonly id?: string; readonly name?: string };

/** The id of the task at that place in the list, counted from 0. */
export const taskIdOf = ({ id, name }: Named, place: number): string =>
  id ?? (name === undefined ? undefined : slug(name)) ?? `task-${place + 1}`;

/** The definition's own id, the same for all its runs. */
export const workflowIdOf = ({ id, name }: { readonly id?: string; readonly name: string }): string =>
  id ?? slug(name) ?? "workflow";
