// The server's answer → result or failure. What it said stays as evidence of a failure.
import { errorInfo, type Json, jsonProblem, parseJson, pathText } from "../../../domain/index.ts";
import {
  type OutboundResponse,
  type Outcome,
  retryAfterMs,
  statusFault,
} from "../../../engine/ports/index.ts";
import type { Content } from "./content.ts";
import type { HttpParams } from "./methods.ts";

const EVIDENCE_CHARACTERS = 64 * 1024;
const LONGEST_REMARK = 300;

export function outcomeOf(
  { status, headers }: OutboundResponse,
  content: Content,
  expect: HttpParams["expect"],
  now: number,
): Outcome {
  const evidence = { http: { status, body: content.text.slice(0, EVIDENCE_CHARACTERS) } };
  if (!isExpected(status, expect)) {
    const { code, retryable } = statusFault(status);
    const patience = retryable ? retryAfterMs(headers, now) : undefined;
    const error = errorInfo(code, `the server answered ${status}${remark(status, headers, content)}`, {
      retryable,
    });
    return { ok: false, error, evidence, ...(patience !== undefined && { retryAfterMs: patience }) };
  }
  const parsed = jsonOf(content, headers, isObjectExpectation(expect) ? expect.json : undefined);
  if (!parsed.ok) return { ok: false, error: errorInfo("TASK_RESULT_INVALID", parsed.problem), evidence };
  return {
    ok: true,
    result: {
      status,
      headers,
      body: content.text,
      json: parsed.json,
      ...(content.encoding && { encoding: content.encoding }),
    },
  };
}

function isExpected(status: number, expect: HttpParams["expect"]): boolean {
  const wanted = isObjectExpectation(expect) ? expect.status : expect;
  if (wanted === undefined) return status >= 200 && status <= 299;
  return typeof wanted === "number" ? status === wanted : wanted.includes(status);
}

type Whole = Extract<HttpParams["expect"], { readonly json?: unknown }>;
const isObjectExpectation = (expect: HttpParams["expect"]): expect is Whole =>
  typeof expect === "object" && !Array.isArray(expect);

function remark(status: number, { location }: OutboundResponse["headers"], { text }: Content): string {
  if (status >= 300 && status <= 399 && typeof location === "string") {
    return `: it sends on to ${location}, and redirects are not followed; call that address if it is the one you mean`;
  }
  const line = text.replace(/\s+/g, " ").trim();
  return line === "" ? "" : `: ${line.length > LONGEST_REMARK ? `${line.slice(0, LONGEST_REMARK)} …` : line}`;
}

type Parsed = { readonly ok: true; readonly json: Json } | { readonly ok: false; readonly problem: string };

function jsonOf(
  { text, encoding }: Content,
  headers: OutboundResponse["headers"],
  wanted: boolean | undefined,
): Parsed {
  const says = /^application\/(?:[\w.+-]+\+)?json\b/i.test(String(headers["content-type"] ?? ""));
  if (wanted === false || (wanted === undefined && (!says || text === ""))) return { ok: true, json: null };
  if (encoding) return { ok: false, problem: "the answer is not JSON but bytes" };
  try {
    const json = parseJson(text);
    const problem = jsonProblem(json);
    if (problem)
      return {
        ok: false,
        problem: `${pathText(["json", ...problem.path])}: ${problem.message}; \`expect: {json: false}\` leaves it as text`,
      };
    return { ok: true, json };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { ok: false, problem: `the answer is not JSON: ${error.message}` };
  }
}
