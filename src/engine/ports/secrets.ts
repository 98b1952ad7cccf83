/** Where secrets are. They are asked for each time, so that one that was changed counts from the next call on. */
export interface Secrets {
  /** Undefined where there is none of that name. GleitzeitError when nobody can tell. */
  value(name: string): Promise<string | undefined>;
  /** What to do about one that is missing. */
  remedy(name: string): string;
}

/** A shorter one could be any word: it cannot be kept out of what a call says. */
export const SHORTEST_SECRET = 6;
