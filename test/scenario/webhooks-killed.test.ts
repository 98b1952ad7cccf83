// Webhooks over real sockets, from real processes, one of which is killed in the middle.
import { test } from "vitest";
import { place } from "./command.ts";
import { killedWhileSending } from "./webhook-story.ts";

const here = place();

test("a receiver that fails three times in ten, a sender killed twice: nothing missing, each run in order", async () => {
  await killedWhileSending(here(), 12, 2);
});
