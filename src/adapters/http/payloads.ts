// That somebody was given a person's data is noted where it is given: by run, for whoever asked. What was erased is nobody's.
import { type Actor, RunId, runOfStream, runStream, StreamName } from "../../domain/index.ts";
import { type EventJson, factsOfRuns, type History, hasLeft } from "../../engine/index.ts";
import type { HttpParts } from "./parts.ts";

export type Payloads = {
  /** A document was made of this run, for that caller. */
  readonly ofRun: (actor: Actor, history: Pick<History, "run">) => Promise<void>;
  readonly ofRuns: (actor: Actor, runs: Iterable<string | null>) => Promise<void>;
  readonly ofEvents: (actor: Actor, events: readonly EventJson[]) => Promise<void>;
};

export function payloads({ driving, payloadRead }: Pick<HttpParts, "driving" | "payloadRead">): Payloads {
  const { store, tenant } = driving;
  const factsOf = factsOfRuns(driving);

  /** Undefined where there is nobody whose data it is, or who could read it. */
  const subjectOf = async (run: RunId): Promise<string | undefined> => {
    const facts = await factsOf(runStream(run, tenant)).catch((error: unknown) => {
      if (hasLeft(error)) return undefined; // what is told of it is told without values
      throw error;
    });
    if (facts?.subject === undefined || !facts.sealed) return undefined;
    return (await store.seals.keyOf(tenant, facts.sealed.keyId)) ? facts.subject : undefined;
  };
  const noted = async (actor: Actor, runs: Iterable<RunId>): Promise<void> => {
    for (const run of new Set(runs)) {
      const subject = await subjectOf(run);
      if (subject !== undefined) payloadRead({ actor, run, subject });
    }
  };

  return {
    ofRun: (actor, { run }) => noted(actor, [run]),
    ofRuns: (actor, runs) =>
      noted(
        actor,
        [...runs].flatMap((run) => RunId.safeParse(run).data ?? []),
      ),
    ofEvents: (actor, events) =>
      noted(
        actor,
        events.flatMap(({ stream, data }) => ("values" in data ? (runIn(stream) ?? []) : [])),
      ),
  };
}

function runIn(stream: string): RunId | undefined {
  const name = StreamName.safeParse(stream).data;
  return name && runOfStream(name);
}
