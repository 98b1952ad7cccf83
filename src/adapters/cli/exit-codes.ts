// What the shell is told. One total table: a new error code does not compile without an exit.
import type { ErrorCode, RunStatus } from "../../domain/index.ts";

export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  invalid: 3,
  notFound: 4,
  unreachable: 5,
  notAllowed: 6,
  interrupted: 130,
} as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

const { failed, usage, invalid, notFound, unreachable, notAllowed, interrupted } = EXIT;

/** Of an error that ended a command. A run that fails exits 1, whatever its cause. */
export const EXIT_OF_ERROR = {
  PARSE_ERROR: invalid,
  INVALID_REQUEST: invalid,
  METHOD_NOT_FOUND: notFound,
  INVALID_PARAMS: invalid,
  INTERNAL_ERROR: failed,
  SYSTEM_SHUTDOWN: interrupted,
  CONFIGURATION_ERROR: invalid,
  RESOURCE_EXHAUSTED: invalid,
  RATE_LIMIT_EXCEEDED: unreachable,
  INTERRUPTED: interrupted,
  USAGE_ERROR: usage,
  CASSETTE_INVALID: invalid,
  PROTOCOL_NOT_FOUND: notFound,
  PROVIDER_NOT_FOUND: notFound,
  PROVIDER_NOT_AVAILABLE: unreachable,
  PROVIDER_UNHEALTHY: unreachable,
  PROVIDER_TIMEOUT: unreachable,
  PROVIDER_OVERLOADED: unreachable,
  METHOD_NOT_SUPPORTED: invalid,
  PROTOCOL_VERSION_MISMATCH: invalid,
  PROVIDER_ERROR: unreachable,
  CALL_NOT_RECORDED: failed,
  TASK_VALIDATION_FAILED: invalid,
  TASK_EXECUTION_FAILED: failed,
  TASK_TIMEOUT: failed,
  TASK_CANCELLED: failed,
  TASK_DEPENDENCY_FAILED: failed,
  TASK_PARAMETER_ERROR: invalid,
  TASK_RESULT_INVALID: failed,
  TASK_RETRY_EXHAUSTED: failed,
  TASK_NOT_FOUND: notFound,
  APPROVAL_REJECTED: failed,
  WORKFLOW_VALIDATION_FAILED: invalid,
  WORKFLOW_NOT_FOUND: notFound,
  WORKFLOW_EXECUTION_FAILED: failed,
  WORKFLOW_TIMEOUT: failed,
  WORKFLOW_CANCELLED: failed,
  WORKFLOW_CIRCULAR_DEPENDENCY: invalid,
  WORKFLOW_INVALID_STATE: invalid,
  RUN_NOT_FOUND: notFound,
  WEBHOOK_NOT_FOUND: notFound,
  RUN_ARCHIVED: notFound,
  SUBJECT_ERASED: invalid,
  PERSISTENCE_CONNECTION_FAILED: unreachable,
  PERSISTENCE_WRITE_FAILED: unreachable,
  PERSISTENCE_READ_FAILED: unreachable,
  PERSISTENCE_INTEGRITY_ERROR: unreachable,
  NETWORK_UNREACHABLE: unreachable,
  CONNECTION_REFUSED: unreachable,
  CONNECTION_TIMEOUT: unreachable,
  CONNECTION_LOST: unreachable,
  AUTHENTICATION_FAILED: notAllowed,
  AUTHORIZATION_FAILED: notAllowed,
  KEY_NOT_FOUND: notFound,
  DESTINATION_NOT_ALLOWED: notAllowed,
} as const satisfies Record<ErrorCode, Exit>;

/** Of a command that ran something: 0 only when what ran succeeded. */
export const EXIT_OF_RUN = {
  absent: notFound,
  pending: failed,
  running: failed,
  paused: failed,
  compensating: failed,
  succeeded: EXIT.done,
  failed,
  cancelled: failed,
} as const satisfies Record<RunStatus, Exit>;
