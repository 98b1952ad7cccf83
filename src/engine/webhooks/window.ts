// How far an endpoint is: everything up to the mark is over. Deliveries that are under way hold it back.
import type { Position } from "../../domain/index.ts";

type Place = Position | "start";

export type Window = {
  /** This event is to be delivered; what stood before it was looked at. */
  readonly begin: (position: Position) => void;
  readonly over: (position: Position) => void;
  /** Everything up to there was looked at. */
  readonly lookedAt: (position: Place) => void;
  readonly scanned: () => Place;
  readonly mark: () => Place;
  readonly size: () => number;
};

/** `lookedAt` and `begin` come in the order of the log. */
export function window(from: Place): Window {
  let scanned = from;
  /** Position → what was looked at before it. */
  const pending = new Map<Position, Place>();
  return {
    begin: (position) => {
      pending.set(position, scanned);
      scanned = position;
    },
    over: (position) => {
      pending.delete(position);
    },
    lookedAt: (position) => {
      scanned = position;
    },
    scanned: () => scanned,
    mark: () => {
      for (const before of pending.values()) return before;
      return scanned;
    },
    size: () => pending.size,
  };
}

export const isBeyond = (position: Position, place: Place): boolean => place === "start" || position > place;
