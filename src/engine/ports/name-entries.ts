/**
 * The directory of who stands behind an actor's id, as an erasure needs it: the log may not know an actor's id beside a
 * person's pseudonym, but each entry has a random id, which says nothing once the entry is gone.
 */
export type NameEntries = {
  /** Of the entry of that actor; undefined where nobody is known by that id. */
  entryOf(actor: string): Promise<string | undefined>;
  /** Whether it was there. Put back from a backup it does not count either. */
  erase(entry: string): Promise<boolean>;
};
