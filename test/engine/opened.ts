import { memorySubjectKeys } from "../../src/adapters/keys/index.ts";
import { openValues, type Placed } from "../../src/engine/log/decode.ts";
import type { BlobStore, Seals } from "../../src/engine/ports/index.ts";
import { TENANT } from "./rig.ts";

/** The values of an event, those of a run in clear where no keys are given. */
export const opened = (recorded: Placed, blobs: BlobStore, seals: Seals = memorySubjectKeys()) =>
  openValues(recorded, TENANT, { blobs, seals });
