// What went wrong, as RFC 9457 has it. One total table: a new error code does not compile without a status.
import { z } from "zod";
import { AnyErrorCode, type ErrorCode, type Problem } from "../../domain/index.ts";

export const STATUS_OF = {
  PARSE_ERROR: 422,
  INVALID_REQUEST: 422,
  METHOD_NOT_FOUND: 404,
  INVALID_PARAMS: 422,
  INTERNAL_ERROR: 500,
  SYSTEM_SHUTDOWN: 503,
  CONFIGURATION_ERROR: 422,
  RESOURCE_EXHAUSTED: 413,
  RATE_LIMIT_EXCEEDED: 429,
  INTERRUPTED: 503,
  USAGE_ERROR: 422,
  CASSETTE_INVALID: 422,
  PROTOCOL_NOT_FOUND: 422,
  PROVIDER_NOT_FOUND: 404,
  PROVIDER_NOT_AVAILABLE: 503,
  PROVIDER_UNHEALTHY: 503,
  PROVIDER_TIMEOUT: 504,
  PROVIDER_OVERLOADED: 503,
  METHOD_NOT_SUPPORTED: 422,
  PROTOCOL_VERSION_MISMATCH: 422,
  PROVIDER_ERROR: 502,
  CALL_NOT_RECORDED: 502,
  TASK_VALIDATION_FAILED: 422,
  TASK_EXECUTION_FAILED: 422,
  TASK_TIMEOUT: 504,
  TASK_CANCELLED: 409,
  TASK_DEPENDENCY_FAILED: 409,
  TASK_PARAMETER_ERROR: 422,
  TASK_RESULT_INVALID: 422,
  TASK_RETRY_EXHAUSTED: 409,
  TASK_NOT_FOUND: 404,
  APPROVAL_REJECTED: 409,
  WORKFLOW_VALIDATION_FAILED: 422,
  WORKFLOW_NOT_FOUND: 404,
  WORKFLOW_EXECUTION_FAILED: 422,
  WORKFLOW_TIMEOUT: 504,
  WORKFLOW_CANCELLED: 409,
  WORKFLOW_CIRCULAR_DEPENDENCY: 422,
  WORKFLOW_INVALID_STATE: 409,
  RUN_NOT_FOUND: 404,
  WEBHOOK_NOT_FOUND: 404,
  RUN_ARCHIVED: 410,
  SUBJECT_ERASED: 410,
  PERSISTENCE_CONNECTION_FAILED: 503,
  PERSISTENCE_WRITE_FAILED: 503,
  PERSISTENCE_READ_FAILED: 503,
  PERSISTENCE_INTEGRITY_ERROR: 500,
  NETWORK_UNREACHABLE: 502,
  CONNECTION_REFUSED: 502,
  CONNECTION_TIMEOUT: 504,
  CONNECTION_LOST: 502,
  AUTHENTICATION_FAILED: 401,
  AUTHORIZATION_FAILED: 403,
  KEY_NOT_FOUND: 404,
  DESTINATION_NOT_ALLOWED: 403,
} as const satisfies Record<ErrorCode, number>;

export const ProblemDocument = z
  .strictObject({
    type: z.string().describe("A URI that names the kind of problem: `urn:gleitzeit:error:RUN_NOT_FOUND`."),
    title: z.string().describe("The same for every problem of its kind."),
    status: z.int(),
    code: AnyErrorCode.describe("Stable; what programs decide by."),
    detail: z.string().describe("What happened, where, and what to do."),
    instance: z.string().describe("What was asked for."),
    requestId: z.string().describe("The same as in the log of the server."),
    errors: z
      .array(
        z.strictObject({
          code: AnyErrorCode,
          message: z.string(),
          file: z.string().exactOptional(),
          line: z.int().exactOptional(),
          column: z.int().exactOptional(),
          path: z.string().exactOptional(),
        }),
      )
      .exactOptional()
      .describe("Each thing that is wrong with what was sent."),
  })
  .meta({ id: "HttpProblem" });
export type ProblemDocument = z.infer<typeof ProblemDocument>;

/** How a request is turned down. Without a status it is the one of its code. */
export type Refusal = {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly status?: number | undefined;
  readonly errors?: readonly Problem[] | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
};

export const statusOf = ({ code, status }: Refusal): number => status ?? STATUS_OF[code];

/** `RUN_NOT_FOUND` → `Run not found`. */
const titleOf = (code: ErrorCode): string => {
  const words = code.toLowerCase().replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export const problemDocument = (
  refusal: Refusal,
  { url, id }: { readonly url: string; readonly id: string },
): ProblemDocument => ({
  type: `urn:gleitzeit:error:${refusal.code}`,
  title: titleOf(refusal.code),
  status: statusOf(refusal),
  code: refusal.code,
  detail: refusal.detail,
  instance: url.split("?", 1)[0] ?? url,
  requestId: id,
  ...(refusal.errors &&
    refusal.errors.length > 0 && {
      errors: refusal.errors.map(({ code, message, file, line, column, path }) => ({
        code,
        message,
        ...(file !== undefined && { file }),
        ...(line !== undefined && { line }),
        ...(column !== undefined && { column }),
        ...(path !== undefined && { path }),
      })),
    }),
});
