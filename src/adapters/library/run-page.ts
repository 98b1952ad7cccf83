// A page of the run list, for programs.
import { GleitzeitError, Instant, instantOf } from "../../domain/index.ts";
import { folded, type Reading, rowDocument } from "../../engine/index.ts";
import { runList, runListPage } from "../../projections/index.ts";
import { cursorOf, positionIn } from "./cursor.ts";
import type { ListQuery, RunPage } from "./gleitzeit.ts";

const MOST = 500;

export async function runPage(reading: Reading, query: ListQuery = {}): Promise<RunPage> {
  const { status, workflow, since, limit = 50, cursor } = query;
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw new GleitzeitError("USAGE_ERROR", `\`limit\` takes 1 to ${MOST}, not ${limit}`);
  }
  const page = runListPage(await folded(reading, runList), {
    tenant: reading.tenant,
    limit,
    ...(status && { statuses: status }),
    ...(workflow !== undefined && { workflow }),
    ...(since !== undefined && { since: instantIn(since) }),
    ...(cursor !== undefined && { before: positionIn(cursor) }),
  });
  return {
    items: page.rows.map((row) => rowDocument(row)),
    nextCursor: page.next === undefined ? null : cursorOf(page.next),
  };
}

function instantIn(since: string | Date): Instant {
  const millis = typeof since === "string" ? millisWithOffset(since) : since.getTime();
  const instant = Instant.safeParse(Number.isNaN(millis) ? "" : instantOf(millis));
  if (instant.success) return instant.data;
  throw new GleitzeitError(
    "USAGE_ERROR",
    "`since` takes an instant with its offset, such as 2026-03-01T12:00:00Z",
  );
}

const millisWithOffset = (text: string): number =>
  /(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? Date.parse(text) : Number.NaN;
