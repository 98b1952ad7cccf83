// What was destroyed, in files apart from all stores, so that a store and its keys which are put back from a backup do not
// bring back who was erased since. Nothing in them says who that was.
import { z } from "zod";
import type { Destroyed } from "../../engine/ports/index.ts";
import { type LineFile, type LineList, lineList } from "./line-list.ts";

export type ErasureList = LineList<Destroyed>;

export const erasureList = (file: LineFile): ErasureList =>
  lineList(
    {
      ...{ ...file, what: "keys that were destroyed" },
      line: z.object({ tenant: z.string(), subject: z.string(), keyId: z.string() }),
    },
    ({ keyId }) => keyId,
  );

/** Entries of the directory of names, by the random id that each has. */
export type ErasedNames = LineList<{ readonly entry: string }>;

export const erasedNames = (file: LineFile): ErasedNames =>
  lineList(
    { ...file, what: "names that were erased", line: z.object({ entry: z.string() }) },
    ({ entry }) => entry,
  );
