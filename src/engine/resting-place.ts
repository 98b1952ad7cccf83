// Where whoever asks learns how a run stands when there is nothing more to do for it here. Plain data, and no promise
// before somebody asks: of runs that sleep, a hundred thousand are kept.
import { asError } from "../domain/index.ts";
import type { DriveEnd } from "./driven.ts";

export type RestingPlace = { how: How | undefined; asked: Asked | undefined };

type How =
  | { readonly kind: "rests"; readonly end: DriveEnd }
  | { readonly kind: "failed"; readonly error: unknown };

type Asked = { readonly promise: Promise<DriveEnd>; readonly tell: (how: How) => void };

export const restingPlace = (): RestingPlace => ({ how: undefined, asked: undefined });

export const rests = (place: RestingPlace, end: DriveEnd): void => settle(place, { kind: "rests", end });

export const fails = (place: RestingPlace, error: unknown): void => settle(place, { kind: "failed", error });

/** The same promise, however often it is asked for. */
export function endAt(place: RestingPlace): Promise<DriveEnd> {
  place.asked ??= asked();
  if (place.how) place.asked.tell(place.how);
  return place.asked.promise;
}

/** Only the first counts. */
function settle(place: RestingPlace, how: How): void {
  place.how ??= how;
  place.asked?.tell(place.how);
}

function asked(): Asked {
  let tell = (_: How): void => undefined;
  const promise = new Promise<DriveEnd>((resolve, reject) => {
    tell = (how) => (how.kind === "rests" ? resolve(how.end) : reject(asError(how.error)));
  });
  promise.catch(() => undefined); // the driver logs its failures; nobody has to wait for the end of a run
  return { promise, tell };
}
