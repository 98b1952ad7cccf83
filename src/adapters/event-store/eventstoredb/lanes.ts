// Work on one stream goes one after the other, in the order in which it was asked; work on different streams goes
// together, as much of it as is good for the connection.
export type Lanes = {
  run<T>(lane: string, work: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is waiting or under way. */
  idle(): Promise<void>;
};

export function lanes(mostAtOnce: number): Lanes {
  const last = new Map<string, Promise<unknown>>();
  const waiting: (() => void)[] = [];
  let running = 0;

  async function within<T>(work: () => Promise<T>): Promise<T> {
    if (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift(); // which takes over the place
      if (next) next();
      else running -= 1;
    }
  }

  async function run<T>(lane: string, work: () => Promise<T>): Promise<T> {
    const before = last.get(lane) ?? Promise.resolve();
    const mine = before.then(() => within(work));
    const settled = mine.then(
      () => undefined,
      () => undefined, // whoever asked hears of it; whoever comes next does not care
    );
    last.set(lane, settled);
    try {
      return await mine;
    } finally {
      if (last.get(lane) === settled) last.delete(lane);
    }
  }

  return {
    run,
    idle: async () => {
      while (last.size > 0) await Promise.all(last.values());
    },
  };
}
