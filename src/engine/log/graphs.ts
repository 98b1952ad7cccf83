// Definitions by hash, compiled once: events carry only the hash.
import {
  compile,
  DEFAULT_TIMEOUT_MS,
  type Graph,
  isList,
  type Json,
  type Millis,
  parseJson,
  type RunEventOf,
  readDefinition,
} from "../../domain/index.ts";
import type { Blob, BlobStore } from "../ports/index.ts";
import { type Payloads, readBlob } from "./decode.ts";
import { contentsOf, type Sealing, sealingOf } from "./sealing.ts";

type Submission = Pick<RunEventOf<"RunSubmitted">["data"], "workflow" | "batch" | "priority" | "sealed">;

const utf8 = new TextDecoder();
const KEPT = 32;

/** `blobs` are about to be written; `sealing` is how the run is sealed that asks. */
type Held = { readonly blobs?: readonly Blob[]; readonly sealing?: Sealing };

export type Graphs = {
  /** The graph a submission runs: its definition, and for a batch the files listed with it. */
  readonly of: (submission: Submission, tenant: string, held?: Held) => Promise<Graph>;
};

export function graphs(
  { blobs: store, seals }: Payloads,
  taskTimeoutMs: Millis = DEFAULT_TIMEOUT_MS,
): Graphs {
  const compiled = new Map<string, Graph>();

  const load = async (
    { workflow, batch, priority }: Submission,
    tenant: string,
    blobs: BlobStore,
    sealing: Sealing,
  ): Promise<Graph> => {
    const definition = readDefinition(await jsonOf(workflow.hash, tenant, blobs));
    const isSealed = sealing !== undefined;
    const ambient = { priority, timeoutMs: taskTimeoutMs, ...(isSealed && { isSealed }) };
    if (batch && sealing === "erased") return compile(definition, Array(batch.count).fill(""), ambient);
    const list = batch && (await jsonOf(batch.list.$blob, tenant, contentsOf(blobs, sealing)));
    return compile(definition, list === undefined ? undefined : texts(list), ambient);
  };

  return {
    of: async (submission, tenant, { blobs = [], sealing: given } = {}) => {
      const sealing = given ?? (await sealingOf(submission, tenant, seals));
      const { workflow, batch, priority } = submission;
      // What is erased must not be found here under the names that it had.
      const listing = batch ? `${batch.list.$blob} ${sealing === "erased"}` : "";
      const key = `${tenant} ${workflow.hash} ${listing} ${priority}`;
      const known = compiled.get(key);
      if (known) return known;
      const graph = await load(submission, tenant, withBlobs(store, blobs), sealing);
      if (compiled.size >= KEPT) compiled.clear();
      compiled.set(key, graph);
      return graph;
    },
  };
}

/** The store with blobs in front of it that are about to be written. */
export const withBlobs = (store: BlobStore, blobs: readonly Blob[]): BlobStore => ({
  put: (tenant, blob) => store.put(tenant, blob),
  has: (tenant, hash) => store.has(tenant, hash),
  get: async (tenant, hash) => blobs.find((blob) => blob.hash === hash)?.bytes ?? store.get(tenant, hash),
});

const texts = (list: Json): readonly string[] =>
  isList(list) ? list.filter((path) => typeof path === "string") : [];

async function jsonOf(hash: string, tenant: string, blobs: BlobStore): Promise<Json> {
  return parseJson(utf8.decode(await readBlob(hash, tenant, blobs)));
}
