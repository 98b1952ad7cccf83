// What stands in the stream of a registered workflow, `workflow-<tenant>.<opaque id>`: each of its versions, in order.
// STORED FORMAT. Names and fields below are on disk for ever: add, never rename or narrow.
import { z } from "zod";
import { StreamName, TENANT_MAIN } from "../ids.ts";
import type { Json } from "../json.ts";
import { FileHash, Files, Value, WorkflowRef, Workflows } from "../run/parts.ts";
import { event } from "../run/schema.ts";

/**
 * From here on the name stands for this. `contentHash` covers the definition and every file captured with it;
 * `workflows` are those that it calls by file. What it calls by name is looked up when it runs.
 */
export const WorkflowRegistered = event(
  "WorkflowRegistered",
  {
    workflow: WorkflowRef,
    contentHash: z.string(),
    source: FileHash.exactOptional(),
    files: Files.exactOptional(),
    workflows: Workflows.exactOptional(),
  },
  {
    source: Value.exactOptional(),
    files: Value.exactOptional(),
    folders: Value.exactOptional(),
    workflows: Value.exactOptional(),
    calls: Value.exactOptional(),
    reason: Value.exactOptional(),
  },
);
export type WorkflowRegistered = z.infer<typeof WorkflowRegistered>;

export const WORKFLOW_EVENT_VERSION = 1;

/** `id` is made of the workflow's own id. */
export const workflowStream = (id: string, tenant: string = TENANT_MAIN): StreamName =>
  StreamName.parse(`workflow-${tenant}.${id}`);

/** Undefined for what this version cannot read. */
export function readWorkflowEvent(type: string, version: number, data: Json): WorkflowRegistered | undefined {
  const candidate: unknown = { type, data };
  return version === WORKFLOW_EVENT_VERSION && isWorkflowEvent(candidate) ? candidate : undefined;
}

/** Checked, then kept as it is: a reader keeps fields that it does not know. */
const isWorkflowEvent = (value: unknown): value is WorkflowRegistered =>
  WorkflowRegistered.safeParse(value).success;
