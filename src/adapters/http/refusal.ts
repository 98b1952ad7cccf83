// Anything thrown while a request is answered, as a refusal. What nobody foresaw is told as such, without its insides.
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { type ErrorCode, GleitzeitError, type Problem } from "../../domain/index.ts";
import { type Refusal, STATUS_OF } from "./problem.ts";

/** Thrown where a request is turned down for the sake of HTTP: a status of its own, or headers. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.detail);
    this.refusal = refusal;
  }
}

/** What Fastify and its plugins turn down by themselves. */
const OF_FASTIFY: Readonly<Record<string, readonly [ErrorCode, number, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    "INVALID_REQUEST",
    415,
    "send JSON, with `Content-Type: application/json`",
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: ["PARSE_ERROR", 400, "the body is empty, and JSON is expected"],
  FST_ERR_CTP_INVALID_JSON_BODY: ["PARSE_ERROR", 400, "the body is not JSON"],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    "INVALID_REQUEST",
    400,
    "Content-Length is not the length of the body",
  ],
  FST_ERR_CTP_BODY_TOO_LARGE: ["RESOURCE_EXHAUSTED", 413, "the body is too large"],
  FST_ERR_MAX_PARAM_LENGTH: ["INVALID_REQUEST", 414, "a part of the path is too long"],
  FST_ERR_BAD_URL: ["INVALID_REQUEST", 400, "the path is no path: a % must begin an escaped byte"],
  FST_ERR_ASYNC_CONSTRAINT: ["INVALID_REQUEST", 400, "the request cannot be understood"],
  FST_UNDER_PRESSURE: [
    "RESOURCE_EXHAUSTED",
    503,
    "the server has more to do than it can; try again in a moment",
  ],
};

export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof Refused) return thrown.refusal;
  if (thrown instanceof GleitzeitError) return ofGleitzeit(thrown);
  if (hasZodFastifySchemaValidationErrors(thrown))
    return ofSchema(thrown.validation, thrown.validationContext);
  const known = OF_FASTIFY[codeOf(thrown)];
  if (known) {
    const [code, status, detail] = known;
    return { code, status, detail, ...(status === 503 && { headers: { "retry-after": "1" } }) };
  }
  return (
    clientError(thrown) ?? { code: "INTERNAL_ERROR", detail: "something went wrong that nobody foresaw" }
  );
}

const ofGleitzeit = (error: GleitzeitError): Refusal => {
  const { code, message, problems } = error;
  const later = retryAfter(error);
  return {
    code,
    detail: STATUS_OF[code] === 500 ? "something is damaged here; the server's log says what" : message,
    ...(problems && { errors: problems }),
    ...(later !== undefined && { headers: { "retry-after": later } }),
  };
};

/** Seconds: as who refused knows, or in a moment. */
function retryAfter({ code, details }: GleitzeitError): string | undefined {
  const seconds = details?.retryAfterSeconds;
  if (typeof seconds === "number") return String(seconds);
  return STATUS_OF[code] === 503 ? "1" : undefined;
}

type Invalid = { readonly instancePath: string; readonly message?: string };

function ofSchema(issues: readonly Invalid[], context: string | undefined): Refusal {
  const where = context ?? "body";
  const errors = issues.map(({ instancePath, message = "is not valid" }): Problem => {
    const path = instancePath.split("/").filter((step) => step !== "");
    return { code: "INVALID_PARAMS", message: message, path: [where, ...path].join(".") };
  });
  const [first] = errors;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return { code: "INVALID_PARAMS", detail: `${first?.path}: ${first?.message}${more}`, errors };
}

/** Errors of the protocol itself that Fastify gives a status below 500. */
function clientError(thrown: unknown): Refusal | undefined {
  if (!(thrown instanceof Error) || !("statusCode" in thrown)) return undefined;
  const { statusCode, message } = thrown;
  if (typeof statusCode !== "number" || statusCode < 400 || statusCode >= 500) return undefined;
  return { code: "INVALID_REQUEST", status: statusCode, detail: message };
}

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && "code" in thrown && typeof thrown.code === "string" ? thrown.code : "";
