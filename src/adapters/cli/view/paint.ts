// Colours and signs of statuses. Colour never says anything that the words do not.
import picocolors from "picocolors";
import type { RunStatus, TaskStatus } from "../../../domain/index.ts";

export type Paint = ReturnType<typeof picocolors.createColors>;

export const paint = (color: boolean): Paint => picocolors.createColors(color);

type Status = RunStatus | TaskStatus;

const SIGNS: Readonly<Record<Status, string>> = {
  absent: " ",
  pending: "·",
  running: "▸",
  paused: "‖",
  compensating: "↶",
  succeeded: "✓",
  failed: "✗",
  cancelled: "⊘",
  waiting: "·",
  scheduled: "·",
  retrying: "↻",
  skipped: "–",
};

export const sign = (status: Status): string => SIGNS[status];

export function tinted(paint: Paint, status: Status, text: string = status): string {
  switch (status) {
    case "succeeded":
      return paint.green(text);
    case "failed":
      return paint.red(text);
    case "running":
    case "compensating":
      return paint.cyan(text);
    case "retrying":
    case "paused":
    case "cancelled":
      return paint.yellow(text);
    case "absent":
    case "pending":
    case "waiting":
    case "scheduled":
    case "skipped":
      return paint.dim(text);
  }
}
