// Questions to people: who may decide, when it is decided, and what comes of it.
import { expect, test } from "vitest";
import { instantOf, nextAction, type RunCommand, type RunEvent } from "../../../src/domain/index.ts";
import type { ApprovalNode } from "../../../src/domain/workflow/graph.ts";
import { given, NOON } from "./given.ts";
import { graphOf, task } from "./graph-of.ts";

type People = { readonly approvers?: string[]; readonly notBy?: string[] };

const graph = (more: Partial<ApprovalNode> = {}) =>
  graphOf({ ask: { approval: { min: 1, onTimeout: "fail", ...more } }, after: { after: ["ask"] } });

const asked = (min = 1, people: People = {}, at?: number): RunEvent => ({
  type: "ApprovalRequested",
  data: {
    task: task("ask"),
    min,
    ...people,
    ...(at !== undefined && { dueAt: instantOf(at) }),
    values: { message: "go?" },
  },
});
const said = (by: string, decision: "approved" | "rejected" = "approved"): RunEvent => ({
  type: "ApprovalDecided",
  data: { task: task("ask"), decision, by },
});
const decide = (by: string, decision: "approved" | "rejected" = "approved", id = "ask") =>
  ({ type: "DecideApproval", task: task(id), decision, by }) as const satisfies RunCommand;
const end = (words: readonly { readonly reason?: string; readonly edit?: number }[] = []): RunCommand => ({
  type: "EndWait",
  task: task("ask"),
  brought: { said: words },
});

test("a question is asked with its message, its people and the instant at which it is too late", () => {
  const { when, state } = given(graph({ min: 2, timeoutMs: 1000 }));
  expect(nextAction(state, { slots: 0, now: NOON })).toMatchObject({ type: "startWait", task: "ask" });
  const approvers = { ids: ["id-anna", "id-ben"], names: ["anna", "ben"] };
  const command = {
    type: "RequestApproval",
    task: task("ask"),
    message: "go?",
    approvers,
    notBy: ["id-carl"],
  } as const;
  expect(when(command).accepted()).toEqual([
    {
      type: "ApprovalRequested",
      data: {
        task: "ask",
        min: 2,
        approvers: ["id-anna", "id-ben"],
        notBy: ["id-carl"],
        dueAt: instantOf(NOON + 1000),
        values: { message: "go?", approvers: ["anna", "ben"] },
      },
    },
  ]);
});

test("a decision carries who, what and why", () => {
  const { when } = given(graph(), asked());
  expect(when({ ...decide("anna"), reason: "fine", edit: { n: 1 } }).accepted()).toEqual([
    {
      type: "ApprovalDecided",
      data: { task: "ask", decision: "approved", by: "anna", values: { reason: "fine", edit: { n: 1 } } },
    },
  ]);
});

test("only approvers decide, and nobody whom `not_by` excludes", () => {
  const { when } = given(graph(), asked(1, { approvers: ["anna", "ben"], notBy: ["ben"] }));
  when(decide("carl")).rejected("NotAllowed");
  when(decide("ben")).rejected("NotAllowed");
  when(decide("ben", "rejected")).rejected("NotAllowed");
  expect(when(decide("anna")).types()).toEqual(["ApprovalDecided"]);
});

test("one person counts once, and may think again as long as nothing is decided", () => {
  const { when, state } = given(graph({ min: 2 }), asked(2), said("anna"));
  when(decide("anna")).unchanged();
  expect(state.tasks[0]?.wait?.answer).toBeUndefined();
  expect(when(decide("anna", "rejected")).types()).toEqual(["ApprovalDecided"]);
});

test("as many approvals as it takes end it; the result tells all of them", () => {
  const { when, state } = given(graph({ min: 2 }), asked(2), said("anna"), said("ben"));
  expect(nextAction(state, { slots: 0, now: NOON })).toMatchObject({ type: "endWait", task: "ask" });
  expect(when(end([{ reason: "fine", edit: 1 }, { reason: "yes" }])).accepted()).toMatchObject([
    {
      type: "TaskSucceeded",
      data: {
        attempt: 0,
        values: {
          result: {
            decision: "approved",
            by: ["anna", "ben"],
            reason: "yes",
            edit: 1,
            decisions: [
              { decision: "approved", by: "anna", at: instantOf(NOON), reason: "fine", edit: 1 },
              { decision: "approved", by: "ben", at: instantOf(NOON), reason: "yes" },
            ],
          },
        },
      },
    },
  ]);
});

test("one rejection ends it, whatever was said before", () => {
  const { when } = given(graph({ min: 3 }), asked(3), said("anna"), said("ben", "rejected"));
  when(decide("carl")).rejected("ApprovalOver");
  expect(when(end([{}, { reason: "too early" }])).accepted()).toMatchObject([
    {
      type: "TaskFailed",
      data: {
        final: true,
        error: { code: "APPROVAL_REJECTED", retryable: false },
        values: {
          error: {
            message: "the approval was rejected: too early",
            details: { decision: "rejected", by: ["ben"], reason: "too early" },
          },
        },
      },
    },
  ]);
});

test("what is not asked yet, is over, or is no question cannot be decided", () => {
  given(graph()).when(decide("anna")).rejected("TaskNotReady");
  given(graph(), asked())
    .when(decide("anna", "approved", "after"))
    .rejected("TaskNotReady");
  given(graph(), asked())
    .when(decide("anna", "approved", "no"))
    .rejected("TaskNotFound");
  const done: RunEvent = { type: "TaskSucceeded", data: { task: task("ask"), attempt: 0, durationMs: 0 } };
  given(graph(), asked(), said("anna"), done).when(decide("ben")).rejected("ApprovalOver");
});

test.each([
  ["fail", "TaskFailed", { error: { code: "TASK_TIMEOUT" } }],
  ["reject", "TaskFailed", { error: { code: "APPROVAL_REJECTED" } }],
  ["approve", "TaskSucceeded", { values: { result: { decision: "approved", by: [], timedOut: true } } }],
] as const)("too late: `on_timeout: %s` makes it a %s", (onTimeout, type, data) => {
  const { when, state } = given(graph({ onTimeout, timeoutMs: 1000 }), asked(1, {}, NOON + 1000));
  expect(nextAction(state, { slots: 0, now: NOON + 999 })).toBeUndefined();
  expect(nextAction(state, { slots: 0, now: NOON + 1000 })).toMatchObject({ type: "endWait" });
  expect(when(end(), NOON + 1000).accepted()).toMatchObject([{ type, data }]);
});

test("a paused run takes decisions and acts on them when it is resumed", () => {
  const paused: RunEvent = { type: "RunPaused", data: { cause: "request" } };
  const { when, state } = given(graph(), asked(), paused);
  expect(when(decide("anna")).types()).toEqual(["ApprovalDecided"]);
  expect(nextAction(state, { slots: 1, now: NOON })).toBeUndefined();
});
