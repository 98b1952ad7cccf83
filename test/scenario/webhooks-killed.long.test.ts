// The same with a thousand runs and five kills.
import { test } from "vitest";
import { place } from "./command.ts";
import { killedWhileSending } from "./webhook-story.ts";

const here = place();

test("a thousand runs, a receiver that fails three times in ten, a sender killed five times", async () => {
  await killedWhileSending(here(), 1000, 5);
});
