// Documents of one task: what `call` and `batch` submit, so that they are runs like any other.
import { isList, isObject, type Json, type JsonObject, literally } from "../../domain/index.ts";
import type { BatchRequest, CallOptions } from "./gleitzeit.ts";

export const TASK = "call";

export const callDocument = (
  method: string,
  params: JsonObject,
  { provider, retry }: CallOptions,
): JsonObject => ({
  name: `Call ${method}`,
  tasks: [
    {
      id: TASK,
      method,
      params: literal(params),
      ...(provider !== undefined && { provider }),
      ...(retry && { retry }),
    },
  ],
});

export const batchDocument = ({
  name = "Batch",
  directory,
  pattern,
  template,
  maxParallel,
  maxFileSize,
}: BatchRequest): JsonObject => ({
  name,
  type: "batch",
  batch: {
    directory,
    ...(pattern !== undefined && { pattern }),
    ...(maxParallel !== undefined && { max_parallel: maxParallel }),
    ...(maxFileSize !== undefined && { max_file_size: maxFileSize }),
  },
  template,
});

/** What a program passes is a value: no text in it is a reference. */
function literal(value: Json): Json {
  if (typeof value === "string") return literally(value);
  if (isList(value)) return value.map(literal);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, literal(member)]));
}
