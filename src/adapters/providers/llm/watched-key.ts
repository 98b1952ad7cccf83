// The key of a server as it is now, and every one that was sent to it: whichever comes back goes no further.
import { type Scrub, scrubOf } from "./scrub.ts";

export type ApiKey = {
  /** For messages: what to set. */
  readonly variable: string | undefined;
  readonly value: string | undefined;
  /** Instead of `value`, where it may change: asked at each call. */
  readonly read?: () => Promise<string | undefined>;
};

export type WatchedKey = {
  readonly variable: string | undefined;
  readonly read: () => Promise<string | undefined>;
  /** Of all that was read until now. */
  readonly scrub: () => Scrub;
};

export function watchedKey({ variable, value, read }: ApiKey): WatchedKey {
  const used = new Set<string>();
  let scrub = scrubOf(used);
  return {
    variable,
    read: async () => {
      const key = read ? await read() : value;
      if (key !== undefined && !used.has(key)) scrub = scrubOf(used.add(key));
      return key;
    },
    scrub: () => scrub,
  };
}
