// A request to run something → the first event of a run, with everything it names as blobs.
import {
  type Definition,
  deadlineOf,
  GleitzeitError,
  instantOf,
  isList,
  type Json,
  type JsonObject,
  jcs,
  type Millis,
  type Priority,
  priorityOf,
  type RunId,
  runStream,
} from "../../domain/index.ts";
import type { Kit } from "../host.ts";
import { blobRef, jsonBlob } from "../log/encode.ts";
import { definitionBlob, workflowRef } from "../log/encode-definition.ts";
import { type Submission, submissionOf } from "../log/history.ts";
import { type Sealing, storedInClear, storedSealed } from "../log/sealing.ts";
import { uuid8 } from "../log/uuid8.ts";
import type { Blob, Captured, Folders, SealKey } from "../ports/index.ts";
import { listed } from "../resolving/task-files.ts";
import { pseudonymOf } from "../subjects/subject.ts";
import { type CapturedWorkflows, listedWorkflows } from "./captured-workflows.ts";

export type RunRequestDocument = {
  readonly tenant: string;
  readonly definition: Definition;
  /** The document's own text, as it was read. */
  readonly source?: Captured;
  readonly files: readonly (Captured & { readonly shared?: boolean })[];
  /** A batch's listing, in order. */
  readonly batchFiles?: readonly string[];
  /** Those that it calls, and that these call. */
  readonly workflows?: CapturedWorkflows;
  /** Checked against the declared ones, defaults filled in. */
  readonly inputs: JsonObject;
  readonly folders?: Folders;
  /** The caller's own name for the run, unique within the tenant; also an idempotency key. */
  readonly name?: string;
  readonly priority?: Priority;
  readonly timeoutMs?: Millis;
  readonly deadline?: Millis;
  readonly reason?: string;
  /** Whose personal data the run holds; else the document says. */
  readonly subject?: string;
};

export type Prepared = {
  readonly run: RunId;
  readonly submission: Submission;
  readonly blobs: readonly Blob[];
  readonly sealing: Sealing;
  /** Of a run that is part of another: the one at the top. */
  readonly root?: RunId;
};

export async function prepare(kit: Kit, request: RunRequestDocument): Promise<Prepared> {
  const subject = pseudonymOf(kit.keys, request);
  const sealing = await kit.seals.keyFor(request.tenant, subject);
  return { run: runIdOf(kit, request), sealing, ...submissionFor(kit, request, { sealing, subject }) };
}

type Submitting = Pick<Kit, "sha256" | "zones" | "keys">;
type About = { readonly sealing?: SealKey | undefined; readonly subject?: string | undefined };

export function submissionFor(
  kit: Submitting,
  request: RunRequestDocument,
  { sealing, subject }: About = {},
): Pick<Prepared, "submission" | "blobs"> {
  const stored = sealing ? storedSealed(sealing, request.tenant, kit.sha256) : storedInClear(kit.sha256);
  const definition = definitionBlob(request.definition, kit.sha256);
  const called = listedWorkflows(request.workflows, kit.sha256, stored);
  const batch = request.batchFiles && stored.list(request.batchFiles);
  const source = request.source && stored.file(request.source);
  const captured = request.files.map((one) => stored.file(one));
  const entries = captured.map(({ file, shared }) => ({ ...file, ...(shared && { shared }) }));
  const { files, paths, blobs } = listed(entries, captured.map(blob), kit);
  const list = batch && blobRef(batch, "json");
  const deadline = request.deadline ?? deadlineOf(request.definition, kit.zones);
  const control = {
    workflow: workflowRef(request.definition, definition),
    ...(source && { source: hashOf(source) }),
    ...(files && { files }),
    ...(list && { batch: { count: request.batchFiles?.length ?? 0, list } }),
    priority: request.priority ?? priorityOf(request.definition.priority) ?? "normal",
    ...(request.timeoutMs !== undefined && { timeoutMs: request.timeoutMs }),
    ...(deadline !== undefined && { deadline: instantOf(deadline) }),
    ...called.control,
    ...(subject !== undefined && { subject }),
    ...tagsOf(request.definition),
  };
  return {
    blobs: [
      definition,
      ...blobs,
      ...called.blobs,
      ...(batch ? [batch] : []),
      ...(source ? [blob(source)] : []),
    ],
    submission: {
      ...control,
      requestHash: requestHash(kit, request, {
        definition: definition.hash,
        workflows: sealing ? listedWorkflows(request.workflows, kit.sha256).hashes : called.hashes,
        subject,
      }),
      values: { ...valuesOf(request), ...called.values, ...(paths && { files: paths }) },
    },
  };
}

const hashOf = ({ file: { hash, size } }: Captured) => ({ hash, size });
const blob = ({ file, bytes }: Captured): Blob => ({ hash: file.hash, bytes });

/** Anonymous runs get a UUID v7; a named one the UUID that its name always gives, so that the log makes it unique. */
function runIdOf({ random, keys }: Kit, { name, tenant }: RunRequestDocument): RunId {
  return name === undefined ? random.runId() : namedRun(keys, tenant, name);
}

export const namedRun = (keys: Kit["keys"], tenant: string, name: string): RunId =>
  uuid8(keys.hmac(tenant, "run", name));

type RequestedParts = {
  readonly definition: string;
  readonly workflows: Json;
  readonly subject: string | undefined;
};

/**
 * What must be equal for a repeat under the same name to be the same request, as it was before anything was sealed.
 * STORED FORMAT: a part that is added is
 * left out where it is absent, or a later version would refuse the repeats of today's requests.
 */
function requestHash(
  { keys, sha256 }: Submitting,
  { tenant, inputs, priority, timeoutMs, deadline, files, batchFiles }: RunRequestDocument,
  { definition, workflows, subject }: RequestedParts,
): string {
  const parts: Json = {
    definition,
    inputs,
    files: files.map(({ file }) => [file.path, file.hash]).sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
    ...(batchFiles && { batch: jsonBlob(batchFiles, sha256).hash }),
    ...(isList(workflows) && workflows.length > 0 && { workflows }),
    ...(priority && { priority }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(deadline !== undefined && { deadline }),
    ...(subject !== undefined && { subject }),
  };
  return `hmac-sha256-${keys.hmac(tenant, "request", jcs(parts))}`;
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
