// Which runs there are to replay: those of some workflows, whole ones only, since the runs inside a run are part of it.
import type { RunEventOf, RunId } from "../../domain/index.ts";
import { decode } from "../log/decode.ts";
import type { EventStore } from "../ports/index.ts";

export type Replayable = {
  readonly run: RunId;
  readonly workflow: RunEventOf<"RunSubmitted">["data"]["workflow"];
};

const PAGE = 1000;

/** The oldest first. The log itself is asked: nothing is kept beside it, and nothing written. */
export async function recordedRuns(
  events: EventStore,
  tenant: string,
  isWanted: (workflow: Replayable["workflow"]) => boolean,
): Promise<readonly Replayable[]> {
  const found: Replayable[] = [];
  for (let page = await events.readAll("start", PAGE, `run-${tenant}.`); ; ) {
    for (const stored of page.events) {
      if (stored.revision !== 0 || stored.type !== "RunSubmitted") continue;
      const { event, run } = decode(stored);
      if (event.type !== "RunSubmitted" || event.data.parent || !isWanted(event.data.workflow)) continue;
      found.push({ run, workflow: event.data.workflow });
    }
    if (page.atHead) return found;
    page = await events.readAll(page.next, PAGE, `run-${tenant}.`);
  }
}
