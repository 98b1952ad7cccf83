// A store and what lies beside it: `keys/<file>` with the tenant's key and the names, `owners/<file>` with a lock for
// each living process, `<file>.views` with what has been computed from it.
import { randomBytes } from "node:crypto";
import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { TENANT_MAIN } from "../../domain/index.ts";
import { type Closers, once } from "../../lifetime.ts";
import type { OpenStore, StoreRequest } from "../../open-store.ts";
import { erasedIn } from "./erasure-lists.ts";
import { readModelsOf, snapshotsIn } from "./read-models.ts";
import { serverStore } from "./server-store.ts";
import { subjectKeysOf } from "./subject-keys.ts";
import { hasWebhooks, WEBHOOK_KEY } from "./webhook-key.ts";

export async function openStore(request: StoreRequest, closing: Closers): Promise<OpenStore> {
  const { url, random, own, write } = request;
  if (url.kind === "memory") return memory(request, closing);
  if (url.kind === "esdb") return serverStore(url, request, closing);
  const stores = await import("../../adapters/event-store/index.ts");
  const { fileKeys, keyBeside, namesIn } = await import("../../adapters/keys/index.ts");
  const { path } = url;
  const exists = await isThere(path);
  const opened =
    exists || write
      ? stores.sqliteStore({ path, random: () => random.fraction(), readOnly: !write })
      : stores.memoryStore();
  const store = closing.add(await opened, (one) => one.close());
  const beside = (kind: string): string => join(dirname(path), kind, basename(path));
  const names = namesIn(join(beside("keys"), "names"), (await erasedIn(request)).names);
  const isUsed = async (): Promise<boolean> => !write || (await store.events.head()) !== "start";
  const incarnations = once(async () =>
    closing.add(await stores.sqliteIncarnations({ directory: beside("owners"), own }), (one) => one.close()),
  );
  const seals = subjectKeysOf({ folder: beside("keys"), events: store.events }, request);
  return {
    store: { ...store, seals },
    place: `sqlite:${path}`,
    exists,
    tenant: TENANT_MAIN,
    readModels: readModelsOf(store, exists || write ? `${path}.views` : undefined, request, closing),
    snapshots: snapshotsIn(beside("snapshots"), random),
    keys: once(() => fileKeys({ folder: beside("keys"), isUsed })),
    webhookKey: once(() =>
      keyBeside({ folder: beside("keys"), isUsed: () => hasWebhooks(store) }, WEBHOOK_KEY, write),
    ),
    auditFolders: {
      tiles: `${path}.tiles`,
      keys: join(beside("keys"), "audit"),
      kept: join(request.home, "checkpoints"),
      file: path,
      archives: join(request.home, "archive", basename(path)),
    },
    incarnations,
    isAlive: async (other) => (await isThere(beside("owners"))) && (await incarnations()).isAlive(other),
    nameOf: ({ id }) => names.nameOf(id),
    names,
    remember: (actor, name) => names.remember(actor, name),
  };
}

/** As long as the process, and seen by nobody else. */
async function memory(request: StoreRequest, closing: Closers): Promise<OpenStore> {
  const { memoryIncarnations, memoryStore } = await import("../../adapters/event-store/index.ts");
  const { memoryKeys, memorySubjectKeys } = await import("../../adapters/keys/index.ts");
  const store = closing.add(memoryStore(), (one) => one.close());
  const incarnations = memoryIncarnations(request.own);
  return {
    store: { ...store, seals: memorySubjectKeys(request.sealing.isAll) },
    place: "memory:",
    exists: true,
    tenant: TENANT_MAIN,
    auditInMemory: once(async () => {
      const { memoryKeyRing, memoryNotes, memoryTiles } = await import("../../adapters/audit/index.ts");
      return { tiles: memoryTiles(), keys: memoryKeyRing(), kept: memoryNotes() };
    }),
    readModels: readModelsOf(store, undefined, request, closing),
    keys: once(async () => memoryKeys()),
    webhookKey: once(async () => randomBytes(32)),
    incarnations: async () => incarnations,
    isAlive: (other) => incarnations.isAlive(other),
    nameOf: async () => undefined,
    names: { entryOf: async () => undefined, erase: async () => false },
    remember: async () => undefined,
  };
}

/** An empty file is one that nobody has written to yet: whoever made it was stopped. */
async function isThere(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    return !found.isFile() || found.size > 0;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    const { fileFailure } = await import("../../adapters/event-store/index.ts");
    throw fileFailure(error, path);
  }
}
