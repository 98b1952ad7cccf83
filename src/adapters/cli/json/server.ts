// The server and its keys, as `--json` prints them. Other programs read this: add, never rename.
import { z } from "zod";
import { ROLES } from "../../../domain/index.ts";
import * as v from "./values.ts";

export const serving = z.strictObject({
  url: z.string().describe("Where it answers."),
  store: z.string(),
  keys: z.boolean().describe("Whether it asks for keys; if not, it listens on this machine alone."),
});

const shown = {
  id: z.string(),
  role: z.enum(ROLES),
  tenant: z.string(),
  name: z
    .string()
    .nullable()
    .describe("From the directory of names; null where it was erased or never given."),
  createdAt: v.instant,
  createdBy: v.actor,
  expiresAt: v.instant.nullable(),
  rotatedAt: v.instant.nullable(),
  revokedAt: v.instant.nullable(),
  usedOn: z.string().nullable().describe("Day of its last use (UTC)."),
  active: z.boolean().describe("Whether it lets anybody in."),
};

export const key = z.strictObject(shown).meta({ id: "Key" });
export const newKey = z
  .strictObject({ ...shown, key: z.string().describe("Shown here and never again.") })
  .meta({ id: "NewKey" });
export const keys = z.strictObject({ items: z.array(key), nextCursor: z.null() }).meta({ id: "Keys" });
