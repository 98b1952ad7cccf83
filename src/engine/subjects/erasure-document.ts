// An erasure as `erase --json` prints it and HTTP answers it. Other programs read this: add, never rename.
import type { Erasure } from "./erase.ts";

export type ErasureDocument =
  | {
      readonly status: "erased";
      /** Absent where only a name was known. */
      readonly request?: string;
      readonly runs: number;
      readonly events: number;
      readonly failed: number;
      readonly endpoints: readonly string[];
      readonly repeated: boolean;
    }
  | { readonly status: "deferred"; readonly request: string; readonly held: readonly string[] };

export function erasureDocument(erasure: Erasure): ErasureDocument {
  switch (erasure.kind) {
    case "erased": {
      const { request, counts, endpoints, isNew } = erasure;
      return { status: "erased", request, ...counts, endpoints: [...endpoints], repeated: !isNew };
    }
    case "deferred": {
      const { request, held } = erasure;
      return { status: "deferred", request, held: held === "subject" ? ["subject"] : [...held] };
    }
    case "unknown":
      return { status: "erased", runs: 0, events: 0, failed: 0, endpoints: [], repeated: false };
  }
}
