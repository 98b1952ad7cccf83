// Times that go back from one event to the next: a clock was set back, or clocks of several machines differ. That is nothing
// altered, so it is no finding, but whoever goes by the times of a log wants to know.
import type { EventStore } from "../../engine/index.ts";

export type TimesBack = {
  readonly count: number;
  readonly farthest: {
    readonly position: string;
    readonly recordedAt: string;
    /** Of the event before it. */
    readonly after: string;
  };
};

/** Those who write at once do not do so in the order of a thousandth of a second. */
const LEAST_MS = 1000;

/** A log whose events are looked at as somebody reads it, once each. */
export function withTimes(events: EventStore) {
  let [last, before] = [-1n, ""];
  let [count, most] = [0, 0];
  let farthest: TimesBack["farthest"] | undefined;

  const readAll: EventStore["readAll"] = async (...asked) => {
    const page = await events.readAll(...asked);
    for (const { position, recordedAt } of page.events) {
      if (position <= last) continue;
      const millis = recordedAt < before ? Date.parse(before) - Date.parse(recordedAt) : 0;
      if (millis >= LEAST_MS) count += 1; // not where one of them is no time: that is found as what it is
      if (millis >= LEAST_MS && millis > most) {
        farthest = { position: String(position), recordedAt, after: before };
        most = millis;
      }
      [last, before] = [position, recordedAt];
    }
    return page;
  };

  return {
    events: { ...events, readAll },
    timesBack: (): TimesBack | undefined => farthest && { count, farthest },
  };
}
