// Replays of an endpoint as its stream tells them.
import { describe, expect, test } from "vitest";
import { EventId, StreamName } from "../../../src/domain/index.ts";
import { created, folded, of } from "./endpoints.ts";

describe("replays", () => {
  const replay = EventId.parse("0199c2f5-0000-7000-8000-00000000000a");
  const other = EventId.parse("0199c2f5-0000-7000-8000-00000000000b");
  const asked = of("WebhookReplayRequested", { replay, from: "4000", to: "4800", only: "all" });

  test("begin where they were asked to, with what they were asked for", () => {
    const source = StreamName.parse("webhook-main.0199c2f0-1a2b-7c3d-8e4f-000000000001");
    const all = { replay: other, from: "start", to: "4800", types: ["run.*"], source };
    const { replays } = folded([created(), asked, of("WebhookReplayRequested", { ...all, only: "failed" })]);
    expect([...replays.values()]).toStrictEqual([
      { id: replay, only: "all", from: 4000n, to: 4800n, through: 4000n },
      { id: other, only: "failed", from: "start", to: 4800n, through: "start", types: ["run.*"], source },
    ]);
  });

  test("go on, and are forgotten when they are done; one that nobody asked for is none", () => {
    const on = (id: EventId, through: string, done?: true) =>
      of("WebhookReplayAdvanced", { replay: id, through, ...(done && { done }) });
    expect(folded([created(), asked, on(replay, "4400")]).replays.get(replay)).toMatchObject({
      from: 4000n,
      through: 4400n,
    });
    expect(folded([created(), asked, on(replay, "4800", true)]).replays.size).toBe(0);
    expect(folded([created(), asked, on(other, "4400")]).replays.size).toBe(1);
  });
});
