/**
 * Remembers what was used last among many: at least `size` entries, at most twice as many. Dropping a whole
 * generation costs nothing per entry, where deleting a map's oldest one by one gets slower with every deletion.
 */
export type Recent<K, V> = {
  get(key: K): V | undefined;
  set(key: K, value: V): void;
  clear(): void;
};

export function recent<K, V>(size: number): Recent<K, V> {
  let young = new Map<K, V>();
  let old = new Map<K, V>();

  function set(key: K, value: V): void {
    if (young.size >= size) {
      old = young;
      young = new Map();
    }
    young.set(key, value);
  }

  return {
    set,
    get(key) {
      const value = young.get(key);
      if (value !== undefined) return value;
      const older = old.get(key);
      if (older !== undefined) set(key, older);
      return older;
    },
    clear() {
      young = new Map();
      old = new Map();
    },
  };
}
