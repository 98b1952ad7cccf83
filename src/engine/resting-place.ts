import type { DriveEnd } from "./driven.ts";

/** A promise that is settled from outside, and can say whether it was. */
export type RestingPlace = {
  readonly promise: Promise<DriveEnd>;
  readonly resolve: (end: DriveEnd) => void;
  readonly reject: (error: unknown) => void;
  readonly isResolved: () => boolean;
};

export function restingPlace(): RestingPlace {
  let resolved = false;
  let settle = { resolve: (_: DriveEnd): void => undefined, reject: (_: unknown): void => undefined };
  const promise = new Promise<DriveEnd>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // The driver logs its failures; nobody has to wait for the end of a run.
  promise.catch(() => undefined);
  return {
    promise,
    isResolved: () => resolved,
    resolve: (end) => {
      resolved = true;
      settle.resolve(end);
    },
    reject: settle.reject,
  };
}
