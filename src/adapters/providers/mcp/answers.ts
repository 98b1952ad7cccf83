// What a server said, as a result; a tool's own failure is thrown.
import { z } from "zod";
import {
  GleitzeitError,
  isErrorCode,
  isObject,
  type JsonObject,
  jsonProblem,
  pathText,
} from "../../../domain/index.ts";
import { ERROR_CODE } from "./meta.ts";

const ToolAnswer = z.object({
  isError: z.boolean().default(false),
  structuredContent: z.unknown().optional(),
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).default([]),
  _meta: z.record(z.string(), z.unknown()).default({}),
});

export function toolResult(answer: unknown): JsonObject {
  const { isError, structuredContent, content, _meta } = ToolAnswer.parse(answer);
  const response = content.flatMap(({ text }) => text ?? []).join("\n");
  if (isError)
    throw new GleitzeitError(codeIn(_meta), response === "" ? "the tool failed without a word" : response);
  return asJson(structuredContent ?? { response, content });
}

function codeIn(meta: Readonly<Record<string, unknown>>) {
  const code = meta[ERROR_CODE];
  return typeof code === "string" && isErrorCode(code) ? code : "TASK_EXECUTION_FAILED";
}

/** Members that are there but undefined, as objects passed within a process have them, go. */
export const plain = (answer: object): JsonObject => asJson(JSON.parse(JSON.stringify(answer)));

function asJson(value: unknown): JsonObject {
  const problem = jsonProblem(value);
  if (problem) {
    const place = pathText(["result", ...problem.path]);
    throw new GleitzeitError("TASK_RESULT_INVALID", `${place}: ${problem.message}`);
  }
  if (!isObject(value)) throw new GleitzeitError("TASK_RESULT_INVALID", "result: not an object");
  return value;
}
