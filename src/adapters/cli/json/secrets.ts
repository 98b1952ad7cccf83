// Secrets as `--json` prints them: names and dates, never a value. Other programs read this: add, never rename.
import { z } from "zod";
import * as v from "./values.ts";

export const kept = z.strictObject({
  name: z.string(),
  created: v.instant,
  changed: v.instant.describe("When it got the value that it has."),
});

export const list = z.strictObject({ items: z.array(kept) });

export const changedKey = z.strictObject({
  vault: z.string(),
  key: z.string().describe("The new key's file."),
});

export const removed = z.strictObject({ name: z.string(), removed: z.literal(true) });
