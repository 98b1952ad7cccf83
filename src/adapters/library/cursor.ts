// Places in the log as programs hold them. What is no cursor is refused: a reader never starts from now by mistake.
import { GleitzeitError, type Position } from "../../domain/index.ts";

export const cursorOf = (position: Position): string => `v1.${position}`;

/** Also an event's own `position`. */
export function positionIn(cursor: string): Position {
  const digits = /^(?:v1\.)?(\d{1,19})$/.exec(cursor)?.[1];
  if (digits !== undefined) return BigInt(digits);
  throw new GleitzeitError("USAGE_ERROR", `${JSON.stringify(cursor)} is no cursor`);
}
