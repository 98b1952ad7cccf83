// A definition as it stands in the log: the blob of its canonical text, and how events refer to it.
import { type Definition, jcs, type WorkflowRef, workflowIdOf } from "../../domain/index.ts";
import type { Blob, Sha256 } from "../ports/index.ts";
import { blobOf } from "./encode.ts";

const utf8 = new TextEncoder();

export const definitionBlob = (definition: Definition, sha256: Sha256): Blob =>
  blobOf(utf8.encode(jcs(definition)), sha256);

export function workflowRef(definition: Definition, { hash, bytes }: Blob): WorkflowRef {
  const { name, version } = definition;
  return {
    id: workflowIdOf(definition),
    name,
    ...(version !== undefined && { version: String(version) }),
    hash,
    size: bytes.length,
  };
}
