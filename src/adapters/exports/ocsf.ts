// OCSF 1.8.0, class API Activity (6003), one event a line, for a SIEM: who did what to which run, and how it ended.
// Control fields alone: nothing that a run was given or came to leaves in it.
import { type Actor, Instant, millisOf } from "../../domain/index.ts";
import type { LoggedEvent } from "../../engine/index.ts";
import { type Facts, type Format, numberAt, textAt } from "./facts.ts";

const VERSION = "1.8.0";
const CATEGORY = 6;
const CLASS = 6003;

const CREATE = 1;
const UPDATE = 3;
const DELETE = 4;

const SUCCESS = 1;
const FAILURE = 2;
const OTHER = 99;

const INFORMATIONAL = 1;
const MEDIUM = 3;

/** `type_id` of a user. */
const USER = 1;
const SYSTEM = 3;
const SERVICE = 4;

const USER_TYPES: Readonly<Record<Actor["type"], number>> = {
  user: USER,
  cli: USER,
  service: SERVICE,
  schedule: SYSTEM,
  engine: SYSTEM,
  provider: SYSTEM,
};

const CREATES: ReadonlySet<string> = new Set(["RunSubmitted", "ChildRunStarted"]);
const CREATED = /(?:Registered|Created|Added)$/;
const DELETED = /(?:Deleted|Removed|Revoked|Erased|Destroyed)$/;
const FAILED = /(?:Failed|Denied|Refused|Lost|Parked)$/;
const CANCELLED = /(?:Cancelled|Skipped)$/;

export const ocsf = (facts: Facts): Format => ({
  line: async (event) => `${JSON.stringify(await activity(event, facts))}\n`,
});

async function activity(event: LoggedEvent, { origin, version, workflowOf }: Facts) {
  const { id, type, recordedAt, metadata, run, stream, position, revision, control } = event;
  const { actor, correlationId, causationId, tenant, worker } = metadata;
  const activity = activityOf(type);
  const workflow = run === undefined ? undefined : await workflowOf(stream);
  const [task, code] = [textAt(event, "task"), codeOf(event)];
  const duration = numberAt(event, "durationMs");
  const isFailure = FAILED.test(type);
  const about = task === undefined ? "" : ` of ${task}`;
  return {
    category_uid: CATEGORY,
    category_name: "Application Activity",
    class_uid: CLASS,
    class_name: "API Activity",
    activity_id: activity,
    type_uid: CLASS * 100 + activity,
    severity_id: isFailure ? MEDIUM : INFORMATIONAL,
    status_id: isFailure ? FAILURE : CANCELLED.test(type) ? OTHER : SUCCESS,
    ...(code !== undefined && { status_code: code }),
    ...(duration !== undefined && { duration }),
    time: millisOf(Instant.parse(recordedAt)),
    message: `${type}${about}`,
    metadata: {
      version: VERSION,
      product: { name: "Gleitzeit", vendor_name: "Gleitzeit", version },
      uid: id,
      event_code: type,
      log_name: stream,
      log_provider: origin,
      original_time: recordedAt,
      sequence: Number(position),
      tenant_uid: tenant,
      ...((correlationId ?? run) !== undefined && { correlation_uid: correlationId ?? run }),
    },
    actor: {
      user: { uid: actor.id, type_id: USER_TYPES[actor.type] },
      ...(actor.onBehalfOf !== undefined && { invoked_by: actor.onBehalfOf }),
    },
    api: {
      operation: type,
      service: { name: "gleitzeit" },
      ...(causationId !== undefined && { request: { uid: causationId } }),
    },
    src_endpoint: { uid: worker ?? actor.id },
    resources: [
      ...(run === undefined
        ? []
        : [{ uid: run, type: "run", ...(workflow !== undefined && { name: workflow.name }) }]),
      ...(task === undefined ? [] : [{ uid: `${run ?? stream}/${task}`, type: "task", name: task }]),
      ...(run === undefined ? [{ uid: stream, type: "stream" }] : []),
    ],
    unmapped: { revision, ...control },
  };
}

function activityOf(type: string): number {
  if (CREATES.has(type) || CREATED.test(type)) return CREATE;
  return DELETED.test(type) ? DELETE : UPDATE;
}

function codeOf({ control: { error } }: LoggedEvent): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
