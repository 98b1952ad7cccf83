// An agent whose run is paused, cancelled, or has no time left: its steps stop as any task does, and nothing else begins.
import { expect, test } from "vitest";
import { agent, agentRig, asks, model, says } from "./agent-rig.ts";
import { settled } from "./hand-clock.ts";
import { ok, scripted } from "./rig.ts";

/** A model that asks for a call, and a tool that answers when it is told to. */
async function underWay(document = agent({ tools: ["test/do"] })) {
  const llm = model((turn) => (turn === 0 ? says({ calls: [asks("test_do")] }) : says({ text: "done" })));
  const tool = scripted();
  const here = agentRig({ answer: () => says({}), providers: [llm, tool] });
  const { run, end } = await here.run(document);
  await settled();
  return { ...here, run, end, llm, tool };
}

test("a paused run takes what the call brings and asks for no further turn, until it is resumed", async () => {
  const { run, end, llm, tool, request, types } = await underWay();
  await request(run, { type: "PauseRun" });
  tool.calls[0]?.answer(ok(1));
  await settled();
  expect((await types(run)).at(-1)).toBe("TaskSucceeded");
  expect(llm.turns).toHaveLength(1);
  await request(run, { type: "ResumeRun" });
  await settled();
  expect((await types(run)).at(-1)).toBe("RunSucceeded");
  expect(llm.turns).toHaveLength(2);
  expect(await end).toMatchObject({ kind: "paused" });
});

test("a cancelled run cancels the call under way, and nothing else of its agent", async () => {
  const { run, end, llm, tool, request, log } = await underWay();
  await request(run, { type: "CancelRun" });
  expect(await end).toEqual({ kind: "ended", status: "cancelled" });
  const cancelled = (await log(run)).flatMap(({ event }) =>
    event.type === "TaskCancelled" ? [event.data.task] : [],
  );
  expect(cancelled).toEqual(["A[1]"]);
  expect(tool.calls[0]?.context.signal.aborted).toBe(true);
  expect(llm.turns).toHaveLength(1);
});

test("a call that takes too long fails like any, and the model is told", async () => {
  const once = { max_attempts: 1 };
  const document = agent({ tools: [{ method: "test/do", timeout: 2, retry: once }] });
  const { end, llm, clock } = await underWay(document);
  await clock.advance(2000);
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect(JSON.stringify(llm.turns[1]?.params)).toContain("TASK_TIMEOUT");
});

test("a run without time left ends while its agent waits", async () => {
  const { run, end, clock, types } = await underWay(agent({ tools: ["test/do"] }, {}, { timeout: 5 }));
  await clock.advance(5000);
  expect(await end).toEqual({ kind: "ended", status: "failed" });
  expect(await types(run)).toContain("TaskCancelled");
});
