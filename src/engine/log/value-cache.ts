import type { Revision, StreamName } from "../../domain/index.ts";
import type { Values } from "./encode.ts";

/** Values of acknowledged events, so that a step seldom reads what this process wrote a moment ago. */
export type ValueCache = {
  readonly get: (stream: StreamName, revision: Revision) => Values | undefined;
  readonly put: (stream: StreamName, revision: Revision, values: Values, bytes: number) => void;
  /** Nobody here will ask for the values of this stream again. */
  readonly forget: (stream: StreamName) => void;
};

type Entry = { readonly values: Values; readonly bytes: number };
type Generation = Map<StreamName, Map<Revision, Entry>>;

/** Beside its values, an entry costs about this much. */
const ENTRY_BYTES = 200;

/**
 * Two generations instead of one list in order of use: when the young one is full it becomes the old one,
 * so nothing is ever searched for a victim. Holds at most `budget` bytes of encoded values, about.
 */
export function valueCache(budget: number): ValueCache {
  let young: Generation = new Map();
  let old: Generation = new Map();
  let youngBytes = 0;

  const insert = (stream: StreamName, revision: Revision, entry: Entry): void => {
    if (youngBytes + entry.bytes > budget / 2) {
      old = young;
      young = new Map();
      youngBytes = 0;
    }
    const known = young.get(stream);
    if (known) known.set(revision, entry);
    else young.set(stream, new Map([[revision, entry]]));
    youngBytes += entry.bytes;
  };

  return {
    put: (stream, revision, values, bytes) => {
      if (bytes <= budget / 4) insert(stream, revision, { values, bytes: bytes + ENTRY_BYTES });
    },
    get: (stream, revision) => {
      const entry = young.get(stream)?.get(revision);
      if (entry) return entry.values;
      const older = old.get(stream)?.get(revision);
      if (older) insert(stream, revision, older);
      return older?.values;
    },
    forget: (stream) => {
      for (const { bytes } of young.get(stream)?.values() ?? []) youngBytes -= bytes;
      young.delete(stream);
      old.delete(stream);
    },
  };
}
