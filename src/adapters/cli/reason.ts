import type { TaskId } from "../../domain/index.ts";

export type ReasonKind =
  | "submitted"
  | "running"
  | "unattended"
  | "paused"
  | "cancelled"
  | "compensating"
  | "compensated"
  | "succeeded"
  | "failed"
  | "skipped"
  | "reused"
  | "cached"
  | "dependency"
  | "place"
  | "retry"
  | "signal"
  | "approval"
  | "time"
  | "elements";

export type Reason = { readonly task?: TaskId; readonly kind: ReasonKind; readonly text: string };

export const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
