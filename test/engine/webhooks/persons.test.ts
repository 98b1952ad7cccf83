// What receivers are told of runs about somebody, what is kept of it, and what becomes of both when that person is erased.
import { expect, test } from "vitest";
import { celExpressions } from "../../../src/adapters/expressions/index.ts";
import { subjectStream } from "../../../src/domain/index.ts";
import { webhookDesk } from "../../../src/engine/webhooks/desk.ts";
import { CLI, TENANT, workflow } from "../rig.ts";
import { ANNA, CANARY } from "../subjects/house.ts";
import { type Got, rest, type WebhookRig, webhookRig } from "./webhook-rig.ts";

const one = workflow([{ id: "a", params: { give: CANARY } }], { outputs: { said: "${a}" } });
const desk = ({ kit }: WebhookRig) =>
  webhookDesk({ kit, sending: async () => kit, conditions: async () => celExpressions(["event"]) });
const stored = async ({ store }: WebhookRig): Promise<string> => {
  const { events } = await store.events.readAll("start", 10_000);
  return events.map(({ data, metadata }) => Buffer.concat([data, metadata]).toString("utf8")).join("\n");
};
const erasing = { tenant: TENANT, subject: ANNA, actor: CLI, reason: "asked for" };
const about = async (rig: WebhookRig, subject = "anna"): Promise<string> => {
  const { run, end } = await rig.runs.run(one, { subject });
  await end;
  return run;
};
/** Repeats what it was sent, as careless receivers do. */
const echo = ({ text }: Got) => ({ status: 200, text: `thank you for ${text}` });
const typesAt = (rig: WebhookRig, path: string) =>
  rig.got.filter(({ url }) => url.endsWith(path)).map(({ body }) => body.type);

test("a full payload says what the run came to, and whom it is about by a pseudonym; a thin one neither", async () => {
  const rig = webhookRig(echo);
  await rig.create({ url: "https://example.com/full", events: ["run.succeeded", "event.TaskSucceeded"] });
  await rig.create({ url: "https://example.com/thin", payload: "thin" });
  await about(rig);
  const sender = rig.deliver();
  await rest();
  const full = rig.got.filter(({ url }) => url.endsWith("/full"));
  expect(full.map(({ body }) => body.data)).toEqual([
    expect.objectContaining({ subject: ANNA, event: expect.objectContaining({ type: "TaskSucceeded" }) }),
    expect.objectContaining({ subject: ANNA, outputs: { said: CANARY } }),
  ]);
  expect(full[0]?.text).toContain(CANARY);
  const thin = rig.got.filter(({ url }) => url.endsWith("/thin"));
  expect(thin.length).toBeGreaterThan(3);
  expect(thin.filter(({ text }) => text.includes(CANARY) || text.includes(ANNA))).toEqual([]);
  await sender.stop();
});

test("what receivers answer stands nowhere in clear, and is shown until the person is erased", async () => {
  const rig = webhookRig((got) =>
    got.body.type === "task.succeeded" ? { ...echo(got), status: 500 } : echo(got),
  );
  const id = await rig.create({ events: ["task.succeeded", "run.succeeded"], ordered: false });
  await about(rig);
  const sender = rig.deliver();
  await rest();
  await rig.clock.advance(6000);
  await rest();
  expect(await stored(rig)).not.toContain(CANARY);
  const before = await desk(rig).deliveries(id, { limit: 10 });
  const answers = before.items.flatMap(({ attempts }) => attempts.map(({ response }) => response));
  expect(answers).toHaveLength(3);
  for (const answer of answers) expect(answer).toContain(CANARY);

  await rig.runs.engine.erase(erasing);
  const { items } = await desk(rig).deliveries(id, { limit: 10 });
  const attempts = items.flatMap((item) => item.attempts);
  expect(attempts.map(({ response, erased }) => [response, erased])).toEqual([
    [null, true],
    [null, true],
    [null, true],
  ]);
  expect(attempts.map(({ status }) => status).toSorted()).toEqual([200, 500, 500]);
  await sender.stop();
});

test("whoever was sent their data is told that a person is erased, whatever it asked for; others are not", async () => {
  const rig = webhookRig(echo);
  const told = await rig.create({
    url: "https://example.com/told",
    events: ["run.succeeded"],
    filter: { tag: "x" },
  });
  await rig.create({ url: "https://example.com/thin", events: ["run.succeeded"], payload: "thin" });
  await rig.create({ url: "https://example.com/ben", events: ["run.failed"] });
  await rig.create({ url: "https://example.com/asks", events: ["subject.*"] });
  const tagged = workflow([{ id: "a", params: { give: CANARY } }], { tags: ["x"] });
  await (await rig.runs.run(tagged, { subject: "anna" })).end;
  await about(rig, "ben");
  const sender = rig.deliver();
  await rest();
  const sentBefore = typesAt(rig, "/told");
  const erasure = await rig.runs.engine.erase(erasing);
  await rest();
  expect(sentBefore).toEqual(["run.succeeded"]);
  expect(erasure).toMatchObject({ kind: "erased", endpoints: [told], isNew: true });
  expect(typesAt(rig, "/told")).toEqual(["run.succeeded", "subject.erased"]);
  expect(typesAt(rig, "/asks")).toEqual(["subject.erased"]);
  expect(typesAt(rig, "/thin")).not.toContain("subject.erased");
  expect(typesAt(rig, "/ben")).toEqual([]);
  const body = rig.got.find(({ body: { type } }) => type === "subject.erased")?.body;
  expect(body).toMatchObject({ subject: ANNA, data: { subject: ANNA, counts: { runs: 1 } } });
  const [first] = await rig.store.events.read(subjectStream(ANNA), 0, 1);
  expect(body?.id).toBe(first?.id);

  const again = await rig.runs.engine.erase(erasing);
  await rest();
  expect(again).toMatchObject({ endpoints: [told], isNew: false });
  expect(typesAt(rig, "/told")).toEqual(["run.succeeded", "subject.erased"]);
  await sender.stop();
});

test("a delivery that waits for its next attempt when the person is erased says so, and nothing else", async () => {
  let isDown = true;
  const rig = webhookRig((got) => ({ ...echo(got), status: isDown ? 500 : 200 }));
  await rig.create({ events: ["run.succeeded"] });
  const run = await about(rig);
  const sender = rig.deliver();
  await rest();
  expect(rig.got[0]?.text).toContain(CANARY);
  await rig.runs.engine.erase(erasing);
  isDown = false;
  await rig.clock.advance(6000);
  await rest();
  const [, second] = rig.got.filter(({ body }) => body.subject === run);
  expect(second?.id).toBe(rig.got[0]?.id);
  expect(second?.text).not.toContain(CANARY);
  expect(second?.body.data).toMatchObject({ values: { $erased: true } });
  expect(await stored(rig)).not.toContain(CANARY);
  await sender.stop();
});
