// A receiver that answers nothing for long is left alone, and asked by one delivery at a time whether it is back.
import { expect, test } from "vitest";
import { workflow } from "../rig.ts";
import { rest, webhookRig } from "./webhook-rig.ts";

const RUNS = 30;
const one = workflow([{ id: "a", params: { give: 1 } }]);

test("after ten failures it is asked by one delivery now and then; once that arrives, all others follow", async () => {
  let isDown = true;
  const rig = webhookRig(() => ({ status: isDown ? 500 : 200 }), { retrySchedule: [5, 5, 5, 5, 5] });
  await rig.create({ events: ["run.succeeded"], ordered: false });
  for (let run = 0; run < RUNS; run += 1) await (await rig.runs.run(one)).end;
  const sender = rig.deliver();
  await rest();
  const tried = rig.got.length;
  expect(tried).toBeGreaterThanOrEqual(10);
  expect(tried).toBeLessThan(RUNS);

  for (const probes of [1, 2, 3]) {
    await rig.clock.advance(5000);
    await rest();
    expect(rig.got).toHaveLength(tried + probes);
  }

  isDown = false;
  await rig.clock.advance(5000);
  await rest();
  await rig.clock.advance(10_000);
  await rest();
  const arrived = rig.answered.filter(({ status }) => status === 200).map(({ id }) => id);
  expect(new Set(arrived).size).toBe(RUNS);
  expect(arrived).toHaveLength(RUNS);
  await sender.stop();
});

test("what waits for an endpoint that does not answer is not recorded before its turn comes", async () => {
  const rig = webhookRig(() => ({ status: 500 }), { retrySchedule: [600] });
  await rig.create({ events: ["run.succeeded"] });
  for (let run = 0; run < RUNS; run += 1) await (await rig.runs.run(one)).end;
  const sender = rig.deliver();
  await rest();
  const { events } = await rig.store.events.readAll("start", 1000, "webhook-");
  const begun = events.filter(({ type }) => type === "WebhookDeliveryBegun");
  expect(rig.got.length).toBeLessThan(RUNS);
  expect(begun).toHaveLength(rig.got.length);
  await sender.stop();
});

test("a wall clock that is set back an hour delays no delivery that waits, and sends none twice", async () => {
  let isDown = true;
  const rig = webhookRig(() => ({ status: isDown ? 500 : 200 }), { retrySchedule: [60] });
  await rig.create({ events: ["run.succeeded"] });
  const sender = rig.deliver();
  await (await rig.runs.run(one)).end;
  await rest();
  expect(rig.got).toHaveLength(1);
  isDown = false;
  rig.clock.jump(-3_600_000);
  await rig.clock.advance(59_000);
  await rest();
  expect(rig.got).toHaveLength(1);
  await rig.clock.advance(1000);
  await rest();
  expect(rig.got).toHaveLength(2);
  await (await rig.runs.run(one)).end;
  await rest();
  expect(rig.got).toHaveLength(3);
  expect(new Set(rig.got.map(({ id }) => id)).size).toBe(2);
  await sender.stop();
});
