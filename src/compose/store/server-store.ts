// A store on a server that several machines share. What never lies in a store, the tenant's key and the names, lies
// under GLEITZEIT_HOME here, in a folder called after the server; who lives is told by leases in the log.
import { join } from "node:path";
import type { EsdbStore } from "../../adapters/config/index.ts";
import { TENANT_MAIN } from "../../domain/index.ts";
import { type Closers, once } from "../../lifetime.ts";
import type { OpenStore, StoreRequest } from "../../open-store.ts";
import { erasedIn } from "./erasure-lists.ts";
import { readModelsOf, snapshotsIn } from "./read-models.ts";
import { subjectKeysOf } from "./subject-keys.ts";
import { hasWebhooks, WEBHOOK_KEY } from "./webhook-key.ts";

export async function serverStore(
  { url, log: logName, place, folder }: EsdbStore,
  request: StoreRequest,
  closing: Closers,
): Promise<OpenStore> {
  const { home, clock, random, log, own, write } = request;
  const { eventStoreDb } = await import("../../adapters/event-store/eventstoredb/index.ts");
  const { leaseIncarnations, leaseObserver } = await import("../../adapters/event-store/leases/index.ts");
  const { fileKeys, keyBeside, namesIn } = await import("../../adapters/keys/index.ts");
  const named = logName === undefined ? {} : { log: logName };
  const store = closing.add(
    await eventStoreDb({ url, ...named, place, clock, random: () => random.fraction() }),
    (one) => one.close(),
  );
  const { events } = store;
  const keys = join(home, "keys", folder);
  const names = namesIn(join(keys, "names"), (await erasedIn(request)).names);
  const observer = leaseObserver({ events, clock });
  return {
    store: { ...store, seals: subjectKeysOf({ folder: keys, events }, request) },
    place,
    exists: true,
    tenant: TENANT_MAIN,
    readModels: readModelsOf(store, join(home, "views", `${folder}.views`), request, closing),
    snapshots: snapshotsIn(join(home, "snapshots", folder), random),
    keys: once(() =>
      fileKeys({ folder: keys, isUsed: async () => !write || (await events.head()) !== "start" }),
    ),
    webhookKey: once(() => keyBeside({ folder: keys, isUsed: () => hasWebhooks(store) }, WEBHOOK_KEY, write)),
    auditFolders: {
      tiles: join(home, "tiles", folder),
      keys: join(keys, "audit"),
      kept: join(home, "checkpoints"),
      archives: join(home, "archive", folder),
    },
    incarnations: once(async () =>
      closing.add(await leaseIncarnations({ events, own, clock, random, log, observer }), (one) =>
        one.close(),
      ),
    ),
    // Who only looks does not wait for a lease to pass.
    isAlive: async (other) =>
      (await observer.seemsAlive(other)) || (write && (await observer.isAlive(other))),
    nameOf: ({ id }) => names.nameOf(id),
    names,
    remember: (actor, name) => names.remember(actor, name),
  };
}
