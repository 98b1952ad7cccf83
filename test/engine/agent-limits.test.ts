// What keeps an agent from doing what its model asks for: people, and what it may spend.
import { expect, test } from "vitest";
import { TaskId } from "../../src/domain/index.ts";
import { agent, agentRig, asks, codeOf, heardAs, messagesOf, says, stepsIn } from "./agent-rig.ts";
import { settled } from "./hand-clock.ts";
import { outcome } from "./outcome.ts";

const sum = asks("test_add", { a: 19, b: 23 });

const decide = (task: string, decision: "approved" | "rejected", more: object = {}) =>
  ({ type: "DecideApproval", task: TaskId.parse(task), decision, ...more }) as const;

test("a tool that needs a person is called once one has agreed, with what that person has made of it", async () => {
  const here = agentRig({ answer: (turn) => (turn === 0 ? says({ calls: [sum] }) : says({ text: "43" })) });
  const { run, end } = await here.run(agent({ tools: ["test/add"], approve: ["test/add"] }));
  await settled();
  expect(await stepsIn(here, run)).toEqual([["turn"], ["approval", "call"]]);
  expect(here.tool.calls).toEqual([]);
  await here.request(run, decide("A[1]", "approved", { edit: { a: 20, b: 23 } }));
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect(here.tool.calls).toMatchObject([{ task: "A[2]", params: { a: 20, b: 23 } }]);
  const [, second] = here.llm.turns;
  expect(second && messagesOf(second).at(-1)?.content).toBe(
    'A person changed the arguments to {"a":20,"b":23}.\n43',
  );
});

test("a call that a person rejects is not made, and the model hears why", async () => {
  const here = agentRig({
    answer: (turn) => (turn === 0 ? says({ calls: [sum] }) : says({ text: "as you wish" })),
  });
  const { run, end } = await here.run(agent({ tools: ["test/add"], approve: true }));
  await settled();
  await here.request(run, decide("A[1]", "rejected", { reason: "too high" }));
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect(here.tool.calls).toEqual([]);
  expect(await here.types(run)).toContain("TaskSkipped");
  const [, second] = here.llm.turns;
  const heard = second && messagesOf(second).at(-1)?.content;
  expect(heardAs(heard)).toMatchObject({
    error: { code: "APPROVAL_REJECTED", message: expect.stringContaining("too high") },
  });
});

const endless = () =>
  says({ calls: [sum], usage: { inputTokens: 60, outputTokens: 40, costMicros: 500_000 } });

test.each([
  [{ max_steps: 3 }, 3, { budget: "max_steps", limit: 3, used: 3 }],
  [{ max_total_tokens: 150 }, 2, { budget: "max_total_tokens", limit: 150, used: 200 }],
  [{ max_cost: 1.5 }, 3, { budget: "max_cost", limit: 1.5, used: 1.5 }],
])("%o ends an agent that asks for more", async (budget, turns, details) => {
  const here = agentRig({ answer: endless });
  const { run, end } = await here.run(agent({ tools: ["test/add"], ...budget }));
  expect(await end).toEqual({ kind: "ended", status: "failed" });
  expect(here.llm.turns).toHaveLength(turns);
  expect(await codeOf(here, run, "A")).toBe("RESOURCE_EXHAUSTED");
  expect(await outcome(here, run, "A")).toMatchObject({ error: { details } });
});

test("a budget that nobody can count ends the agent before it spends more", async () => {
  const here = agentRig({ answer: () => says({ calls: [sum] }) });
  const { run } = await here.run(agent({ tools: ["test/add"], max_cost: 1 }));
  await settled();
  expect(await codeOf(here, run, "A")).toBe("CONFIGURATION_ERROR");
  expect(here.llm.turns).toHaveLength(1);
});

test("an agent that pauses its run goes on with what a resume has set", async () => {
  const here = agentRig({
    answer: (turn) => (turn < 2 ? says({ calls: [sum] }) : says({ text: "at last" })),
  });
  const { run } = await here.run(agent({ tools: ["test/add"], max_steps: 2 }, { on_failure: "pause" }));
  await settled();
  expect((await here.types(run)).at(-1)).toBe("RunPaused");
  await here.request(run, { type: "ResumeRun", set: { "tasks.A.params.max_steps": 3 } });
  await settled();
  expect((await here.types(run)).at(-1)).toBe("RunSucceeded");
  expect(here.llm.turns).toHaveLength(3);
});
