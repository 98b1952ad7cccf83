// An engine whose log and blobs are searched for what must not stand in them.
import { memoryStore } from "../../../src/adapters/event-store/index.ts";
import { memorySubjectKeys } from "../../../src/adapters/keys/index.ts";
import { type Json, parseJson, type RunId, subjectStream } from "../../../src/domain/index.ts";
import type { Outcome } from "../../../src/engine/index.ts";
import { subjectPseudonym } from "../../../src/engine/subjects/subject.ts";
import { opened } from "../opened.ts";
import { KEYS, ok, type Rig, type RigOptions, rig, scripted, TENANT } from "../rig.ts";

export const CANARY = "Krähe-4711";
export const ANNA = subjectPseudonym(KEYS, TENANT, "anna");

const FAILED: Outcome = {
  ok: false,
  error: { code: "TASK_EXECUTION_FAILED", message: `no ${CANARY}`, retryable: false },
};

/** Of names, by their entries. */
export function directory(...entries: readonly string[]) {
  const left = new Set(entries);
  return { erase: async (entry: string) => left.delete(entry), left: () => [...left] };
}

export function house(options: Partial<RigOptions> = {}) {
  const store = memoryStore();
  const seals = memorySubjectKeys();
  const answers = scripted(({ params }) => (params.fail === true ? FAILED : ok(params)));
  const one = rig({ store, seals, providers: [answers], ...options });
  const stored = async (): Promise<string> => {
    const { events } = await store.events.readAll("start", 10_000);
    return events.map(({ data, metadata }) => Buffer.concat([data, metadata]).toString("utf8")).join("\n");
  };
  const values = async (run: RunId): Promise<readonly Json[]> =>
    Promise.all((await one.log(run)).map((recorded) => opened(recorded, store.blobs, seals)));
  return { ...one, store, seals, stored, values, calls: answers.calls };
}

/** What stands in a stream: the person's, if no other is named. */
export const said = async ({ store }: Pick<Rig, "store">, stream = subjectStream(ANNA)) =>
  (await store.events.read(stream, 0, 100)).map(({ type, data }) => ({
    type,
    data: parseJson(Buffer.from(data).toString()),
  }));
