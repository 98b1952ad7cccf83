// A page of the run list, for programs.
import { GleitzeitError, Instant, instantOf } from "../../domain/index.ts";
import { type Reading, runList } from "../../engine/index.ts";
import { cursorOf, positionIn } from "./cursor.ts";
import { millisIn } from "./given-run.ts";
import type { ListQuery, RunPage } from "./gleitzeit.ts";

const MOST = 500;

export async function runPage(reading: Reading, now: number, query: ListQuery = {}): Promise<RunPage> {
  const { status, workflow, error, task, tag, retrying, stuck, since, cursor } = query;
  const { items, next } = await runList(reading, {
    limit: limitIn(query),
    ...(status && { statuses: status }),
    ...(workflow !== undefined && { workflow }),
    ...(error !== undefined && { error }),
    ...(task !== undefined && { task }),
    ...(tag !== undefined && { tag }),
    ...(retrying && { retrying }),
    ...(stuck !== undefined && { stuckSince: now - millisIn("stuck", stuck) }),
    ...(since !== undefined && { since: instantIn(since) }),
    ...(cursor !== undefined && { before: positionIn(cursor) }),
  });
  return { items, nextCursor: next === undefined ? null : cursorOf(next) };
}

/** 50 where nothing is said. */
export function limitIn({ limit = 50 }: { readonly limit?: number }): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST) return limit;
  throw new GleitzeitError("USAGE_ERROR", `\`limit\` takes 1 to ${MOST}, not ${limit}`);
}

export function instantIn(since: string | Date): Instant {
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
