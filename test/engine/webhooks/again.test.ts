// Sent again by hand, to another endpoint, or after a rest; and who is told of what.
import { describe, expect, test } from "vitest";
import { celExpressions } from "../../../src/adapters/expressions/index.ts";
import { MOST_BODY_BYTES } from "../../../src/domain/index.ts";
import { webhookDesk } from "../../../src/engine/webhooks/desk.ts";
import { CLI, workflow } from "../rig.ts";
import { rest, type WebhookRig, webhookRig } from "./webhook-rig.ts";

const one = workflow([{ id: "a", params: { give: { secret: "canary-4711" } } }], {
  outputs: { said: "${a}" },
});
const desk = ({ kit }: WebhookRig) =>
  webhookDesk({ kit, sending: async () => kit, conditions: async () => celExpressions(["event"]) });
const DAY = 24 * 60 * 60 * 1000;

test("redelivered: the same id and bytes, and a header that says it is out of order", async () => {
  const rig = webhookRig(() => ({ status: 200 }));
  const id = await rig.create({ events: ["run.succeeded"] });
  await (await rig.runs.run(one)).end;
  const sender = rig.deliver();
  await rest();
  const [first] = rig.got;
  await desk(rig).redeliver(id, first?.id ?? "", CLI, "lost it");
  await rest();
  const [, again] = rig.got;
  expect(again?.id).toBe(first?.id);
  expect(again?.text).toBe(first?.text);
  expect(first?.headers["gleitzeit-out-of-order"]).toBeUndefined();
  expect(again?.headers["gleitzeit-out-of-order"]).toBe("redelivery");
  const { items } = await desk(rig).deliveries(id, { limit: 10 });
  expect(items.map(({ status, attempts }) => [status, attempts.length])).toEqual([["delivered", 2]]);
  await expect(desk(rig).redeliver(id, "nothing", CLI)).rejects.toMatchObject({ code: "WEBHOOK_NOT_FOUND" });
  await sender.stop();
});

test("replayed: what is missing, what was given up, or everything, each once and in order", async () => {
  let isDown = true;
  const rig = webhookRig(({ body }) => ({ status: isDown && body.type === "run.started" ? 400 : 200 }), {
    retrySchedule: [],
  });
  const id = await rig.create({ events: ["run.*"] });
  await (await rig.runs.run(one)).end;
  const sender = rig.deliver();
  await rest();
  isDown = false;
  const head = await rig.store.events.head();
  const before = rig.got.length;
  const replay = async (only: "all" | "missing" | "failed", from: bigint | "start" = "start") => {
    const at = rig.got.length;
    await desk(rig).replay(id, { from, to: head, only }, CLI);
    await rest();
    return rig.got.slice(at).map(({ body }) => body.type);
  };
  expect(before).toBe(3);
  expect(await replay("failed")).toEqual(["run.started"]);
  expect(await replay("failed")).toEqual([]);
  expect(await replay("missing")).toEqual([]);
  expect(await replay("all")).toEqual(["run.submitted", "run.started", "run.succeeded"]);
  expect(rig.got.at(-1)?.headers["gleitzeit-out-of-order"]).toBe("replay");
  expect(new Set(rig.got.map(({ text }) => text)).size).toBe(3);
  await sender.stop();
});

test("an endpoint that came later gets what another one never had", async () => {
  const rig = webhookRig(({ url }) => ({ status: url.endsWith("/old") ? 400 : 200 }), { retrySchedule: [] });
  const old = await rig.create({ url: "https://example.com/old", events: ["run.succeeded"] });
  await (await rig.runs.run(one)).end;
  const sender = rig.deliver();
  await rest();
  const head = await rig.store.events.head();
  const next = await rig.create({ url: "https://example.com/new", events: ["run.*"], from: BigInt(head) });
  await desk(rig).replay(next, { from: "start", to: head, only: "missing", source: old }, CLI);
  await rig.clock.advance(1500);
  await rest();
  const got = rig.got.filter(({ url }) => url.endsWith("/new")).map(({ body }) => body.type);
  expect(got).toEqual(["run.submitted", "run.started", "run.succeeded"]);
  await sender.stop();
});

test("five days without one success disable it; enabled, it gets what came since, and the others hear of it", async () => {
  let isDown = true;
  const rig = webhookRig(({ url }) => ({ status: isDown && !url.endsWith("/other") ? 503 : 200 }), {
    retrySchedule: Array.from({ length: 30 }, () => 1),
  });
  const id = await rig.create({ events: ["run.succeeded"] });
  await rig.create({ url: "https://example.com/other", events: ["webhook.*"] });
  await (await rig.runs.run(one)).end;
  const sender = rig.deliver();
  await rest();
  rig.clock.jump(5 * DAY + 1000);
  await rig.clock.advance(2000);
  await rest();
  expect(await desk(rig).show(id)).toMatchObject({ status: "disabled", disabled: { reason: "failing" } });
  isDown = false;
  await desk(rig).enable(id, CLI);
  await rig.clock.advance(2000);
  await rest();
  expect(await desk(rig).show(id)).toMatchObject({ status: "active", delivered: 1, failures: 0 });
  const told = rig.got.filter(({ url }) => url.endsWith("/other")).map(({ body }) => body.type);
  expect(told).toEqual(["webhook.disabled", "webhook.recovered"]);
  await sender.stop();
});

test("while a secret is rotated both sign; afterwards one does", async () => {
  const rig = webhookRig(() => ({ status: 200 }));
  const id = await rig.create({ events: ["run.succeeded"] });
  await desk(rig).rotate(id, DAY, CLI);
  const sender = rig.deliver();
  await (await rig.runs.run(one)).end;
  await rest();
  rig.clock.jump(DAY + 1000);
  await (await rig.runs.run(one)).end;
  await rest();
  expect(rig.got.map(({ headers }) => headers["webhook-signature"]?.split(" ").length)).toEqual([2, 1]);
  await sender.stop();
});

describe("who is told of what", () => {
  test.each([
    [{ filter: { workflow: "test" } }, 2],
    [{ filter: { workflow: "other" } }, 0],
    [{ filter: { tag: "night" } }, 0],
    [{ filter: { cel: 'event.data.status == "succeeded"' } }, 1],
    [{ filter: { cel: 'event.data.outputs.said == "x"' } }, 0],
    [{ filter: { cel: 'event.data.error.code == "TASK_TIMEOUT"' } }, 0],
  ])("%j", async (request, many) => {
    const rig = webhookRig(() => ({ status: 200 }));
    await rig.create({ events: ["run.submitted", "run.succeeded"], ...request });
    await (await rig.runs.run(one)).end;
    const sender = rig.deliver();
    await rest();
    expect(rig.got).toHaveLength(many);
    await sender.stop();
  });

  test("a thin payload holds nothing that a run was given or gave", async () => {
    const rig = webhookRig(() => ({ status: 200 }));
    await rig.create({ payload: "thin" });
    await (await rig.runs.run(one)).end;
    const sender = rig.deliver();
    await rest();
    expect(rig.got.length).toBeGreaterThan(3);
    expect(rig.got.filter(({ text }) => text.includes("canary"))).toEqual([]);
    await sender.stop();
  });

  test("stored events for those who ask", async () => {
    const rig = webhookRig(() => ({ status: 200 }));
    await rig.create({ events: ["event.TaskSucceeded"] });
    await (await rig.runs.run(one)).end;
    const sender = rig.deliver();
    await rest();
    expect(rig.got.map(({ body }) => body.type)).toEqual(["event.TaskSucceeded"]);
    expect(rig.got[0]?.body.data).toMatchObject({
      event: { data: { values: { result: { secret: "canary-4711" } } } },
    });
    await sender.stop();
  });

  test("what is too large is named, and left where it is", async () => {
    const rig = webhookRig(() => ({ status: 200 }));
    await rig.create({ events: ["task.succeeded"] });
    const large = workflow([{ id: "a", params: { give: "é".repeat(200_000) } }]);
    await (await rig.runs.run(large)).end;
    const sender = rig.deliver();
    await rest();
    expect(rig.got[0]?.body.data).toMatchObject({ taskId: "a", truncated: { limit: MOST_BODY_BYTES } });
    expect(rig.got[0]?.text.length).toBeLessThan(2000);
    await sender.stop();
  });
});

test("secrets and headers stand nowhere in the log in clear", async () => {
  const rig = webhookRig(() => ({ status: 200 }));
  const made = await desk(rig).create(
    { url: "https://example.com", headers: { authorization: "Bearer canary-17" } },
    "start",
    CLI,
  );
  const page = await rig.store.events.readAll("start", 100);
  const text = page.events.map(({ data }) => new TextDecoder().decode(data)).join("\n");
  expect(text).not.toContain("canary-17");
  expect(text).not.toContain(made.secret.slice("whsec_".length));
  expect(made.webhook.headers).toEqual(["authorization"]);
});
