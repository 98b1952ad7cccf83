// Values as far as anybody can see them.
import { GleitzeitError, type RunEvent } from "../domain/index.ts";
import { openValues } from "./decode.ts";
import type { Values } from "./encode.ts";
import type { BlobStore } from "./ports/index.ts";

/** Undefined when a blob that they name is missing. A store that cannot be read is another matter. */
export const valuesInSight = (
  event: RunEvent,
  tenant: string,
  blobs: BlobStore,
): Promise<Values | undefined> => openValues(event, tenant, blobs).catch(unlessMissing);

export function unlessMissing(error: unknown): undefined {
  if (error instanceof GleitzeitError && error.code === "PERSISTENCE_INTEGRITY_ERROR") return undefined;
  throw error;
}
