// Endpoints are found by the list of their tenant; those from before there was one are found too.
import { expect, test } from "vitest";
import { celExpressions } from "../../../src/adapters/expressions/index.ts";
import { tenantStream, webhookStream } from "../../../src/domain/index.ts";
import type { EventStore } from "../../../src/engine/ports/index.ts";
import { webhookDesk } from "../../../src/engine/webhooks/desk.ts";
import { workflow } from "../rig.ts";
import { rest, webhookRig } from "./webhook-rig.ts";

const desk = ({ kit }: ReturnType<typeof webhookRig>) =>
  webhookDesk({ kit, sending: async () => kit, conditions: async () => celExpressions(["event"]) });

test("one that was made before endpoints were listed is sent to, and listed with the next one", async () => {
  const before = webhookRig(() => ({ status: 200 }));
  const old = await before.create({ events: ["run.succeeded"] });
  const now = webhookRig(() => ({ status: 200 }));
  await copied(before.store.events, now.store.events, old);
  const ids = async () => (await desk(now).list()).map(({ id }) => id);
  expect(await ids()).toEqual([old]);
  const sender = now.deliver();
  await (await now.runs.run(workflow([{ id: "a", params: { give: 1 } }]))).end;
  await rest();
  expect(now.got).toHaveLength(1);
  const next = await now.create({ events: ["run.failed"] });
  expect(await ids()).toEqual([old, next]);
  const listed = await now.store.events.read(tenantStream(), 0, 10);
  expect(listed.map(({ type }) => type)).toEqual(["WebhookListed", "WebhookListed"]);
  await sender.stop();
});

test("many made at once are all listed, and one that is listed and was never made is none", async () => {
  const rig = webhookRig(() => ({ status: 200 }));
  const made = await Promise.all(Array.from({ length: 12 }, () => rig.create({})));
  const [first] = await rig.store.events.read(tenantStream(), 0, 1);
  if (first) {
    const data = new TextEncoder().encode('{"webhook":"0199c2f0-1a2b-7c3d-8e4f-5a6b7c8d9e0f"}');
    const id = rig.kit.random.eventId();
    await rig.store.events.append(tenantStream(), made.length - 1, [{ ...first, id, data }]);
  }
  expect((await desk(rig).list()).map(({ id }) => id).toSorted()).toEqual(made.toSorted());
});

async function copied(from: EventStore, to: EventStore, id: string): Promise<void> {
  const stored = await from.read(webhookStream(id), 0, 10);
  const plain = stored.map(({ position: _, stream: __, revision: ___, ...event }) => event);
  await to.append(webhookStream(id), "none", plain);
}
