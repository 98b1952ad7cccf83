// What of a log is about one person: what was done to their runs, what was decided on them, and who took their data out. The
// log knows a pseudonym. It is read once before, for their runs: of one that has left, only the end says whose it was.
import { isList, type JsonObject, type Position, runOfStream } from "../../domain/index.ts";
import type { EventStore, StoredEvent } from "../../engine/ports/index.ts";
import { aboutIn, jsonIn } from "./trail-data.ts";

const PAGE = 500;

export type IsAbout = (event: StoredEvent, data: JsonObject) => boolean;

export async function aboutPerson(events: Pick<EventStore, "readAll">, subject: string): Promise<IsAbout> {
  const streams = new Set<string>();
  const runs = new Set<string>();
  let begun: Position | undefined;
  for (let after: Position | "start" = "start"; ; ) {
    const page = await events.readAll(after, PAGE);
    for (const event of page.events) {
      if (event.type !== "RunSubmitted" && event.type !== "RunArchived") continue;
      if (jsonIn(event, event.data).subject !== subject) continue;
      streams.add(event.stream);
      runs.add(runOfStream(event.stream) ?? "");
      if (event.type === "RunArchived") begun = 0n; // at some time before
      begun ??= event.position;
    }
    if (page.atHead) break;
    after = page.next;
  }
  return (event, data) => {
    const about = aboutIn(data);
    const isOfAll = event.type === "LogExported" && about.run === undefined && about.subject === undefined;
    if (isOfAll) return begun !== undefined && event.position > begun;
    const { subjects } = data;
    return (
      streams.has(event.stream) ||
      about.subject === subject ||
      (about.run !== undefined && runs.has(about.run)) ||
      (isList(subjects) && subjects.includes(subject))
    );
  };
}
