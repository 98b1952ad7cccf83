// Who may decide on a question to people, by name: what its author gave, less those whom `not_by` excludes.
import { isList, type Json } from "../../domain/index.ts";
import type { Wait } from "../../projections/index.ts";
import type { Values } from "../log/encode.ts";
import type { Reading } from "./reading.ts";

/** Of an open question. */
export type Question = {
  readonly message?: Json;
  /** As the document names them; without it everybody may decide but those in `notBy`. */
  readonly approvers?: readonly string[];
  readonly notBy?: readonly string[];
};

export async function questionOf(
  { nameOf }: Reading,
  { notBy = [] }: NonNullable<Wait["approval"]>,
  { message, approvers }: Values = {},
): Promise<Question> {
  const excluded = await Promise.all(
    notBy.map(async (id) => (await nameOf({ type: "user", id })) ?? UNKNOWN),
  );
  return {
    ...(message !== undefined && { message }),
    ...(isList(approvers) && { approvers: approvers.map(String) }),
    ...(excluded.length > 0 && { notBy: excluded }),
  };
}

/** Whose name was erased, or stands on another machine. */
const UNKNOWN = "somebody whose name is not known here";

export function decidersText({ approvers, notBy = [] }: Question): string {
  const left = approvers?.filter((name) => !notBy.includes(name));
  if (left) return left.join(", ");
  return notBy.length > 0 ? `anybody but ${notBy.join(", ")}` : "anybody";
}
