// signal, approve, reject: said by one process, heard by another.
import { filter, firstValueFrom } from "rxjs";
import { expect, test } from "vitest";
import type { RunId } from "../../../src/domain/index.ts";
import { at, rig } from "./rig.ts";

const here = rig();

const ASK = `name: Ask
tasks:
  - {id: plan, method: echo/echo, params: {message: Rome}}
  - {id: ask, name: Shall we, approval: {message: "go to \${plan.message}?", approvers: [anna, ben, tester], not_by: [submitter], min: 2}}
  - {id: told, method: echo/echo, params: {message: "\${ask.edit.where ?? \\"home\\"} because \${ask.reason}"}}
`;
const WAIT = `name: Wait
tasks:
  - {id: paid, wait: {signal: paid, timeout: 1h}}
  - {id: told, method: echo/echo, params: {message: "\${paid.amount}"}}
`;

/** Another process, of the user tester, drives the document; it stands when the event has come. */
async function elsewhere(text: string, event: string) {
  const path = await here().file("wait.yaml", text);
  const parts = here().parts({}, "tester");
  const driving = await parts.driving();
  const stands = firstValueFrom(driving.engine.live.pipe(filter(({ event: { type } }) => type === event)));
  const request = await parts.request(await parts.workflow(path), { inputs: {} });
  const { run, end } = await driving.engine.run(request, driving.actor);
  await stands;
  return { run, end, parts };
}

const as = (user: string, ...argv: readonly string[]) =>
  here().gleitzeit([...argv, "--json", "--quiet"], { user });
const show = async (run: RunId) => (await as("anna", "show", run)).json;

test("approve: who may, who may not, what is shown meanwhile and what comes of it", async () => {
  const { run, end } = await elsewhere(ASK, "ApprovalRequested");
  expect(at(await show(run), "tasks.ask")).toMatchObject({
    status: "waiting",
    attempts: 0,
    method: "approval/request",
    waitsFor: {
      kind: "approval",
      min: 2,
      approvals: 0,
      message: "go to Rome?",
      approvers: ["anna", "ben", "tester"],
      notBy: ["tester"],
    },
  });
  const stranger = await as("carl", "approve", run, "ask");
  expect({ exit: stranger.exit, code: at(stranger.json, "error.code") }).toEqual({
    exit: 6,
    code: "AUTHORIZATION_FAILED",
  });
  expect(at(stranger.json, "error.message")).toMatch(/you are none of them; it may be decided by anna, ben$/);
  const submitter = await as("tester", "approve", run, "ask");
  expect({ exit: submitter.exit, message: at(submitter.json, "error.message") }).toEqual({
    exit: 6,
    message: expect.stringMatching(/`not_by` excludes you; it may be decided by anna, ben$/),
  });
  expect((await as("anna", "approve", run, "ask", "--edit", '{"where": "Oslo"}')).exit).toBe(0);
  expect((await here().gleitzeit(["approve", run, "Shall we"], { user: "anna" })).out).toMatch(
    /has Shall we approved by you; 1 of 2 approvals are there, which may be given by anna, ben$/m,
  );
  expect((await here().gleitzeit(["why", run])).out).toMatch(/ask waits for 1 approval by anna, ben\./);
  expect(at(await show(run), "tasks.ask.waitsFor.approvals")).toBe(1);
  expect(at((await as("anna", "list")).json, "items")).toMatchObject([
    { waitsFor: [{ task: "ask", kind: "approval", min: 2, approvals: 1 }] },
  ]);
  expect((await here().gleitzeit(["list"])).out).toMatch(/ask waits for approval \(1 of 2\)/);
  const { out } = await here().gleitzeit(["show", run]);
  expect(out).toMatch(/waits for approval \(1 of 2\) by anna, ben: go to Rome\?/);
  expect((await as("ben", "approve", run, "ask", "--reason", "sun")).exit).toBe(0);
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect(at(await show(run), "tasks.told.result.message")).toBe("Oslo because sun");
  expect(at(await show(run), "tasks.ask.result")).toMatchObject({ decision: "approved", reason: "sun" });
  const late = await as("ben", "approve", run, "ask");
  expect({ exit: late.exit, code: at(late.json, "error.code") }).toEqual({
    exit: 3,
    code: "WORKFLOW_INVALID_STATE",
  });
});

test("reject fails the task, and the run with it", async () => {
  const { run, end } = await elsewhere(ASK, "ApprovalRequested");
  expect((await as("ben", "reject", run, "ask", "--reason", "too far")).exit).toBe(0);
  expect(await end).toEqual({ kind: "ended", status: "failed" });
  expect(at(await show(run), "tasks.ask.error")).toMatchObject({
    code: "APPROVAL_REJECTED",
    message: "the approval was rejected: too far",
  });
});

test("signal: its data are the result of the task that waits", async () => {
  const { run, end } = await elsewhere(WAIT, "WaitStarted");
  expect(at(await show(run), "tasks.paid.waitsFor")).toMatchObject({ kind: "signal", signal: "paid" });
  const { exit, err } = await here().gleitzeit([
    "signal",
    run,
    "paid",
    "--data",
    '{"amount": 12}',
    "--reason",
    "bank",
  ]);
  expect({ exit, err }).toEqual({ exit: 0, err: "" });
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect(at(await show(run), "tasks.told.result.message")).toBe(12);
  const { lines } = await here().gleitzeit(["events", run, "--json", "--type", "SignalReceived"]);
  expect(lines).toMatchObject([
    { data: { name: "paid", values: { payload: { amount: 12 }, reason: "bank" } } },
  ]);
});

test("a signal to a run that nobody drives is kept, and the answer says how to go on", async () => {
  const { run, parts } = await elsewhere(WAIT, "WaitStarted");
  await parts.close();
  const { out } = await here().gleitzeit(["signal", run, "paid", "--data", '{"amount": 7}']);
  expect(out).toMatch(/nobody drives it now: `gleitzeit resume/);
  const resumed = await as("tester", "resume", run);
  expect(resumed.exit).toBe(0);
  expect(at(resumed.json, "tasks.told.result.message")).toBe(7);
});

test.each([
  [["signal", "RUN", "payed"], 3, "INVALID_REQUEST"],
  [["signal", "RUN", "paid", "--data", "{"], 2, "USAGE_ERROR"],
  [["approve", "RUN", "nothing"], 4, "TASK_NOT_FOUND"],
  [["approve", "RUN", "told"], 3, "WORKFLOW_INVALID_STATE"],
  [["signal", "nobody", "paid"], 4, "RUN_NOT_FOUND"],
] as const)("%j is refused with exit %i", async (argv, exit, code) => {
  const { run } = await elsewhere(WAIT, "WaitStarted");
  const answer = await as("anna", ...argv.map((word) => (word === "RUN" ? run : word)));
  expect({ exit: answer.exit, code: at(answer.json, "error.code") }).toEqual({ exit, code });
});
