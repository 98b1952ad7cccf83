// The flag `webhooks`: while it is off everything waits where it stands in the log, and goes on from there.
import { expect, test } from "vitest";
import { workflow } from "../rig.ts";
import { rest, webhookRig } from "./webhook-rig.ts";

const quiet = (): void => undefined;
const SILENT = { debug: quiet, info: quiet, warn: quiet, error: quiet };
const one = workflow([{ id: "a", params: { give: 1 } }]);

test("off: nothing is sent, no mark moves; on: what was left is told, in order and once", async () => {
  let isOn = true;
  const told: string[] = [];
  const log = { ...SILENT, warn: (_: object, text: string) => void told.push(text) };
  const rig = webhookRig(() => ({ status: 204 }), { isOn: () => isOn, log });
  await rig.create({});
  const sender = rig.deliver();
  await rest();
  await (await rig.runs.run(one)).end;
  await rest();
  const before = rig.got.length;
  expect(before).toBeGreaterThan(0);
  isOn = false;
  await rig.clock.advance(1000);
  await rest();
  const standing = await webhookEvents(rig);
  await (await rig.runs.run(one)).end;
  await rig.clock.advance(60_000);
  await rest();
  expect(rig.got).toHaveLength(before);
  expect(await webhookEvents(rig)).toEqual(standing);
  isOn = true;
  await rig.clock.advance(1000);
  await rest();
  expect(rig.got).toHaveLength(2 * before);
  expect(rig.got.map(({ body }) => body.type).slice(before)).toEqual(
    rig.got.map(({ body }) => body.type).slice(0, before),
  );
  expect(new Set(rig.got.map(({ id }) => id)).size).toBe(2 * before);
  expect(told).toEqual(["webhooks wait: their flag is off", "webhooks are sent again"]);
  await sender.stop();
});

test("what is under way when it is turned off is made again, under the same id", async () => {
  let isOn = true;
  let hangs = true;
  const rig = webhookRig(() => (hangs ? new Promise(() => undefined) : { status: 204 }), {
    isOn: () => isOn,
  });
  await rig.create({ events: ["run.succeeded"] });
  const sender = rig.deliver();
  await (await rig.runs.run(one)).end;
  await rest();
  expect(rig.got).toHaveLength(1);
  isOn = false;
  await rig.clock.advance(1000);
  await rest();
  hangs = false;
  await rig.clock.advance(60_000);
  await rest();
  expect(rig.got).toHaveLength(1);
  isOn = true;
  await rig.clock.advance(1000);
  await rest();
  expect(rig.answered.map(({ id }) => id)).toEqual([rig.got[0]?.id]);
  await sender.stop();
});

async function webhookEvents({ store }: ReturnType<typeof webhookRig>): Promise<readonly string[]> {
  const { events } = await store.events.readAll("start", 1000, "webhook-");
  return events.map(({ type, revision }) => `${revision} ${type}`);
}
