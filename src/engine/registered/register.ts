// Registering a workflow: an event in its own stream, unless its name stands for the very same already.
import {
  type Actor,
  type Definition,
  GleitzeitError,
  type Json,
  jcs,
  workflowIdOf,
} from "../../domain/index.ts";
import type { Kit } from "../host.ts";
import { definitionBlob, workflowRef } from "../log/encode-definition.ts";
import { type Captured, type Folders, VersionConflict } from "../ports/index.ts";
import { listed } from "../resolving/task-files.ts";
import type { CapturedForRun } from "../submitting/capture.ts";
import { type CapturedWorkflows, listedWorkflows } from "../submitting/captured-workflows.ts";
import {
  currentOf,
  nameOf,
  type Registration,
  type Registrations,
  registeredStream,
  registrationsIn,
} from "./registrations.ts";

export type RegistrationRequest = {
  readonly tenant: string;
  readonly definition: Definition;
  readonly source?: Captured;
  readonly files: readonly CapturedForRun[];
  /** Those that it calls by file. */
  readonly workflows?: CapturedWorkflows;
  readonly folders?: Folders;
  readonly reason?: string;
};

export type Registered = {
  readonly registration: Registration;
  /** False when its name stood for the very same already; then nothing was written. */
  readonly created: boolean;
};

const TRIES = 20;

export async function registered(kit: Kit, request: RegistrationRequest, actor: Actor): Promise<Registered> {
  const { tenant, definition } = request;
  const stream = registeredStream(kit.sha256, workflowIdOf(definition), tenant);
  const { event, blobs } = prepared(kit, request);
  for (let tries = 1; ; tries += 1) {
    const known = await registrationsIn(kit.events, stream);
    if (known) checkName(known, definition);
    const last = known && currentOf(known);
    if (last?.event.data.contentHash === event.data.contentHash) {
      return { registration: last, created: false };
    }
    const metadata = { tenant, actor, worker: kit.incarnations.own };
    const encoded = kit.encode(event, metadata, kit.clock.now(), blobs);
    try {
      await kit.events.append(stream, last?.revision ?? "none", [encoded.event]);
    } catch (error) {
      if (!(error instanceof VersionConflict) || tries === TRIES) throw error;
      continue;
    }
    const registration = (await registrationsIn(kit.events, stream))?.find(
      ({ revision }) => revision === (last?.revision ?? -1) + 1,
    );
    if (!registration) throw new Error(`${stream} lost what was appended to it`);
    return { registration, created: true };
  }
}

/** An id made of the name must not be another name's; who writes an id means it. */
function checkName(known: Registrations, { id, name }: Definition): void {
  const before = nameOf(known);
  if (id !== undefined || before === name) return;
  const made = currentOf(known).event.data.workflow.id;
  throw new GleitzeitError(
    "WORKFLOW_VALIDATION_FAILED",
    `\`${name}\` and the registered \`${before}\` both have the id \`${made}\`: give one of them an \`id\` of its own`,
  );
}

function prepared(kit: Kit, request: RegistrationRequest) {
  const { definition, source, files, folders, reason } = request;
  const own = definitionBlob(definition, kit.sha256);
  const called = listedWorkflows(request.workflows, kit.sha256);
  const entries = files.map(({ file, shared }) => ({ ...file, ...(shared && { shared }) }));
  const contents = files.map(({ file, bytes }) => ({ hash: file.hash, bytes }));
  const found = listed(entries, contents, kit);
  const parts: Json = {
    definition: own.hash,
    files: entries.map(({ path, hash }) => [path, hash]).toSorted(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
    workflows: called.hashes,
  };
  const event = {
    type: "WorkflowRegistered" as const,
    data: {
      workflow: workflowRef(definition, own),
      contentHash: `hmac-sha256-${kit.keys.hmac(request.tenant, "registered", jcs(parts))}`,
      ...(source && { source: { hash: source.file.hash, size: source.file.size } }),
      ...(found.files && { files: found.files }),
      ...called.control,
      values: {
        ...(source && { source: source.file.path }),
        ...(found.paths && { files: found.paths }),
        ...(folders && { folders }),
        ...called.values,
        ...(reason !== undefined && { reason }),
      },
    },
  };
  const text = source ? [{ hash: source.file.hash, bytes: source.bytes }] : [];
  return { event, blobs: [own, ...text, ...found.blobs, ...called.blobs] };
}
