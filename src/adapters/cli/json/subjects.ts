// What is done about persons, as `--json` prints it. Other programs read this: add, never rename.
import { z } from "zod";
import { HoldTarget } from "../../../domain/index.ts";
import { actor, instant } from "./values.ts";

const subject = z.string().describe("The pseudonym.");
const request = z.uuid().describe("The same for one request, however often it is carried out.");
const name = z.boolean().describe("Whether a name was taken out of the directory of actors.");
const count = z.int().nonnegative();

export const erased = z
  .discriminatedUnion("status", [
    z.strictObject({
      status: z.literal("erased"),
      request: request.optional().describe("Absent where only a name was known."),
      runs: count,
      events: count,
      failed: count.describe("Runs that were under way."),
      endpoints: z.array(z.string()).describe("Of webhooks, which were sent something of it and are told."),
      repeated: z.boolean().describe("It was done before, and nothing was written."),
      subject,
      name,
    }),
    z.strictObject({
      status: z.literal("deferred"),
      request,
      held: z.array(z.string()).describe("`subject`, or the runs of it that are held."),
      subject,
      name,
    }),
  ])
  .meta({ id: "Erasure" });

export const erasures = z
  .strictObject({
    items: z.array(
      z.strictObject({
        subject,
        request,
        status: z
          .enum(["erased", "deferred", "open"])
          .describe("`open`: begun, and finished by the next process if the one that began it has died."),
        requestedAt: instant,
        requestedBy: actor,
        reason: z.string(),
        finishedAt: instant.nullable(),
      }),
    ),
    nextCursor: z.null(),
  })
  .meta({ id: "Erasures" });

export const held = z
  .strictObject({
    target: HoldTarget,
    changed: z.boolean().describe("False when it stood so already."),
    erased: z.array(z.strictObject({ subject, request })).describe("What waited for the release."),
  })
  .meta({ id: "HoldChange" });

export const holds = z
  .strictObject({
    items: z.array(
      z.strictObject({
        target: HoldTarget,
        placedAt: instant,
        placedBy: actor,
        reason: z.string().nullable(),
        waiting: z.uuid().nullable().describe("The request for an erasure that is done on release."),
      }),
    ),
    nextCursor: z.null(),
  })
  .meta({ id: "Holds" });
