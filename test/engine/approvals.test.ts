// Questions to people, from document to log.
import { expect, test } from "vitest";
import { memoryStore } from "../../src/adapters/event-store/index.ts";
import { type Actor, type JsonObject, type RunId, TaskId } from "../../src/domain/index.ts";
import { actorId } from "../../src/engine/index.ts";
import { settled } from "./hand-clock.ts";
import { opened } from "./opened.ts";
import { outcome } from "./outcome.ts";
import { CLI, KEYS, ok, type Rig, rig, scripted, TENANT, workflow } from "./rig.ts";

const user = (name: string): Actor => ({ type: "cli", id: actorId(KEYS, TENANT, name) });
const ask = (approval: JsonObject) =>
  workflow([
    { id: "plan", params: {} },
    { id: "ask", approval: { message: "go to ${plan.where}?", ...approval } },
    { id: "travel", params: { to: '${ask.edit.where ?? "home"}' } },
  ]);
const there = () =>
  rig({ providers: [scripted(({ params, task }) => ok(task === "plan" ? { where: "Rome" } : params))] });

const say = ({ engine }: Rig, run: RunId, who: string, more: JsonObject = {}) =>
  engine.request(
    run,
    TENANT,
    { type: "DecideApproval", task: TaskId.parse("ask"), decision: "approved", ...more },
    user(who),
  );

test("an approval is asked with its message filled in, decided by another process, and its edit goes on", async () => {
  const store = memoryStore();
  const owner = rig({
    store,
    providers: [scripted(({ params, task }) => ok(task === "plan" ? { where: "Rome" } : params))],
  });
  const other = rig({ store, providers: [scripted()] });
  const { run, end } = await owner.run(ask({ approvers: ["anna", "ben"] }));
  await settled();
  const question = (await owner.log(run)).find(({ event }) => event.type === "ApprovalRequested");
  expect(question && (await opened(question, store.blobs))).toEqual({
    message: "go to Rome?",
    approvers: ["anna", "ben"],
  });
  expect(question?.event.data).toMatchObject({ approvers: [user("anna").id, user("ben").id] });
  expect((await say(other, run, "carl")).decision).toMatchObject({ rejection: { code: "NotAllowed" } });
  await say(other, run, "anna", { edit: { where: "Oslo" }, reason: "cooler" });
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect(await outcome(owner, run, "ask")).toMatchObject({
    type: "TaskSucceeded",
    result: { decision: "approved", by: [user("anna").id], reason: "cooler", edit: { where: "Oslo" } },
  });
  expect(await outcome(owner, run, "travel")).toMatchObject({ result: { to: "Oslo" } });
});

test("who submitted the run is excluded where `not_by` says so, whoever passes the decision on", async () => {
  const here = there();
  const { run } = await here.run(ask({ not_by: ["submitter"] }));
  await settled();
  const mine = { type: "DecideApproval", task: TaskId.parse("ask"), decision: "approved" } as const;
  const { decision } = await here.engine.request(run, TENANT, mine, CLI);
  expect(decision).toMatchObject({ kind: "rejected", rejection: { code: "NotAllowed" } });
  const passedOn: Actor = { type: "service", id: "bot", onBehalfOf: CLI.id };
  expect((await here.engine.request(run, TENANT, mine, passedOn)).decision.kind).toBe("rejected");
  await say(here, run, "anna");
  await settled();
  expect((await here.types(run)).at(-1)).toBe("RunSucceeded");
});

test("a rejection fails the task with its reason, and what depends on it is skipped", async () => {
  const here = there();
  const { run, end } = await here.run(ask({}));
  await settled();
  await say(here, run, "anna", { decision: "rejected", reason: "too far" });
  expect(await end).toEqual({ kind: "ended", status: "failed" });
  expect(await outcome(here, run, "ask")).toMatchObject({
    type: "TaskFailed",
    error: { message: "the approval was rejected: too far" },
  });
  expect(await here.types(run)).toContain("TaskSkipped");
});

test.each([
  [{ approvers: "${plan.where}" }, /approvers: must be a list of names/],
  [{ approvers: ["${plan.where}"], min: 2 }, /1 of them may decide, and 2 approvals are needed/],
])("%o, resolved to what cannot be, fails the task and names the place", async (approval, message) => {
  const here = there();
  const { run, end } = await here.run(ask(approval));
  await end;
  expect(await outcome(here, run, "ask")).toMatchObject({
    type: "TaskFailed",
    error: { message: expect.stringMatching(message) },
  });
});

test("a question that was rejected may pause the run, and is asked again when that is resumed", async () => {
  const here = there();
  const { run, end } = await here.run(
    workflow([
      { id: "plan", params: {} },
      { id: "ask", approval: { message: "go?" }, dependencies: ["plan"], on_failure: "pause" },
    ]),
  );
  await settled();
  await say(here, run, "anna", { decision: "rejected" });
  expect(await end).toEqual({ kind: "paused" });
  const set = { "tasks.ask.params.message": "go by train?" };
  await here.request(run, { type: "ResumeRun", set });
  await settled();
  const asked = (await here.log(run)).filter(({ event }) => event.type === "ApprovalRequested");
  expect(asked).toHaveLength(2);
  expect(asked[1] && (await opened(asked[1], here.store.blobs))).toMatchObject({
    message: "go by train?",
  });
  await say(here, run, "anna");
  await settled();
  expect((await here.types(run)).at(-1)).toBe("RunSucceeded");
});
