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
} from "../domain/index.ts";
import { readBlob } from "./decode.ts";
import type { Blob, BlobStore } from "./ports/index.ts";

type Submission = Pick<RunEventOf<"RunSubmitted">["data"], "workflow" | "batch" | "priority">;

const utf8 = new TextDecoder();
const KEPT = 32;

export type Graphs = {
  /** The graph a submission runs: its definition, and for a batch the files listed with it. */
  readonly of: (submission: Submission, tenant: string, blobs?: readonly Blob[]) => Promise<Graph>;
};

export function graphs(store: BlobStore, taskTimeoutMs: Millis = DEFAULT_TIMEOUT_MS): Graphs {
  const compiled = new Map<string, Graph>();

  const load = async (submission: Submission, tenant: string, blobs: BlobStore): Promise<Graph> => {
    const definition = readDefinition(await jsonOf(submission.workflow.hash, tenant, blobs));
    const list = submission.batch && (await jsonOf(submission.batch.list.$blob, tenant, blobs));
    const ambient = { priority: submission.priority, timeoutMs: taskTimeoutMs };
    return compile(definition, list === undefined ? undefined : texts(list), ambient);
  };

  return {
    of: async (submission, tenant, blobs = []) => {
      const { workflow, batch, priority } = submission;
      const key = `${tenant} ${workflow.hash} ${batch?.list.$blob ?? ""} ${priority}`;
      const known = compiled.get(key);
      if (known) return known;
      const graph = await load(submission, tenant, withBlobs(store, blobs));
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
