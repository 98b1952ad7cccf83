// Registered workflows, as `--json` prints them. Other programs read this: add, never rename.
import { z } from "zod";
import * as v from "./values.ts";

const registrant = v.actor.extend({ name: z.string().nullable() }).meta({ id: "Registrant" });

const version = {
  id: z.string(),
  name: z.string(),
  version: z.string().nullable(),
  hash: v.hash.describe("Of the definition."),
  contentHash: z.string().describe("Of the definition with everything it calls."),
  current: z.boolean(),
  registeredAt: v.instant,
  registeredBy: registrant,
};

export const registered = z
  .strictObject({
    created: z.boolean().describe("False when this content stood there already."),
    ...version,
  })
  .meta({ id: "Registered" });

export const workflows = z
  .strictObject({
    items: z.array(z.strictObject({ ...version, versions: v.count })),
    nextCursor: z.null(),
  })
  .meta({ id: "Workflows" });

export const shownWorkflow = z
  .strictObject({
    ...version,
    definition: v.map.describe("As it is hashed and run."),
    source: z.string().nullable().describe("The text that was registered."),
    versions: z.array(z.strictObject(version).meta({ id: "WorkflowVersion" })),
  })
  .meta({ id: "ShownWorkflow" });
