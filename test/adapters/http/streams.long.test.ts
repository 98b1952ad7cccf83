import { expect, test } from "vitest";
import { ordeal } from "./killed-streams.ts";

test("a client cut off 200 times, a server restarted 5 times, 8 writers: exactly the log, in order", async () => {
  const { seen, log, reconnected } = await ordeal({ kills: 200, restarts: 5, writers: 8, perWriter: 50 });
  expect(log.length).toBeGreaterThanOrEqual(2000);
  expect(seen).toEqual(log.slice(0, seen.length));
  expect(log.length - seen.length).toBeLessThan(5);
  expect(reconnected).toBeGreaterThan(200);
});
