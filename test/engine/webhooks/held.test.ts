// Runs that wait behind a delivery that fails: so many, and nothing more is begun until some of them are over.
import { expect, test } from "vitest";
import { celExpressions } from "../../../src/adapters/expressions/index.ts";
import { MOST_HELD } from "../../../src/domain/index.ts";
import { webhookDesk } from "../../../src/engine/webhooks/desk.ts";
import { workflow } from "../rig.ts";
import { rest, webhookRig } from "./webhook-rig.ts";

test("with 1,000 runs held the endpoint pauses; when it answers again nothing is missing", async () => {
  let isDown = true;
  const rig = webhookRig(() => ({ status: isDown ? 400 : 200 }), { retrySchedule: Array(50).fill(3600) });
  const desk = webhookDesk({
    kit: rig.kit,
    sending: async () => rig.kit,
    conditions: async () => celExpressions(["event"]),
  });
  const id = await rig.create({ events: ["run.submitted"] });
  const all = MOST_HELD + 300;
  const one = workflow([{ id: "a", params: { give: 1 } }]);
  for (let run = 0; run < all; run += 1) await (await rig.runs.run(one)).end;
  const sender = rig.deliver();
  const rested = async (): Promise<void> => {
    for (let before = -1; before !== rig.got.length; ) {
      before = rig.got.length;
      await rest();
    }
  };
  await rested();
  const shown = await desk.show(id);
  expect(shown).toMatchObject({ status: "paused", delivered: 0 });
  expect(Number(shown.held)).toBeGreaterThanOrEqual(MOST_HELD);
  const asked = new Set(rig.got.map(({ body }) => body.subject)).size;
  expect(asked).toBeLessThan(all);
  isDown = false;
  await rig.clock.advance(2 * 3600 * 1000);
  await rested();
  expect(await desk.show(id)).toMatchObject({ status: "active", held: 0, delivered: all, parked: 0 });
  expect(
    new Set(rig.answered.filter(({ status }) => status === 200).map(({ body }) => body.subject)).size,
  ).toBe(all);
  await sender.stop();
});
