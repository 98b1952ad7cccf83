// The store of one process's lifetime: nothing is durable, everything else is as in any other.
import { Subject } from "rxjs";
import type { Position } from "../../domain/index.ts";
import type { Blob, BlobStore, EventStore, Removal, Store } from "../../engine/ports/index.ts";
import { checkBlob } from "./blob-hash.ts";
import { checkAppend, LIMITS, type Limits } from "./check-append.ts";
import { storeClosed } from "./closed.ts";
import { memoryLog } from "./memory-log.ts";
import { tenantOfStream } from "./tenant-of-stream.ts";

export function memoryStore({ limits = LIMITS }: { readonly limits?: Limits } = {}): Store {
  const log = memoryLog();
  const blobs = new Map<string, Uint8Array>();
  const hints = new Subject<Position>();
  let closed = false;

  /** Every door leads through here: refusals, also of a closed store, are rejections and never thrown. */
  async function open<T>(use: () => T): Promise<T> {
    if (closed) throw storeClosed();
    return use();
  }

  const keep = (tenant: string, blob: Blob) => blobs.set(`${tenant} ${blob.hash}`, blob.bytes.slice());

  const events: EventStore = {
    limits,
    append: (stream, expected, given) =>
      open(() => {
        checkAppend(limits, stream, given);
        const { appended, added } = log.append(stream, expected, given);
        if (!added) return appended;
        for (const event of given) event.blobs?.forEach((blob) => keep(tenantOfStream(stream), blob));
        hints.next(appended.position);
        return appended;
      }),
    read: (stream, from, limit) => open(() => log.read(stream, from, limit)),
    readMany: (stream, revisions) => open(() => log.readMany(stream, revisions)),
    readAll: (after, limit, filter = "") => open(() => log.page(after, limit, filter)),
    changes: () => hints.asObservable(),
    head: () => open(() => log.head()),
    close: async () => {
      closed = true;
      hints.complete();
    },
  };

  const blobStore: BlobStore = {
    put: (tenant, blob) =>
      open(() => {
        checkBlob(blob);
        keep(tenant, blob);
      }),
    get: (tenant, hash) => open(() => blobs.get(`${tenant} ${hash}`)?.slice()),
    has: (tenant, hash) => open(() => blobs.has(`${tenant} ${hash}`)),
  };

  const removal: Removal = {
    truncate: (stream, before) => open(() => log.truncate(stream, before)),
    removeBlobs: (tenant, hashes, after, named) =>
      open(() => {
        const { events: later } = log.page(after, Number.POSITIVE_INFINITY, "");
        const ofTenant = later.filter(({ stream }) => tenantOfStream(stream) === tenant);
        const inUse = new Set(
          ofTenant.flatMap(({ data }) => named(data, (hash) => blobs.get(`${tenant} ${hash}`))),
        );
        return hashes.filter((hash) => !inUse.has(hash) && blobs.delete(`${tenant} ${hash}`)).length;
      }),
    scrub: () => open(() => undefined),
  };

  return { events, blobs: blobStore, removal, close: () => events.close() };
}
