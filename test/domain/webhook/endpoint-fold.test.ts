// An endpoint as its stream tells it: given these events, so it stands.
import { describe, expect, test } from "vitest";
import { EventId, Incarnation, type Json } from "../../../src/domain/index.ts";
import { ACTOR, AT, attempted, begun, created, folded, of, RUN_A, sealed } from "./endpoints.ts";

describe("an endpoint that was created", () => {
  test("is active, has everything that it was given, and nothing is on its way", () => {
    const filter = { tag: "billing" };
    const endpoint = folded([
      {
        type: "WebhookCreated",
        data: {
          events: ["run.*"],
          filter,
          ordered: false,
          payload: "thin",
          maxRate: 0.5,
          from: "4710",
          values: {
            url: "https://a.example",
            description: "Billing",
            headers: sealed("h"),
            secret: sealed("s"),
          },
        },
      },
    ]);
    expect(endpoint).toEqual({
      stream: "webhook-main.0199c2f0-1a2b-7c3d-8e4f-5a6b7c8d9e0f",
      createdAt: AT,
      createdBy: ACTOR,
      head: 0,
      folded: 0,
      status: "active",
      disabled: undefined,
      settings: { events: ["run.*"], filter, ordered: false, payload: "thin", maxRate: 0.5 },
      url: "https://a.example",
      description: "Billing",
      headers: sealed("h"),
      secrets: [{ sealed: sealed("s") }],
      owner: undefined,
      mark: 4710n,
      open: new Map(),
      ahead: new Map(),
      replays: new Map(),
      failures: 0,
      failingSince: undefined,
      isTroubled: false,
      delivered: 0,
      parked: 0,
      lastDeliveredAt: undefined,
    });
  });

  test.each([
    ["start", "start"],
    ["0", "start"],
    ["4710", 4710n],
  ])("from %s on begins at %s", (from, mark) => {
    expect(folded([created({ from })]).mark).toBe(mark);
  });

  test("with the least has no settings but these, and no address once its values were erased", () => {
    expect(folded([created()]).settings).toStrictEqual({ ordered: true, payload: "full" });
    expect(folded([created({ values: { url: { $blob: "x" }, secret: sealed("s") } })]).url).toBe("");
  });

  test.each<[string, Json]>([
    ["none", {}],
    ["a text", { secret: "whsec_plain" }],
    ["one of another version", { secret: { ...sealed("s"), v: 2 } }],
  ])("whose secret is %s is no endpoint", (_, values) => {
    expect(() => folded([created({ values: Object(values) })])).toThrow("a webhook without its secret");
  });

  test("is created once, and nothing comes before", () => {
    expect(() => folded([created(), created()])).toThrow("was created twice");
    expect(() => folded([of("WebhookRecovered", {})])).toThrow("no endpoint");
  });
});

describe("what its owner changes", () => {
  test("an update is all settings anew; headers and description go when they are not named", () => {
    const before = created({
      events: ["run.*"],
      maxRate: 3,
      values: { url: "https://a.example", description: "Billing", headers: sealed("h"), secret: sealed("s") },
    });
    const data = { ordered: false, payload: "thin" } as const;
    const moved = { ...data, maxRate: 10, values: { url: "https://b.example", headers: sealed("i") } };
    expect(folded([before, of("WebhookUpdated", moved)])).toMatchObject({
      settings: { ordered: false, payload: "thin", maxRate: 10 },
      url: "https://b.example",
      description: undefined,
      headers: sealed("i"),
      secrets: [{ sealed: sealed("s") }],
    });
    const bare = folded([before, of("WebhookUpdated", data)]);
    expect(bare.settings).toStrictEqual(data);
    expect(bare).toMatchObject({ url: "https://a.example", headers: undefined });
  });

  test("a new secret stands first, and of those before only the last counts, for its time", () => {
    const rotated = (name: string) =>
      of("WebhookSecretRotated", { until: AT, values: { secret: sealed(name) } });
    const until = Date.parse(AT);
    expect(folded([created(), rotated("t")]).secrets).toEqual([
      { sealed: sealed("t") },
      { sealed: sealed("s"), until },
    ]);
    expect(folded([created(), rotated("t"), rotated("u")]).secrets).toEqual([
      { sealed: sealed("u") },
      { sealed: sealed("t"), until },
    ]);
    expect(() => folded([created(), of("WebhookSecretRotated", { until: AT })])).toThrow(
      "without its secret",
    );
  });

  test("it can be stopped, with the reason and the time, and deleted", () => {
    const stopped = folded([created(), of("WebhookDisabled", { reason: "failing" })]);
    expect(stopped).toMatchObject({
      status: "disabled",
      disabled: { reason: "failing", at: AT },
      isTroubled: true,
    });
    expect(folded([created(), of("WebhookDeleted", {})]).status).toBe("deleted");
  });

  test("enabled, it forgets its failures and tries at once what was on its way", () => {
    const dueAt = "2026-11-26T05:00:00.000Z";
    const events = [created({ from: "4000" }), begun(1), attempted(1, "failed", { attempt: 1, dueAt })];
    const stopped = [...events, of("WebhookDisabled", { reason: "request" })];
    expect(folded(stopped)).toMatchObject({ failures: 1, failingSince: Date.parse(AT) });
    const again = folded([...stopped, of("WebhookEnabled", {})]);
    expect(again).toMatchObject({
      status: "active",
      disabled: undefined,
      failures: 0,
      failingSince: undefined,
      mark: 4000n,
    });
    expect(again.open.get(RUN_A)).toMatchObject({ attempts: 0, dueAt: 0, isHeld: true });
  });

  test("enabled from a later place, it leaves out what stands before", () => {
    const events = [created(), begun(1), attempted(1, "delivered"), begun(2)];
    const again = folded([...events, of("WebhookEnabled", { from: "4800" })]);
    expect(again).toMatchObject({ status: "active", mark: 4800n });
    expect([again.open.size, again.ahead.size]).toEqual([0, 0]);
  });
});

test("a process that takes it is its owner; what was parked is a trouble until it recovers", () => {
  const owner = Incarnation.parse("0199c2f1-0000-7000-8000-000000000001");
  expect(folded([created(), of("WebhookTaken", { owner })]).owner).toBe(owner);
  const troubled = [created(), of("WebhookDisabled", { reason: "gone" })];
  expect(folded([...troubled, of("WebhookRecovered", {})]).isTroubled).toBe(false);
});

test("every event moves the head, and a test delivery nothing else", () => {
  const tested = of("WebhookTested", {
    delivery: EventId.parse("0199c2f4-5b2a-7000-8000-000000000007"),
    outcome: "delivered",
    durationMs: 5,
  });
  expect(folded([created(), tested, tested])).toEqual({ ...folded([created()]), head: 2 });
});
