// How fast many alike things get done, and how long the rest will take at that rate.
import { duration } from "./text.ts";

export type Done = {
  /** Of those that were worked on: what was taken over took no time. */
  readonly done: number;
  readonly left: number;
  readonly tookMs: number;
};

/** Fewer say nothing yet. */
const FEWEST = 2;

export function paceText({ done, left, tookMs }: Done): string {
  if (done < FEWEST || left <= 0 || tookMs <= 0) return "";
  const perSecond = (done * 1000) / tookMs;
  const rate = perSecond >= 1 ? `${perSecond.toFixed(1)}/s` : `${(perSecond * 60).toFixed(1)}/min`;
  return `${rate}, ${duration((left * tookMs) / done)} left`;
}
