// An agent's run, forked at a turn in the middle: with another answer, with another prompt. What it did before is not
// asked for again, and what differs is what was edited and what came of it.

import { expect, test } from "vitest";
import { diffRuns } from "../../src/engine/comparing/diff-runs.ts";
import { agent, agentRig, asks, messagesOf, says } from "./agent-rig.ts";
import { outcome } from "./outcome.ts";
import { reading } from "./reading.ts";
import { CLI, TENANT } from "./rig.ts";

const sum = (a: number, b: number) => asks("test_add", { a, b }, `sum-${a}-${b}`);

/** Turn, call, turn, call, turn: A[0] … A[4]. */
const answer: Parameters<typeof agentRig>[0]["answer"] = (turn, asked) => {
  if (turn < 2) return says({ calls: [sum(turn, 10)] });
  return says({
    text: `the end of ${JSON.stringify(messagesOf(asked).at(-1)?.content)} ${JSON.stringify(asked.params.style ?? "")}`,
  });
};

test("with an edited answer in the middle, the model is asked for the last turn alone", async () => {
  const here = agentRig({ answer });
  const first = await here.run(agent({ tools: ["test/add"] }));
  await first.end;
  const [turns, calls] = [here.llm.turns.length, here.tool.calls.length];
  expect([turns, calls]).toEqual([3, 2]);
  const said = { response: "", content: "", tool_calls: [sum(7, 70)] };
  const fork = await here.engine.fork(first.run, TENANT, CLI, {
    from: "A[2]",
    set: { "tasks.A[2].result": said },
  });
  expect(await fork.end).toEqual({ kind: "ended", status: "succeeded" });
  expect(here.llm.turns.slice(turns).map(({ task }) => task)).toEqual(["A[4]"]);
  expect(here.tool.calls.slice(calls).map(({ task, params }) => [task, params.b])).toEqual([["A[3]", 70]]);
  expect(await outcome(here, fork.run, "A")).toMatchObject({ result: { response: 'the end of "77" ""' } });
  const found = await diffRuns(reading(here), first.run, fork.run);
  expect(found.first).toMatchObject({ task: "A[2]", kind: "result" });
  expect(new Set(found.differences.map(({ task }) => task))).toEqual(
    new Set(["A[2]", "A[3]", "A[4]", "A", null]),
  );
});

test("with an edited prompt from a turn on: the turns before stand, those from there on are asked with it", async () => {
  const here = agentRig({ answer });
  const first = await here.run(agent({ tools: ["test/add"] }));
  await first.end;
  const turns = here.llm.turns.length;
  const fork = await here.engine.fork(first.run, TENANT, CLI, {
    from: "A[2]",
    set: { "tasks.A.params.prompt": "do it otherwise" },
  });
  expect(await fork.end).toEqual({ kind: "ended", status: "succeeded" });
  expect(here.llm.turns.slice(turns).map(({ task }) => task)).toEqual(["A[2]", "A[4]"]);
  expect(here.llm.turns.slice(turns).map((turn) => messagesOf(turn)[0]?.content)).toEqual([
    "do it otherwise",
    "do it otherwise",
  ]);
  expect(here.tool.calls.map(({ task }) => task)).toEqual(["A[1]", "A[3]", "A[3]"]);
  const found = await diffRuns(reading(here), first.run, fork.run);
  expect(found.differences).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        task: "A[2]",
        kind: "params",
        path: "messages[0].content",
        b: "do it otherwise",
      }),
    ]),
  );
  expect(found.differences.some(({ task }) => task === "A[0]" || task === "A[1]")).toBe(false);
});

test("one turn with params of its own, and an agent that begins anew with another prompt", async () => {
  const here = agentRig({ answer });
  const first = await here.run(agent({ tools: ["test/add"] }));
  await first.end;
  const turns = here.llm.turns.length;
  const fork = await here.engine.fork(first.run, TENANT, CLI, {
    set: { "tasks.A[4].params.style": "short" },
  });
  await fork.end;
  expect(here.llm.turns.slice(turns)).toMatchObject([{ task: "A[4]", params: { style: "short" } }]);
  const anew = here.llm.turns.length;
  await (await here.engine.fork(first.run, TENANT, CLI, { set: { "tasks.A.params.prompt": "anew" } })).end;
  expect(here.llm.turns.slice(anew).map(({ task }) => task)).toEqual(["A[0]", "A[2]", "A[4]"]);
});
