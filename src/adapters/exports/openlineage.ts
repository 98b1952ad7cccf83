// OpenLineage run events: for each run one START, and one of COMPLETE, FAIL and ABORT when it is over. A run that another
// one started names it as its parent.
import { isObject, RunId, runStream } from "../../domain/index.ts";
import type { LoggedEvent } from "../../engine/index.ts";
import type { Facts, Format } from "./facts.ts";

const SCHEMA = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";
const PARENT_SCHEMA = "https://openlineage.io/spec/facets/1-0-1/ParentRunFacet.json#/$defs/ParentRunFacet";

const STATES: Readonly<Record<string, string>> = {
  RunSubmitted: "START",
  RunSucceeded: "COMPLETE",
  RunFailed: "FAIL",
  RunCancelled: "ABORT",
};

export const openLineage = (facts: Facts): Format => ({
  line: async (event) => {
    const eventType = event.run === undefined ? undefined : STATES[event.type];
    if (eventType === undefined) return undefined;
    return `${JSON.stringify(await runEvent(event, eventType, facts))}\n`;
  },
});

async function runEvent(event: LoggedEvent, eventType: string, facts: Facts) {
  const { recordedAt, run, stream } = event;
  const producer = `urn:gleitzeit:${facts.version}`;
  const parent = parentOf(event);
  return {
    eventType,
    eventTime: recordedAt,
    run: {
      runId: run,
      facets: {
        ...(parent !== undefined && {
          parent: {
            _producer: producer,
            _schemaURL: PARENT_SCHEMA,
            run: { runId: parent },
            job: await jobOf(runStream(parent, event.metadata.tenant), facts),
          },
        }),
      },
    },
    job: await jobOf(stream, facts),
    inputs: [],
    outputs: [],
    producer,
    schemaURL: SCHEMA,
  };
}

async function jobOf(stream: LoggedEvent["stream"], { origin, workflowOf }: Facts) {
  return { namespace: origin, name: (await workflowOf(stream))?.id ?? "archived" };
}

function parentOf({ control: { parent } }: LoggedEvent): RunId | undefined {
  return parent !== undefined && isObject(parent) ? RunId.safeParse(parent.run).data : undefined;
}
