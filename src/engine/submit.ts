// A request to run something → the first event of a run, with everything it names as blobs.
import {
  type BlobRef,
  type Definition,
  deadlineOf,
  GleitzeitError,
  instantOf,
  type Json,
  type JsonObject,
  jcs,
  type Millis,
  type Priority,
  priorityOf,
  RunId,
  runStream,
  workflowIdOf,
} from "../domain/index.ts";
import { blobOf, blobRef, jsonBlob } from "./encode.ts";
import type { FileEntry } from "./facts.ts";
import { type Submission, submissionOf } from "./history.ts";
import type { Kit } from "./host.ts";
import type { Blob, Captured, Folders } from "./ports/index.ts";
import { listed } from "./task-files.ts";

export type RunRequestDocument = {
  readonly tenant: string;
  readonly definition: Definition;
  /** The document's own text, as it was read. */
  readonly source?: Captured;
  readonly files: readonly (Captured & { readonly shared?: boolean })[];
  /** A batch's listing, in order. */
  readonly batchFiles?: readonly string[];
  /** Checked against the declared ones, defaults filled in. */
  readonly inputs: JsonObject;
  readonly folders?: Folders;
  /** The caller's own name for the run, unique within the tenant; also an idempotency key. */
  readonly name?: string;
  readonly priority?: Priority;
  readonly timeoutMs?: Millis;
  readonly deadline?: Millis;
  readonly reason?: string;
};

export type Prepared = {
  readonly run: RunId;
  readonly submission: Submission;
  readonly blobs: readonly Blob[];
};

const utf8 = new TextEncoder();

export function prepare(kit: Kit, request: RunRequestDocument): Prepared {
  const definition = blobOf(utf8.encode(jcs(request.definition)), kit.sha256);
  const batch = request.batchFiles && jsonBlob(request.batchFiles, kit.sha256);
  const source = request.source && blob(request.source);
  const entries = request.files.map(({ file, shared }) => ({ ...file, ...(shared && { shared }) }));
  const { files, paths, blobs } = listed(entries, request.files.map(blob), kit);
  const list = batch && blobRef(batch, "json");
  const deadline = request.deadline ?? deadlineOf(request.definition, kit.zones);
  const control = {
    workflow: workflowOf(request.definition, definition),
    ...(request.source && { source: hashOf(request.source) }),
    ...(files && { files }),
    ...(list && { batch: { count: request.batchFiles?.length ?? 0, list } }),
    priority: request.priority ?? priorityOf(request.definition.priority) ?? "normal",
    ...(request.timeoutMs !== undefined && { timeoutMs: request.timeoutMs }),
    ...(deadline !== undefined && { deadline: instantOf(deadline) }),
    ...tagsOf(request.definition),
  };
  return {
    run: runIdOf(kit, request),
    blobs: [definition, ...blobs, ...(batch ? [batch] : []), ...(source ? [source] : [])],
    submission: {
      ...control,
      requestHash: requestHash(kit, request, definition.hash, entries, list),
      values: { ...valuesOf(request), ...(paths && { files: paths }) },
    },
  };
}

const hashOf = ({ file: { hash, size } }: Captured) => ({ hash, size });
const blob = ({ file, bytes }: Captured): Blob => ({ hash: file.hash, bytes });

/** Anonymous runs get a UUID v7; a named one the UUID that its name always gives, so that the log makes it unique. */
function runIdOf({ random, keys }: Kit, { name, tenant }: RunRequestDocument): RunId {
  return name === undefined ? random.runId() : namedRun(keys, tenant, name);
}

export function namedRun(keys: Kit["keys"], tenant: string, name: string): RunId {
  const hex = keys.hmac(tenant, "run", name);
  const variant = "89ab"[Number.parseInt(hex.slice(16, 17), 16) % 4] ?? "8";
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    variant + hex.slice(17, 20),
    hex.slice(20, 32),
  ];
  return RunId.parse(parts.join("-"));
}

/**
 * What must be equal for a repeat under the same name to be the same request. STORED FORMAT: a part that is added is
 * left out where it is absent, or a later version would refuse the repeats of today's requests.
 */
function requestHash(
  { keys }: Kit,
  request: RunRequestDocument,
  definition: string,
  files: readonly FileEntry[],
  batch: BlobRef | undefined,
): string {
  const { tenant, inputs, priority, timeoutMs, deadline } = request;
  const parts: Json = {
    definition,
    inputs,
    files: files.map(({ path, hash }) => [path, hash]).sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
    ...(batch && { batch: batch.$blob }),
    ...(priority && { priority }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(deadline !== undefined && { deadline }),
  };
  return `hmac-sha256-${keys.hmac(tenant, "request", jcs(parts))}`;
}

function workflowOf(definition: Definition, { hash, bytes }: Blob): Submission["workflow"] {
  const { name, version } = definition;
  return {
    id: workflowIdOf(definition),
    name,
    ...(version !== undefined && { version: String(version) }),
    hash,
    size: bytes.length,
  };
}

const tagsOf = ({ tags }: Definition) => (tags === undefined ? {} : { tags: [...tags] });

function valuesOf({ inputs, definition, name, folders, reason, source }: RunRequestDocument) {
  return {
    inputs,
    ...(definition.metadata && { metadata: definition.metadata }),
    ...(name !== undefined && { name }),
    ...(folders && { folders }),
    ...(source && { source: source.file.path }),
    ...(reason !== undefined && { reason }),
  };
}

/** A name that is taken stands for the same request or is refused. */
export async function sameRequest(kit: Kit, { run, submission }: Prepared, tenant: string): Promise<void> {
  const first = await submissionOf(kit.events, runStream(run, tenant));
  if (first?.event.data.requestHash === submission.requestHash) return;
  throw new GleitzeitError(
    "INVALID_REQUEST",
    `run ${run} was submitted under this id with another document, other inputs or other files; choose another --id`,
  );
}
