// Values as far as anybody can see them.
import { GleitzeitError } from "../../domain/index.ts";
import { openValues, type Payloads, type Placed } from "../log/decode.ts";
import type { Values } from "../log/encode.ts";

/** Undefined when a blob that they name is missing. A store that cannot be read is another matter. */
export const valuesInSight = (
  placed: Placed,
  tenant: string,
  payloads: Payloads,
): Promise<Values | undefined> => openValues(placed, tenant, payloads).catch(unlessMissing);

export function unlessMissing(error: unknown): undefined {
  if (error instanceof GleitzeitError && error.code === "PERSISTENCE_INTEGRITY_ERROR") return undefined;
  throw error;
}
