// What a server's events refer to by hash, fetched when somebody wants it.
import { GleitzeitError, type RunId } from "../../domain/index.ts";
import type { BlobStore } from "../../engine/index.ts";
import type { Client } from "./client.ts";
import { refusalIn, unreachable } from "./told.ts";

/** `runOf`: a run that refers to it. */
export function remoteBlobs(client: Client, runOf: (hash: string) => RunId | undefined): BlobStore {
  const get: BlobStore["get"] = async (_, hash) => {
    const id = runOf(hash);
    if (id === undefined) return undefined;
    const asked = client.GET("/v1/runs/{id}/blobs/{hash}", {
      params: { path: { id, hash } },
      parseAs: "arrayBuffer",
    });
    const { data, error, response } = await asked.catch((thrown: unknown) => {
      throw unreachable(thrown);
    });
    if (data instanceof ArrayBuffer) return new Uint8Array(data);
    if (response.status === 404) return undefined;
    throw refusalIn(error, response.status, response.url);
  };
  return {
    get,
    has: async (tenant, hash) => (await get(tenant, hash)) !== undefined,
    put: async () => {
      throw new GleitzeitError("PERSISTENCE_WRITE_FAILED", "a server is asked, and keeps its files itself");
    },
  };
}
