// What a server answers, as a document or as the error that it tells of.
import {
  type ErrorCode,
  GleitzeitError,
  isErrorCode,
  isList,
  isObject,
  type Json,
  type Problem,
  parseJson,
} from "../../domain/index.ts";

/** Read as text: the whole answer is parsed in one place. */
export const AS_TEXT = { parseAs: "text" } as const;

type Answer = { readonly data?: unknown; readonly error?: unknown; readonly response: Response };

export type Told<T> = { readonly status: number; readonly document: T };

/** `T` is what the server's schemas promise. GleitzeitError as the server says, or where it says nothing. */
export async function told<T>(asked: Promise<Answer>): Promise<Told<T>> {
  const { data, error, response } = await asked.catch((thrown: unknown) => {
    throw unreachable(thrown);
  });
  const { status, url } = response;
  if (error !== undefined || status >= 400) throw refusalIn(error, status, url);
  return { status, document: parsed<T>(typeof data === "string" && data !== "" ? data : "null") };
}

const parsed: <T>(text: string) => T = JSON.parse;

export const documentOf = async <T>(asked: Promise<Answer>): Promise<T> => (await told<T>(asked)).document;

/** Codes of what happens to a connection that stood. */
const BROKEN_OFF = /^(?:ECONNRESET|EPIPE|HPE_\w+|UND_ERR_(?:SOCKET|\w+_TIMEOUT))$/;

/** Nobody answers, or what was asked came through and its answer did not. */
export function unreachable(thrown: unknown): unknown {
  if (!(thrown instanceof TypeError)) return thrown;
  const { cause } = thrown;
  const code = cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : "";
  const why = cause instanceof Error ? cause.message || code : thrown.message;
  const error = { cause: thrown };
  if (!BROKEN_OFF.test(code) || code === "UND_ERR_CONNECT_TIMEOUT")
    return new GleitzeitError("CONNECTION_REFUSED", `the server cannot be reached: ${why}`, error);
  const lost = `the answer of the server did not come (${why}): what was asked may have been done, or go on, all the same`;
  return new GleitzeitError("CONNECTION_LOST", lost, error);
}

export function refusalIn(error: unknown, status: number, url: string): GleitzeitError {
  const problem = documentIn(error);
  const code = isObject(problem) ? problem.code : undefined;
  if (!isObject(problem) || typeof problem.detail !== "string" || !isCode(code)) {
    const where = new URL(url).origin;
    return new GleitzeitError(
      "CONNECTION_LOST",
      `${where} answers ${status}, and not as a server of Gleitzeit does`,
    );
  }
  const { detail, errors } = problem;
  const problems = isList(errors) ? errors.flatMap(problemIn) : [];
  return new GleitzeitError(code, detail, problems.length > 0 ? { problems } : {});
}

/** As text, or parsed already. */
const documentIn = (error: unknown): Json => {
  if (isObject(error)) return error;
  if (typeof error !== "string") return null;
  try {
    return parseJson(error);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null; // told as what it is: no answer of ours
    throw thrown;
  }
};

const isCode = (code: Json | undefined): code is ErrorCode => typeof code === "string" && isErrorCode(code);

function problemIn(value: Json): readonly Problem[] {
  if (!isObject(value) || typeof value.message !== "string") return [];
  const { code, message, file, line, column, path } = value;
  return [
    {
      code: isCode(code) ? code : "INTERNAL_ERROR",
      message,
      ...(typeof file === "string" && { file }),
      ...(typeof line === "number" && { line }),
      ...(typeof column === "number" && { column }),
      ...(typeof path === "string" && { path }),
    },
  ];
}
