// The other half of `stopped.test.ts`.
import { test } from "vitest";
import { callsOfAll, stoppedAt } from "./stops.ts";

test("stopped behind every call where that stops before it, and the other way round", async () => {
  const calls = await callsOfAll();
  for (let at = 1; at <= calls; at += 1) await stoppedAt(at, at % 2 !== 0);
}, 600_000);
