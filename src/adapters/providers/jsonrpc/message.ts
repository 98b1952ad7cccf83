// JSON-RPC 2.0: what is sent, and what is made of what comes.
import { z } from "zod";
import {
  isObject,
  type Json,
  type JsonObject,
  jsonProblem,
  parseJson,
  pathText,
} from "../../../domain/index.ts";

export type Id = string | number;

export type Fault = { readonly code: number; readonly message: string; readonly data?: Json };

export type Heard =
  | { readonly kind: "answer"; readonly id: Id | null; readonly result: Json }
  | { readonly kind: "refusal"; readonly id: Id | null; readonly fault: Fault }
  | { readonly kind: "told"; readonly method: string; readonly params: JsonObject }
  /** Meant as a message, and none. */
  | { readonly kind: "malformed"; readonly id: Id | null; readonly problem: string }
  /** An answer with a value that cannot be kept as it is. */
  | { readonly kind: "unfit"; readonly id: Id | null; readonly problem: string }
  | { readonly kind: "noise"; readonly text: string };

export const requestText = (id: Id, method: string, params: Json | undefined): string =>
  JSON.stringify({ jsonrpc: "2.0", id, method, ...(params !== undefined && { params }) });

export const noticeText = (method: string, params: JsonObject): string =>
  JSON.stringify({ jsonrpc: "2.0", method, params });

const Id = z.union([z.string(), z.number()]);
const FaultSchema = z.looseObject({ code: z.int(), message: z.string() });

export function heard(text: string): Heard {
  const message = jsonIn(text);
  if (!isObject(message) || message.jsonrpc !== "2.0") return { kind: "noise", text };
  const { id: given, method, params, result, error } = message;
  if (typeof method === "string") return { kind: "told", method, params: isObject(params) ? params : {} };
  const id = Id.safeParse(given).data ?? null;
  const has = (name: string): boolean => Object.hasOwn(message, name);
  if (has("result") === has("error"))
    return { kind: "malformed", id, problem: "it has neither a result nor an error, or both" };
  if (result === undefined) return refusal(id, error);
  const problem = jsonProblem(result);
  if (!problem) return { kind: "answer", id, result };
  return { kind: "unfit", id, problem: `${pathText(["result", ...problem.path])}: ${problem.message}` };
}

function refusal(id: Id | null, error: Json | undefined): Heard {
  const { success, data: fault } = FaultSchema.safeParse(error);
  if (!success)
    return { kind: "malformed", id, problem: "its error has no number `code` and text `message`" };
  const data = isObject(error) ? error.data : undefined;
  return {
    kind: "refusal",
    id,
    fault: { code: fault.code, message: fault.message, ...(data !== undefined && { data }) },
  };
}

function jsonIn(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
