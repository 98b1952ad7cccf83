// What leaves the log, and in which forms of other programs.
import type { RunId } from "../../domain/index.ts";

export type ExportedPart = { readonly run: RunId; readonly children: boolean } | { readonly all: true };

export const LINE_FORMATS = ["jsonl", "cloudevents", "ocsf", "openlineage", "csv"] as const;
export type LineFormat = (typeof LINE_FORMATS)[number];
