// How long runs stay in the store, and where they go then.
import { z } from "zod";
import type { RetentionPolicies, RetentionPolicy } from "../../engine/index.ts";
import { Duration, millisIn } from "./duration.ts";

const Policy = z.strictObject({
  max_age: Duration.exactOptional().describe("After its end a run leaves the store for an archive."),
  archive_after: Duration.exactOptional().describe("The same; the shorter one of both counts."),
  max_count: z
    .int()
    .min(0)
    .exactOptional()
    .describe("Of runs of one workflow that are over, so many stay: the newest."),
});
type Policy = z.infer<typeof Policy>;

export const Retention = z.strictObject({
  default: Policy.prefault({}).describe("Of workflows that have none of their own; for ever when left out."),
  workflows: z
    .record(z.string().min(1).max(500), Policy)
    .default({})
    .describe("Name or id of a workflow → what holds for its runs, instead of the default."),
  webhooks: z
    .strictObject({
      max_age: Duration.exactOptional().describe(
        "So long, or a quarter more, it is kept what was sent to receivers.",
      ),
    })
    .prefault({})
    .describe("Records of deliveries and of what receivers answered; for ever when left out."),
  archive: z
    .string()
    .min(1)
    .exactOptional()
    .describe("The folder of archives, a bundle for each run; `archive/` in GLEITZEIT_HOME when left out."),
  delete_archives_after: Duration.exactOptional().describe(
    "After it was written an archive is deleted, unless the run or the person is held; never when left out.",
  ),
  every: Duration.default("1h").describe("How often `serve` looks for runs that are past their time."),
});

export const retentionPolicies = ({
  default: usual,
  workflows,
  delete_archives_after: after,
  webhooks: { max_age: maxAge },
}: z.infer<typeof Retention>): RetentionPolicies => ({
  default: policy(usual),
  workflows: Object.fromEntries(Object.entries(workflows).map(([name, one]) => [name, policy(one)])),
  webhooks: maxAge === undefined ? {} : { maxAgeMs: millisIn(maxAge) },
  ...(after !== undefined && { deleteArchivesAfterMs: millisIn(after) }),
});

const policy = ({ max_age, archive_after, max_count }: Policy): RetentionPolicy => ({
  ...(max_age !== undefined && { maxAgeMs: millisIn(max_age) }),
  ...(archive_after !== undefined && { archiveAfterMs: millisIn(archive_after) }),
  ...(max_count !== undefined && { maxCount: max_count }),
});
