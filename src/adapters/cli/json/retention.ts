// Runs that are past their time, as `--json` prints them. Other programs read this: add, never rename.
import { z } from "zod";
import { count, error, instant, maybe, millis, runId } from "./values.ts";

const policy = z.strictObject({
  maxAgeMs: maybe(millis),
  archiveAfterMs: maybe(millis),
  maxCount: maybe(count),
});

const overdue = {
  run: runId,
  workflow: z.string(),
  endedAt: instant,
  because: z.enum(["age", "count"]),
};

const deliveries = z
  .array(
    z.strictObject({
      webhook: z.string(),
      first: count,
      before: count,
      from: instant,
      to: instant,
      events: count,
      deliveries: count,
      attempts: count,
    }),
  )
  .describe(
    "Records of deliveries: revisions of an endpoint's stream from `first` up to, and without, `before`.",
  );

const plan = {
  deliveries,
  due: z.array(z.strictObject(overdue)).describe("To leave now, the newest first."),
  kept: z.array(z.strictObject({ ...overdue, kept: z.enum(["held", "forked", "under way"]) })),
};

const archive = { run: runId, archive: z.string(), archivedAt: instant };
const old = {
  archivesDue: z.array(z.strictObject(archive)).describe("To delete: their own time is over."),
  archivesHeld: z
    .array(z.strictObject(archive))
    .describe("Past their time, but of runs or persons that are held."),
};

export const shown = z
  .strictObject({
    archives: z.string().nullable().describe("The folder; null where nothing outlives the process."),
    count: count.describe("Of archives that are there."),
    default: policy,
    workflows: z.record(z.string(), policy),
    deleteArchivesAfterMs: maybe(millis).describe(
      "After they were written; absent where they stay for ever.",
    ),
    webhooks: policy,
    ...plan,
    ...old,
  })
  .meta({ id: "Retention" });

export const ran = z
  .discriminatedUnion("dryRun", [
    z.strictObject({ dryRun: z.literal(true), ...plan, ...old }),
    z.strictObject({
      dryRun: z.literal(false),
      archived: z.array(z.strictObject({ ...overdue, archive: z.string(), events: count })),
      kept: plan.kept,
      deliveries,
      failed: z.array(z.strictObject({ run: runId, error })).describe("Still where they were."),
      removed: z.strictObject({ runs: count, events: count, blobs: count }),
      missing: z
        .array(z.string())
        .describe("Archives that are gone or altered; what they should hold stays."),
      archivesDeleted: z.array(z.strictObject({ ...archive, events: count })),
      archivesHeld: old.archivesHeld,
      archivesFailed: z
        .array(z.strictObject({ ...archive, error }))
        .describe("Past their time, and still there."),
    }),
  ])
  .meta({ id: "Retained" });
