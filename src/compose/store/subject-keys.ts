// Keys of subjects lie with the other keys of a store, and the list of those that were destroyed in GLEITZEIT_HOME.
import { join } from "node:path";
import { type EventStore, erasedKeys, type SubjectKeys } from "../../engine/index.ts";
import { once } from "../../lifetime.ts";
import type { StoreRequest } from "../../open-store.ts";
import { erasedIn } from "./erasure-lists.ts";

type Kept = {
  readonly folder: string;
  readonly events: EventStore;
};

/** Nothing is opened before something sealed is written or read. */
export function subjectKeysOf({ folder, events }: Kept, request: StoreRequest): SubjectKeys {
  const { sealing, write } = request;
  const opened = once(async () => {
    const { keyEncryption, subjectKeys } = await import("../../adapters/keys/index.ts");
    const { keyEncryption: named, folder: start, env, isAll } = sealing;
    const file = join(folder, "subjects.kek");
    const encryption = once(() =>
      keyEncryption({ named, file, folder: start, env, mayMake: async () => write }),
    );
    return subjectKeys({
      folder: join(folder, "subjects"),
      erasures: (await erasedIn(request)).keys,
      encryption,
      isAll,
      erasedInLog: (tenant, subject) => erasedKeys(events, tenant, subject),
    });
  });
  return {
    // What is in clear costs nothing.
    keyFor: async (tenant, subject) =>
      subject === undefined && !sealing.isAll ? undefined : (await opened()).keyFor(tenant, subject),
    keyOf: async (...asked) => (await opened()).keyOf(...asked),
    destroy: async (...asked) => (await opened()).destroy(...asked),
    destroyed: async () => (await opened()).destroyed(),
  };
}
