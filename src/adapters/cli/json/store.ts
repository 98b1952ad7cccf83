// A store and what is computed from it, as `--json` prints it. Other programs read this: add, never rename.
import { z } from "zod";
import * as v from "./values.ts";

export const storeCheck = z.strictObject({
  store: z.string(),
  ok: z.boolean(),
  events: v.count,
  streams: v.count,
  blobs: v.count,
  problems: z.array(
    z.strictObject({ stream: z.string(), revision: v.count, position: v.position, message: z.string() }),
  ),
  found: v.count.describe("All of them; the first hundred are in `problems`."),
});

export const copied = z.strictObject({
  from: z.string(),
  to: z.string(),
  keys: z.string().describe("The folder with the copy's key, as secret as the store."),
});

export const migrated = z.strictObject({
  store: z.string(),
  from: v.count.describe("Version of the tables before; the same as `to` where nothing was to be done."),
  to: v.count,
  migrated: z.boolean().describe("False also with `--dry-run`."),
  backup: z.string().nullable().describe("The copy that was made first, or would be."),
  keys: z.string().nullable().describe("The folder with the copy's key, as secret as the store."),
});

export const projections = z.strictObject({
  items: z.array(
    z.strictObject({
      name: z.string(),
      version: v.count,
      position: v.position,
      lag: v.count.describe("Events not folded yet; 10000 stands for that many or more."),
      rows: v.count,
      hash: v.hash,
    }),
  ),
});

export const rebuilt = z.strictObject({
  items: z.array(
    z.strictObject({
      name: z.string(),
      position: v.position,
      rows: v.count,
      hash: v.hash,
      before: z.strictObject({ rows: v.count, hash: z.string() }),
      difference: z
        .strictObject({
          row: z.string(),
          runId: v.runId,
          kept: z.string().nullable(),
          rebuilt: z.string().nullable(),
        })
        .nullable(),
    }),
  ),
});
