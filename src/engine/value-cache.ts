import type { Revision, StreamName } from "../domain/index.ts";
import type { Values } from "./encode.ts";

/** Values of acknowledged events, so that a step seldom reads what this process wrote a moment ago. */
export type ValueCache = {
  readonly get: (stream: StreamName, revision: Revision) => Values | undefined;
  readonly put: (stream: StreamName, revision: Revision, values: Values, bytes: number) => void;
};

/**
 * Two generations instead of one list in order of use: when the young one is full it becomes the old one,
 * so nothing is ever searched for a victim. Holds at most `budget` bytes of encoded values, about.
 */
export function valueCache(budget: number): ValueCache {
  let young = new Map<string, { readonly values: Values; readonly bytes: number }>();
  let old: typeof young = new Map();
  let youngBytes = 0;

  const insert = (key: string, entry: { readonly values: Values; readonly bytes: number }): void => {
    if (youngBytes + entry.bytes > budget / 2) {
      old = young;
      young = new Map();
      youngBytes = 0;
    }
    young.set(key, entry);
    youngBytes += entry.bytes;
  };

  return {
    put: (stream, revision, values, bytes) => {
      if (bytes <= budget / 4) insert(`${stream}@${revision}`, { values, bytes: bytes + 200 });
    },
    get: (stream, revision) => {
      const key = `${stream}@${revision}`;
      const entry = young.get(key);
      if (entry) return entry.values;
      const older = old.get(key);
      if (older) insert(key, older);
      return older?.values;
    },
  };
}
