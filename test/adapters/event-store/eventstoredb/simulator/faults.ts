// What a server may do instead of answering: told beforehand, one call after the other.
export type Fault =
  /** Says that it is not available, and has done nothing. */
  | "refuse"
  /** Has done nothing and never answers. */
  | "hang"
  /** Has done it and never answers. */
  | "mute"
  /** Has done it, and the connection breaks before the answer. */
  | "cut";

export type FaultyCall = "append" | "read" | "subscribe";

export type Faults = {
  /** Of this call; what is planned first comes first. */
  next(call: FaultyCall): Fault | undefined;
  plan(call: FaultyCall, ...faults: readonly Fault[]): void;
  /** Resolves when all that was planned has been met with. */
  met(call: FaultyCall): Promise<void>;
};

export function faults(): Faults {
  const planned = new Map<FaultyCall, Fault[]>();
  const waiting: { readonly call: FaultyCall; readonly met: () => void }[] = [];
  return {
    next: (call) => {
      const [fault, ...rest] = planned.get(call) ?? [];
      planned.set(call, rest);
      if (rest.length === 0) for (const one of waiting) if (one.call === call) one.met();
      return fault;
    },
    plan: (call, ...more) => {
      planned.set(call, [...(planned.get(call) ?? []), ...more]);
    },
    met: (call) =>
      new Promise((met) => {
        if (planned.get(call)?.length) waiting.push({ call, met });
        else met();
      }),
  };
}
