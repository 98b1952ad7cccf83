/** Calls under one key come one after the other; different keys do not wait for each other. */
export type InTurn<K> = <T>(key: K, call: () => Promise<T>) => Promise<T>;

export function inTurn<K>(): InTurn<K> {
  const last = new Map<K, Promise<void>>();
  return (key, call) => {
    const mine = (last.get(key) ?? Promise.resolve()).then(call);
    const over = mine.then(
      () => leave(),
      () => leave(),
    );
    const leave = (): void => {
      if (last.get(key) === over) last.delete(key);
    };
    last.set(key, over);
    return mine;
  };
}
