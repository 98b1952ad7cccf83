// What receivers get, and when.
import { expect, test } from "vitest";
import { workflow } from "../rig.ts";
import { type Got, rest, webhookRig } from "./webhook-rig.ts";

const two = workflow([
  { id: "a", params: { give: { text: "é 🎉 \u2028" } } },
  { id: "b", params: { give: 1 }, dependencies: ["a"] },
]);

const LIFE = [
  "run.submitted",
  "run.started",
  "task.started",
  "task.succeeded",
  "task.started",
  "task.succeeded",
  "run.succeeded",
];

const typesOf = (got: readonly Got[], subject?: string): readonly string[] =>
  got.filter(({ body }) => subject === undefined || body.subject === subject).map(({ body }) => body.type);

test("a run's life is told in order, each event with the one before it", async () => {
  const rig = webhookRig(() => ({ status: 204 }));
  const id = await rig.create({});
  const { run, end } = await rig.runs.run(two);
  await end;
  const sender = rig.deliver();
  await rest();
  expect(typesOf(rig.got)).toEqual(LIFE);
  const [first, second] = rig.got;
  expect(first?.body).toMatchObject({
    specversion: "1.0",
    subject: run,
    source: "gleitzeit:test",
    previous: null,
  });
  expect(second?.body.previous).toBe(first?.body.sequence);
  expect(first?.id).toBe(`${first?.body.id}_${id}`);
  expect(new Set(rig.got.map(({ id: one }) => one)).size).toBe(LIFE.length);
  await sender.stop();
});

test("what is recorded later is told too, and nothing twice by the next process", async () => {
  const rig = webhookRig(() => ({ status: 200 }));
  await rig.create({});
  const sender = rig.deliver();
  await rest();
  await (await rig.runs.run(two)).end;
  await rest();
  expect(typesOf(rig.got)).toEqual(LIFE);
  await sender.stop();
  const next = rig.deliver();
  await rest();
  await (await rig.runs.run(two)).end;
  await rest();
  expect(typesOf(rig.got)).toEqual([...LIFE, ...LIFE]);
  await next.stop();
});

test("a run whose delivery fails holds up nobody but itself, and goes on in order", async () => {
  let bad = "";
  const rig = webhookRig(({ body, at }) => {
    bad ||= body.subject;
    return { status: body.subject === bad && at < start + 4000 ? 500 : 200 };
  });
  const start = rig.clock.now();
  await rig.create({});
  const runs = [await rig.runs.run(two), await rig.runs.run(two), await rig.runs.run(two)];
  for (const { end } of runs) await end;
  const sender = rig.deliver();
  await rest();
  for (const { run } of runs.slice(1)) expect(typesOf(rig.got, run)).toEqual(LIFE);
  expect(typesOf(rig.got, bad)).toEqual(["run.submitted"]);
  await rig.clock.advance(5000);
  await rest();
  expect(typesOf(rig.got, bad)).toEqual(["run.submitted", ...LIFE]);
  const [one, again] = rig.got.filter(({ body }) => body.subject === bad);
  expect(again?.text).toBe(one?.text);
  expect(again?.id).toBe(one?.id);
  expect(again?.headers["gleitzeit-attempt"]).toBe("2");
  await sender.stop();
});

test("given up, it is parked, the next of its run follows, and the gap shows", async () => {
  const rig = webhookRig(({ body }) => ({ status: body.type === "run.started" ? 400 : 200 }), {
    retrySchedule: [1, 1],
  });
  await rig.create({});
  const { end } = await rig.runs.run(two);
  await end;
  const sender = rig.deliver();
  await rest();
  expect(typesOf(rig.got)).toEqual(["run.submitted", "run.started"]);
  await rig.clock.advance(3000);
  await rest();
  expect(typesOf(rig.got)).toEqual(["run.submitted", "run.started", "run.started", ...LIFE.slice(1)]);
  const parked = rig.got.find(({ body }) => body.type === "run.started");
  const next = rig.got.find(({ body }) => body.type === "task.started");
  expect(next?.body.previous).toBe(parked?.body.sequence);
  await sender.stop();
});

test("without order, a delivery that fails holds up nothing of its run either", async () => {
  const rig = webhookRig(({ body, at }) => ({
    status: body.type === "run.started" && at === start ? 500 : 200,
  }));
  const start = rig.clock.now();
  await rig.create({ ordered: false });
  await (await rig.runs.run(two)).end;
  const sender = rig.deliver();
  await rest();
  expect(typesOf(rig.got).toSorted()).toEqual(LIFE.toSorted());
  await rig.clock.advance(6000);
  await rest();
  expect(typesOf(rig.got).slice(LIFE.length)).toEqual(["run.started"]);
  await sender.stop();
});

test("a receiver that answers 410 gets nothing any longer, and the other endpoints hear of it", async () => {
  const rig = webhookRig(({ url }) => ({ status: url.endsWith("/gone") ? 410 : 200 }));
  const gone = await rig.create({ url: "https://example.com/gone" });
  await rig.create({ url: "https://example.com/other", events: ["webhook.*"] });
  await (await rig.runs.run(two)).end;
  const sender = rig.deliver();
  await rest();
  expect(rig.got.filter(({ url }) => url.endsWith("/gone"))).toHaveLength(1);
  const told = rig.got.filter(({ url }) => url.endsWith("/other"));
  expect(told.map(({ body }) => [body.type, body.subject])).toEqual([["webhook.disabled", gone]]);
  await rig.clock.advance(10 * 60 * 1000);
  expect(rig.got.filter(({ url }) => url.endsWith("/gone"))).toHaveLength(1);
  await sender.stop();
});

test("a receiver that asks for patience gets it", async () => {
  const rig = webhookRig(({ at }) =>
    at < start + 120_000 ? { status: 503, headers: { "retry-after": "120" } } : { status: 200 },
  );
  const start = rig.clock.now();
  await rig.create({ events: ["run.succeeded"] });
  await (await rig.runs.run(two)).end;
  const sender = rig.deliver();
  await rest();
  await rig.clock.advance(119_000);
  expect(rig.got).toHaveLength(1);
  await rig.clock.advance(2000);
  await rest();
  expect(rig.got).toHaveLength(2);
  expect(rig.answered.at(-1)?.status).toBe(200);
  await sender.stop();
});
