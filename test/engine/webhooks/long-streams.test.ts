// An endpoint with a long past: how it stands, what was sent to it, and which endpoints there are is known without reading all.
import { expect, test } from "vitest";
import { celExpressions } from "../../../src/adapters/expressions/index.ts";
import { type StreamName, webhookStream } from "../../../src/domain/index.ts";
import type { EventStore } from "../../../src/engine/ports/index.ts";
import { webhookDesk } from "../../../src/engine/webhooks/desk.ts";
import { endpointIn } from "../../../src/engine/webhooks/records.ts";
import { CLI, workflow } from "../rig.ts";
import { rest, webhookRig } from "./webhook-rig.ts";

const RUNS = 900;
const one = workflow([{ id: "a", params: { give: 1 } }]);

/** Events that were given to whoever read. */
function counted(events: EventStore) {
  let count = 0;
  const add = <T extends readonly unknown[]>(page: T): T => {
    count += page.length;
    return page;
  };
  const counting: EventStore = {
    ...events,
    read: async (...asked) => add(await events.read(...asked)),
    readAll: async (...asked) => {
      const page = await events.readAll(...asked);
      add(page.events);
      return page;
    },
  };
  return { events: counting, given: () => count };
}

test("none of the three reads it from the beginning, and all say what they would have said", async () => {
  let turn = 0;
  const rig = webhookRig(({ headers }) => ({
    status: headers["gleitzeit-attempt"] === "1" && turn++ % 7 === 0 ? 500 : 200,
  }));
  const id = await rig.create({ events: ["run.succeeded"] });
  const other = await rig.create({ events: ["run.failed"] });
  const sender = rig.deliver();
  for (let run = 0; run < RUNS; run += 1) await (await rig.runs.run(one)).end;
  await rest();
  await rig.clock.advance(7000);
  await rest();
  await sender.stop();
  const stream = webhookStream(id);
  const long = (await rig.store.events.read(stream, 1900, 100)).length;
  expect(long).toBeGreaterThan(0);

  const { events, given } = counted(rig.store.events);
  const kit = { ...rig.kit, store: { ...rig.kit.store, events } };
  const desk = webhookDesk({
    kit,
    sending: async () => kit,
    conditions: async () => celExpressions(["event"]),
  });
  const shown = await desk.list();
  expect(shown.map((webhook) => webhook.id)).toEqual([id, other]);
  expect(shown[0]).toMatchObject({ delivered: RUNS, held: 0, failures: 0 });
  expect(given()).toBeLessThan(1900);
  const before = given();
  const page = await desk.deliveries(id, { limit: 20 });
  expect(page.items).toHaveLength(20);
  expect(given() - before).toBeLessThan(1900);

  const whole = await endpointIn(withoutFolds(rig.store.events, stream), stream);
  expect({ ...(await endpointIn(rig.store.events, stream)), folded: 0 }).toEqual({ ...whole, folded: 0 });

  const seen: string[] = [];
  for (let further: bigint | undefined; ; ) {
    const { items, next } = await desk.deliveries(id, {
      limit: 100,
      ...(further !== undefined && { before: further }),
    });
    for (const item of items) {
      seen.push(item.id);
      expect(item.status).toBe("delivered");
      expect(item.attempts.at(-1)?.outcome).toBe("delivered");
    }
    if (next === undefined) break;
    further = next;
  }
  expect(seen).toHaveLength(RUNS);
  expect(new Set(seen).size).toBe(RUNS);

  await (await rig.runs.run(one)).end;
  const again = rig.deliver();
  await rest();
  expect(rig.got.filter(({ headers }) => headers["gleitzeit-attempt"] === "1")).toHaveLength(RUNS + 1);
  await desk.redeliver(id, seen.at(-1) ?? "", CLI);
  await rest();
  expect(rig.got.at(-1)?.id).toBe(seen.at(-1));
  await again.stop();
});

/** As if it had never been said how the endpoint stands. */
const withoutFolds = (events: EventStore, stream: StreamName): EventStore => ({
  ...events,
  read: async (asked, from, limit) =>
    (await events.read(asked, from, limit)).map((stored) =>
      asked === stream && stored.type === "WebhookFolded"
        ? { ...stored, type: "WebhookRecovered", data: EMPTY }
        : stored,
    ),
});
const EMPTY = new TextEncoder().encode("{}");
