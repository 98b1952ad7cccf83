/** A binary heap. Entries are never removed from the middle: their owner checks on `pop` whether one still holds. */
export type Heap<T> = {
  readonly peek: () => T | undefined;
  readonly pop: () => T | undefined;
  readonly push: (entry: T) => void;
};

/** `before(a, b)`: a comes out first. O(log n) comparisons each. */
export function heap<T>(before: (a: T, b: T) => boolean): Heap<T> {
  const entries: T[] = [];

  const swap = (i: number, j: number, a: T, b: T): void => {
    entries[i] = b;
    entries[j] = a;
  };

  const up = (from: number): void => {
    for (let i = from; i > 0; ) {
      const parent = (i - 1) >> 1;
      const [a, b] = [entries[parent], entries[i]];
      if (a === undefined || b === undefined || !before(b, a)) return;
      swap(parent, i, a, b);
      i = parent;
    }
  };

  const firstOf = (i: number): number => {
    let first = i;
    for (const child of [2 * i + 1, 2 * i + 2]) {
      const [a, b] = [entries[first], entries[child]];
      if (a !== undefined && b !== undefined && before(b, a)) first = child;
    }
    return first;
  };

  const down = (): void => {
    for (let i = 0; ; ) {
      const first = firstOf(i);
      const [a, b] = [entries[i], entries[first]];
      if (first === i || a === undefined || b === undefined) return;
      swap(i, first, a, b);
      i = first;
    }
  };

  return {
    peek: () => entries[0],
    push: (entry) => {
      entries.push(entry);
      up(entries.length - 1);
    },
    pop: () => {
      const top = entries[0];
      const last = entries.pop();
      if (entries.length > 0 && last !== undefined) {
        entries[0] = last;
        down();
      }
      return top;
    },
  };
}
