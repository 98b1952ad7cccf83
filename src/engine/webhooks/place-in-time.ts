// Where in the log a time is: behind the last event that was recorded before it.
import type { Instant, Position } from "../../domain/index.ts";
import type { EventStore } from "../ports/index.ts";

const PAGE = 1000;

export async function placeInTime(events: EventStore, time: Instant): Promise<Position | "start"> {
  let before: Position | "start" = "start";
  for (let page = await events.readAll("start", PAGE); ; page = await events.readAll(page.next, PAGE)) {
    for (const { recordedAt, position } of page.events) {
      if (recordedAt >= time) return before;
      before = position;
    }
    if (page.atHead) return before;
  }
}
