// Places in the log as clients hold them: `v1.<log>.<position>`. One of another log is gone (410), what is no cursor is
// refused (400): nobody starts from now by mistake.
import type { Position } from "../../domain/index.ts";
import { Refused } from "./refusal.ts";

export const cursorOf = (logId: string, position: Position | "start"): string =>
  position === "start" ? "start" : `v1.${logId}.${position}`;

/** `start`, `now`, a cursor, or the plain position of an event. */
export function placeIn(logId: string, text: string, name = "after"): Position | "start" | "now" {
  if (text === "start" || text === "now") return text;
  const plain = /^\d{1,19}$/.exec(text);
  if (plain) return BigInt(text);
  const [, log, digits] = /^v1\.([A-Za-z0-9_-]{1,64})\.(\d{1,19})$/.exec(text) ?? [];
  if (log === undefined || digits === undefined) {
    throw new Refused({
      code: "INVALID_REQUEST",
      status: 400,
      detail: `${name}: ${JSON.stringify(text.slice(0, 100))} is no cursor; give one that a page gave, or start, or now`,
    });
  }
  if (log === logId) return BigInt(digits);
  throw new Refused({
    code: "INVALID_REQUEST",
    status: 410,
    detail: `${name}: this cursor is of another log than the one that is here; begin again with ${name}=start`,
  });
}
