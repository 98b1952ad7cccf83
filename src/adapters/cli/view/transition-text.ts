// One event of a run's past on one line: when, what, and what it changed.
import type { Transition } from "../../../engine/index.ts";
import type { Channel } from "../terminal.ts";
import { paint, tinted } from "./paint.ts";
import { duration, fitted, line, padded } from "./text.ts";
import { transition } from "./transition.ts";

/** Of more changes than this the rest is counted. */
const MOST = 4;

export function transitionText(
  { recorded, changes }: Transition,
  since: number,
  message: string | undefined,
  out: Channel,
): string {
  const colors = paint(out.color);
  const { event, revision, recordedAt } = recorded;
  const after = duration(Math.max(0, Date.parse(recordedAt) - since));
  const place = `${String(revision).padStart(5)}  ${padded(`+${after}`, 10)}  `;
  const text = line(transition(recorded, message) ?? event.type);
  const told = changes
    .slice(0, MOST)
    .map(({ task, from, to }) => `${task ?? "run"}: ${from} → ${tinted(colors, to)}`);
  const more = changes.length > MOST ? [`and ${changes.length - MOST} more`] : [];
  const room = Math.max(20, out.columns - place.length);
  const first = `${colors.dim(place)}${fitted(text, room)}\n`;
  const below = [...told, ...more].map(
    (change) => `${" ".repeat(place.length)}${colors.dim("·")} ${line(change)}\n`,
  );
  return first + below.join("");
}
