// Deliveries that somebody asked for once more, as the stream of their endpoint tells them.
import { describe, expect, test } from "vitest";
import type { StreamName, WebhookEvent } from "../../../src/domain/index.ts";
import { attempted, begun, created, folded, idOf, of, parked, RUN_A, told } from "./endpoints.ts";

const given = (...events: readonly WebhookEvent[]) => folded([created({ from: "4700" }), ...events]);
const dueAt = "2026-11-26T05:00:00.000Z";

describe("asked to be sent once more", () => {
  const again = (revision: number, run: StreamName = RUN_A) =>
    of("WebhookRedeliveryRequested", {
      ...told(revision, run),
      format: 1,
      type: "run.failed",
      payload: "thin",
      values: { reason: "lost" },
    });

  test("what is over goes alone, and holds nothing back", () => {
    const endpoint = given(begun(7), attempted(7, "delivered"), again(7));
    expect([...endpoint.open]).toStrictEqual([
      [
        idOf(7),
        {
          told: { event: idOf(7), stream: RUN_A, revision: 7, position: 4707n },
          recipe: { format: 1, type: "run.failed", payload: "thin" },
          isAlone: true,
          attempts: 0,
          isHeld: true,
          isOver: false,
        },
      ],
    ]);
  });

  test.each([
    ["in its order", {}, RUN_A],
    ["alone", { alone: true } as const, idOf(7)],
  ])("what waits %s for its next attempt has it at once", (_, more, key) => {
    const endpoint = given(begun(7, more), attempted(7, "failed", { ...more, dueAt }), again(7));
    expect([...endpoint.open.keys()]).toEqual([key]);
    expect(endpoint.open.get(key)).toMatchObject({ dueAt: 0, attempts: 1, recipe: { payload: "full" } });
  });

  test("does not hurry another event of its run, nor one that is over", () => {
    const waiting = given(begun(8), attempted(8, "failed", { dueAt }), again(7));
    expect([...waiting.open.keys()]).toEqual([RUN_A, idOf(7)]);
    expect(waiting.open.get(RUN_A)?.dueAt).toBe(Date.parse(dueAt));
    const over = given(begun(7), attempted(7, "failed", { dueAt }), parked(7), again(7));
    expect([...over.open.keys()]).toEqual([RUN_A, idOf(7)]);
  });
});
