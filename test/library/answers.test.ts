// What a program says to a run that waits for it, and what it may know of a run.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { firstValueFrom } from "rxjs";
import { filter } from "rxjs/operators";
import { expect, test } from "vitest";
import type { Gleitzeit, OpenOptions } from "../../src/index.ts";
import { rig } from "./rig.ts";

const here = rig();
const open = (options?: OpenOptions) => here().open(options);

const ASK = {
  name: "Ask",
  tasks: [
    { id: "ask", name: "Shall we", approval: { message: "go?", approvers: ["anna", "ben"], min: 2 } },
    { id: "told", method: "echo/echo", params: { message: "${ask.edit.where} because ${ask.reason}" } },
  ],
};
const anna = { type: "user", name: "anna" } as const;
const ben = { type: "user", name: "ben" } as const;

const until = (gleitzeit: Gleitzeit, run: string, event: string) =>
  firstValueFrom(gleitzeit.events(run).pipe(filter(({ type }) => type === event)));

test("a question is answered by those who may, and says who they are", async () => {
  const gleitzeit = await open();
  const handle = await gleitzeit.submit(ASK);
  await until(gleitzeit, handle.runId, "ApprovalRequested");
  const refused = gleitzeit.approve(handle.runId, "ask", { actor: { type: "user", name: "carl" } });
  await expect(refused).rejects.toMatchObject({
    code: "AUTHORIZATION_FAILED",
    message: expect.stringMatching(/decided by anna, ben$/),
  });
  await expect(gleitzeit.approve(handle.runId, "nothing")).rejects.toMatchObject({ code: "TASK_NOT_FOUND" });
  const once = await gleitzeit.approve(handle.runId, "Shall we", { actor: anna, edit: { where: "Oslo" } });
  expect(once.tasks.ask?.waitsFor).toMatchObject({ min: 2, approvals: 1, approvers: ["anna", "ben"] });
  await gleitzeit.approve(handle.runId, "ask", { actor: ben, reason: "sun" });
  expect((await handle.end()).outputs).toMatchObject({ told: { message: "Oslo because sun" } });
  await expect(gleitzeit.reject(handle.runId, "ask", { actor: ben })).rejects.toMatchObject({
    code: "WORKFLOW_INVALID_STATE",
  });
});

test("a rejection fails the task", async () => {
  const gleitzeit = await open();
  const handle = await gleitzeit.submit(ASK);
  await until(gleitzeit, handle.runId, "ApprovalRequested");
  await gleitzeit.reject(handle.runId, "ask", { actor: anna, reason: "too far" });
  expect((await handle.end()).tasks.ask?.error).toMatchObject({ code: "APPROVAL_REJECTED" });
});

test("a signal answers the tasks that wait for it; another name is refused", async () => {
  const gleitzeit = await open();
  const handle = await gleitzeit.submit({
    name: "Paid",
    tasks: [{ id: "paid", wait: { signal: "paid" } }],
  });
  await until(gleitzeit, handle.runId, "WaitStarted");
  await expect(gleitzeit.signal(handle.runId, "sent")).rejects.toMatchObject({ code: "INVALID_REQUEST" });
  await gleitzeit.signal(handle.runId, "paid", { data: { amount: 3 }, reason: "bank" });
  expect((await handle.end()).outputs).toEqual({ paid: { amount: 3 } });
});

test("resume with what changes on the way", async () => {
  const gleitzeit = await open();
  const message = "${inputs.name}${missing.x}";
  const handle = await gleitzeit.submit({
    name: "Held",
    inputs: { name: { type: "string", default: "a" } },
    tasks: [
      { id: "missing", method: "echo/echo" },
      { id: "held", method: "echo/echo", on_failure: "pause", params: { message } },
    ],
  });
  expect((await handle.end()).status).toBe("paused");
  await expect(gleitzeit.resume(handle.runId, { set: { "nowhere.x": 1 } })).rejects.toMatchObject({
    code: "USAGE_ERROR",
  });
  const resumed = await gleitzeit.resume(handle.runId, { set: { "tasks.held.result": "given" } });
  expect((await resumed.end()).outputs).toMatchObject({ held: "given" });
});

test("a timeline tells who waited for what, and the critical path", async () => {
  const gleitzeit = await open();
  const { runId } = await gleitzeit.run({
    name: "Two",
    tasks: [
      { id: "a", method: "echo/echo", params: { message: 1 } },
      { id: "b", method: "echo/echo", params: { message: "${a}" } },
    ],
  });
  const { criticalPath, tasks, status } = await gleitzeit.timeline(runId);
  expect(status).toBe("succeeded");
  expect(criticalPath.map(({ task }) => task)).toEqual(["a", "b"]);
  expect(tasks[1]).toMatchObject({
    id: "b",
    waitedFor: "a",
    critical: true,
    attempts: [{ outcome: "succeeded" }],
  });
});

test("what a value calls is judged with it: files that are not there, and their own problems", async () => {
  const gleitzeit = await open();
  await writeFile(
    join(here().folder, "child.yaml"),
    "name: Child\ntasks: [{id: a, method: echo/echo, params: {m: '${b}'}}]\n",
  );
  await writeFile(
    join(here().folder, "good.yaml"),
    "name: Good\ninputs: {n: {type: integer}}\ntasks: [{id: a, method: echo/echo, params: {message: '${inputs.n}'}}]\n",
  );
  const calling = (workflow: string, inputs = {}) => ({
    name: "Calls",
    tasks: [{ id: "call", workflow, inputs }],
  });
  await expect(gleitzeit.submit(calling("none.yaml"))).rejects.toMatchObject({
    code: "WORKFLOW_VALIDATION_FAILED",
    problems: [{ path: "tasks[0].workflow", message: expect.stringContaining("none.yaml") }],
  });
  await expect(gleitzeit.submit(calling("child.yaml"))).rejects.toMatchObject({
    problems: [
      { file: expect.stringMatching(/child\.yaml$/), line: 2, message: expect.stringContaining("b") },
    ],
  });
  await expect(gleitzeit.submit(calling("good.yaml", { n: "text" }))).rejects.toMatchObject({
    problems: [{ path: "tasks[0].inputs.n" }],
  });
  expect((await gleitzeit.run(calling("good.yaml", { n: 3 }))).outputs).toMatchObject({
    call: { a: { message: 3 } },
  });
});
