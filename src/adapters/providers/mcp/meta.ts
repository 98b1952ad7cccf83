// Names under which this project's own facts travel in MCP's `_meta`.

/** Of a call: `run/task`, the same for all attempts. */
export const IDEMPOTENCY_KEY = "gleitzeit/idempotency-key";

/** Of a failed tool's answer: one of the error codes. */
export const ERROR_CODE = "gleitzeit/error-code";
