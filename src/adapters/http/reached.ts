// Waiting until the log has come so far: whoever was told of an event can read what it did.
import type { Position } from "../../domain/index.ts";
import { followPages } from "../../engine/index.ts";
import type { RouteKit } from "./app.ts";
import { Refused } from "./refusal.ts";

const PATIENCE_MS = 5000;

export async function reached({ driving, clock, closing }: RouteKit, least: Position): Promise<void> {
  const head = await driving.store.events.head();
  if (head !== "start" && head >= least) return;
  const late = new AbortController();
  const cancel = clock.after(PATIENCE_MS, () => late.abort());
  const signal = AbortSignal.any([late.signal, closing]);
  try {
    for await (const { next } of followPages(driving.store.events, head, { signal })) {
      if (next !== "start" && next >= least) return;
    }
  } finally {
    cancel();
  }
  const detail = `the log has not come to position ${least} within ${PATIENCE_MS / 1000} s`;
  throw new Refused({ code: "RESOURCE_EXHAUSTED", status: 503, detail, headers: { "retry-after": "1" } });
}
