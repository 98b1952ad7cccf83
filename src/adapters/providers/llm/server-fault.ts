// A model server that says no, in the codes that say whether asking again can help.
import { type ErrorCode, isObject, type Json, parseJson } from "../../../domain/index.ts";
import { type OutboundResponse, retryAfterMs, statusFault } from "../../../engine/ports/index.ts";
import { type Failed, failed, httpEvidence } from "./failed.ts";
import { objectAt, textAt } from "./members.ts";

export type Server = {
  /** As messages name it: scheme, host and port. */
  readonly origin: string;
  /** The provider in the configuration. */
  readonly name: string;
};

type Fault = { readonly code: ErrorCode; readonly retryable: boolean; readonly remedy?: string };
type Said = { readonly status: number; readonly type: string; readonly message: string };

const LONGEST_REMARK = 300;

export function refused(
  server: Server,
  { status, headers }: Pick<OutboundResponse, "status" | "headers">,
  body: string,
  { model, now }: { readonly model: string; readonly now: number },
): Failed {
  const said = { status, ...remarkIn(body) };
  const { code, retryable, remedy } = faultOf(said, server, model);
  const away = status >= 300 && status <= 399 && typeof headers.location === "string";
  const remark = away
    ? `: it sends on to ${headers.location}, and redirects are not followed`
    : shown(said.message);
  const message = `${server.origin} answered ${status}${remark}${remedy === undefined ? "" : `; ${remedy}`}`;
  return failed(code, message, {
    retryable,
    evidence: httpEvidence(status, body),
    retryAfterMs: retryable ? retryAfterMs(headers, now) : undefined,
  });
}

/** In the middle of an answer, when its status has long been sent. */
export function brokenOff(server: Server, said: Omit<Said, "status">, model: string): Failed {
  const { code, retryable, remedy } = faultOf({ status: 500, ...said }, server, model);
  const message = `${server.origin} broke off its answer${shown(said.message)}${remedy === undefined ? "" : `; ${remedy}`}`;
  return failed(code, message, { retryable });
}

function faultOf(said: Said, server: Server, model: string): Fault {
  return KNOWN.find(({ is }) => is(said))?.fault(server, model) ?? statusFault(said.status);
}

type Known = {
  readonly is: (said: Said) => boolean;
  readonly fault: (server: Server, model: string) => Fault;
};

/** The first that fits. What servers say beside their status decides where the status says too little. */
const KNOWN: readonly Known[] = [
  {
    is: ({ status, type, message }) =>
      status === 402 ||
      /insufficient_quota|billing/.test(type) ||
      /credit balance|exceeded your current quota/i.test(message),
    fault: () => ({
      code: "RESOURCE_EXHAUSTED",
      retryable: false,
      remedy: "what was paid for is used up: waiting does not help",
    }),
  },
  {
    is: ({ status }) => status === 401,
    fault: ({ name }) => ({
      code: "AUTHENTICATION_FAILED",
      retryable: false,
      remedy: `look at the key of provider \`${name}\``,
    }),
  },
  {
    is: ({ status, message }) =>
      status !== 429 &&
      /being (?:pulled|loaded|downloaded)|loading model|still loading|pull in progress/i.test(message),
    fault: () => ({ code: "PROVIDER_NOT_AVAILABLE", retryable: true }),
  },
  {
    is: ({ status, type, message }) =>
      /model_not_found/.test(type) ||
      (status === 404 && /model/i.test(message)) ||
      /^model .*not found/i.test(message),
    fault: (_, model) => ({
      code: "INVALID_PARAMS",
      retryable: false,
      remedy: `params.model: there is no ${JSON.stringify(model)} there, and \`llm/list_models\` says what there is`,
    }),
  },
  {
    is: ({ status, type }) => status === 529 || type === "overloaded_error",
    fault: () => ({ code: "PROVIDER_OVERLOADED", retryable: true }),
  },
  {
    is: ({ status, type }) => status === 429 || /^rate_limit/.test(type),
    fault: ({ name }) => ({
      code: "RATE_LIMIT_EXCEEDED",
      retryable: true,
      remedy: `\`max_concurrent\` or \`rate_limit\` of provider \`${name}\` asks it less often`,
    }),
  },
];

/** `{error: "…"}`, `{error: {type, code, message}}`, `{detail: "…"}`, or just text. */
function remarkIn(body: string): Omit<Said, "status"> {
  const value = jsonIn(body);
  const error = objectAt(value, "error");
  if (error) {
    const type = `${textAt(error, "code") ?? ""} ${textAt(error, "type") ?? ""}`.trim();
    return { type, message: textAt(error, "message") ?? "" };
  }
  const message = textAt(value, "error") ?? textAt(value, "message") ?? textAt(value, "detail");
  return { type: "", message: message ?? body };
}

function jsonIn(text: string): Json | undefined {
  try {
    const value = parseJson(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function shown(message: string): string {
  const line = message.replace(/\s+/g, " ").trim();
  return line === "" ? "" : `: ${line.length > LONGEST_REMARK ? `${line.slice(0, LONGEST_REMARK)} …` : line}`;
}
