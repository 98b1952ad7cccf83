// What a composition root needs of time: things made once, when they are first asked for, and closed in the opposite order.

export const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

export type Closers = {
  readonly add: <T>(part: T, close: (part: T) => Promise<void>) => T;
  /** The last opened first. Idempotent; one that fails does not keep the others open. */
  readonly close: () => Promise<void>;
};

export function closers(): Closers {
  const open: (() => Promise<void>)[] = [];
  return {
    add: (part, close) => {
      open.push(() => close(part));
      return part;
    },
    close: async () => {
      const failures: unknown[] = [];
      for (let close = open.pop(); close; close = open.pop()) {
        await close().catch((error: unknown) => failures.push(error));
      }
      if (failures.length === 1) throw failures[0];
      if (failures.length > 1) throw new AggregateError(failures, "several parts did not close");
    },
  };
}
