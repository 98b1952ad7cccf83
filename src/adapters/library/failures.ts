// What goes wrong most, for programs.
import { type CausesFound, failureCauses, type Reading } from "../../engine/index.ts";
import type { FailuresQuery } from "./gleitzeit.ts";
import { instantIn, limitIn } from "./run-page.ts";

export const failuresIn = (reading: Reading, query: FailuresQuery = {}): Promise<CausesFound> =>
  failureCauses(reading, {
    by: query.by ?? "code",
    limit: limitIn(query),
    ...(query.since !== undefined && { since: instantIn(query.since) }),
  });
