// Where deliveries are sent from: a clock that somebody sets, and a disk that is full for a while.
import { expect, test } from "vitest";
import { memoryStore } from "../../../src/adapters/event-store/index.ts";
import { GleitzeitError } from "../../../src/domain/index.ts";
import { workflow } from "../rig.ts";
import { type Got, rest, webhookRig } from "./webhook-rig.ts";

const two = workflow([{ id: "a" }, { id: "b", dependencies: ["a"] }]);
const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

const ids = (got: readonly Got[]): readonly string[] => [...new Set(got.map(({ id }) => id))];

test.each([
  ["back by a day", -DAY_MS],
  ["on by an hour", HOUR_MS],
])("a wall clock that is set %s keeps no delivery longer than it was to wait", async (_, by) => {
  let isDown = true;
  const rig = webhookRig(() => ({ status: isDown ? 500 : 200 }));
  await rig.create({ events: ["run.*"] });
  await (await rig.runs.run(two)).end;
  const sender = rig.deliver();
  await rest();
  expect(rig.got).toHaveLength(1);
  rig.clock.jump(by);
  isDown = false;
  await rig.clock.advance(5000);
  await rest();
  expect(rig.answered.filter(({ status }) => status === 200).map(({ body }) => body.type)).toEqual([
    "run.submitted",
    "run.started",
    "run.succeeded",
  ]);
  expect(Number(rig.got[1]?.headers["webhook-timestamp"])).toBe(Math.floor(rig.clock.now() / 1000));
  await sender.stop();
});

test("with a full disk nothing is sent that cannot be recorded; with room again nothing is missing, and order is kept", async () => {
  const store = memoryStore();
  let isFull = false;
  const small = {
    ...store,
    events: {
      ...store.events,
      append: (...given: Parameters<typeof store.events.append>) =>
        isFull
          ? Promise.reject(new GleitzeitError("PERSISTENCE_WRITE_FAILED", "no space left"))
          : store.events.append(...given),
    },
  };
  const rig = webhookRig(
    ({ body }) => {
      isFull ||= body.type === "run.started" && rig.got.length === 2; // it fills up while the second is answered
      return { status: 200 };
    },
    { store: small },
  );
  await rig.create({ events: ["run.*"] });
  await (await rig.runs.run(two)).end;
  const sender = rig.deliver();
  await rest();
  expect(rig.got.map(({ body }) => body.type)).toEqual(["run.submitted", "run.started"]);
  for (let second = 0; second < 60; second += 1) await rig.clock.advance(1000);
  expect(rig.got).toHaveLength(2);
  isFull = false;
  await rig.clock.advance(2000);
  await rest();
  expect(rig.got.map(({ body }) => body.type)).toEqual([
    "run.submitted",
    "run.started",
    "run.started",
    "run.succeeded",
  ]);
  expect(ids(rig.got)).toHaveLength(3);
  expect(rig.got[2]?.text).toBe(rig.got[1]?.text);
  await sender.stop();
});

test("an endpoint that takes one delivery a second gets one a second, and all of them", async () => {
  const rig = webhookRig(() => ({ status: 200 }));
  await rig.create({ max_rate: 1, ordered: false });
  await (await rig.runs.run(two)).end;
  const sender = rig.deliver();
  await rest();
  const atOnce = rig.got.length;
  expect(atOnce).toBeLessThanOrEqual(1);
  for (let second = 1; second <= 5; second += 1) {
    await rig.clock.advance(1000);
    await rest();
    expect(rig.got.length - atOnce).toBeLessThanOrEqual(second);
  }
  await rig.clock.advance(5000);
  await rest();
  expect(ids(rig.got)).toHaveLength(7);
  expect(rig.got).toHaveLength(7);
  await sender.stop();
});
