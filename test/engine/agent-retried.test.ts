// What of an agent is tried again: a turn, as any call; and a whole run, which does nothing twice that went well.
import { expect, test } from "vitest";
import { z } from "zod";
import { agent, agentRig, asks, codeOf, heardAs, messagesOf, says, stepsIn } from "./agent-rig.ts";
import { settled } from "./hand-clock.ts";
import { outcome } from "./outcome.ts";
import { CLI } from "./rig.ts";

const sum = asks("test_add", { a: 19, b: 23 });

const endless = () =>
  says({ calls: [sum], usage: { inputTokens: 60, outputTokens: 40, costMicros: 500_000 } });

test("a turn is retried like any call, and one that fails for good ends the agent with its error", async () => {
  const lost = { code: "CONNECTION_LOST", message: "gone", retryable: true } as const;
  const here = agentRig({ answer: () => ({ ok: false, error: lost }) });
  const { run, end } = await here.run(
    agent({}, { retry: { max_attempts: 2, base_delay: 1, jitter: false } }),
  );
  await settled();
  await here.clock.advance(1000);
  expect(await end).toEqual({ kind: "ended", status: "failed" });
  expect(here.llm.turns.map(({ attempt }) => attempt)).toEqual([1, 2]);
  expect(await codeOf(here, run, "A")).toBe("CONNECTION_LOST");
});

test("a retried run takes over what its agent did, up to what failed, and asks for nothing of that again", async () => {
  let mended = false;
  const here = agentRig({
    answer: (turn) => {
      if (turn === 2 && !mended)
        return { ok: false, error: { code: "INVALID_PARAMS", message: "no", retryable: false } };
      return turn < 2 ? says({ calls: [sum] }) : says({ text: "mended" });
    },
  });
  const first = await here.run(agent({ tools: ["test/add"] }));
  expect(await first.end).toEqual({ kind: "ended", status: "failed" });
  mended = true;
  const before = here.llm.turns.length;
  const second = await here.engine.retry(first.run, "main", CLI);
  expect(await second.end).toEqual({ kind: "ended", status: "succeeded" });
  expect(here.llm.turns.slice(before).map(({ task }) => task)).toEqual(["A[4]"]);
  expect(here.tool.calls).toHaveLength(2);
  expect(await outcome(here, second.run, "A")).toMatchObject({
    result: { response: "mended", tokens_used: 45 },
  });
});

test("a retried run does again what failed in its agent, and all that followed from it", async () => {
  const here = agentRig({
    answer: (turn) => {
      if (turn === 0) return says({ calls: [sum] });
      return turn === 1 ? says({ calls: [asks("test_add", { broken: true }, "2"), sum] }) : endless();
    },
  });
  const first = await here.run(agent({ tools: ["test/add"], max_steps: 4 }));
  expect(await first.end).toEqual({ kind: "ended", status: "failed" });
  const [turns, calls] = [here.llm.turns.length, here.tool.calls.length];
  const second = await here.engine.retry(first.run, "main", CLI);
  expect(await second.end).toEqual({ kind: "ended", status: "failed" });
  expect(here.llm.turns.slice(turns).map(({ task }) => task)).toEqual(["A[5]", "A[7]"]);
  expect(here.tool.calls.slice(calls).map(({ task }) => task)).toEqual(["A[3]", "A[6]"]);
});

test("a tool that takes other arguments today: what it took before stands, and no step becomes another one", async () => {
  const narrow = z.strictObject({ a: z.number(), b: z.number(), unit: z.string() });
  const wide = z.looseObject({});
  let params: z.ZodType = wide;
  let isMended = false;
  const here = agentRig({
    answer: (turn) => {
      if (turn === 0) return says({ calls: [sum, asks("test_add", { a: 1, b: 2, unit: "m" }, "2")] });
      return isMended
        ? says({ text: "done" })
        : { ok: false, error: { code: "INVALID_PARAMS", message: "no", retryable: false } };
    },
  });
  const [add] = Object.values(here.tool.methods);
  if (!add) throw new Error("a tool");
  Object.defineProperty(add, "params", { get: () => params });
  const first = await here.run(agent({ tools: ["test/add"] }));
  expect(await first.end).toEqual({ kind: "ended", status: "failed" });
  const calls = here.tool.calls.length;
  [params, isMended] = [narrow, true];
  const second = await here.engine.retry(first.run, "main", CLI);
  expect(await second.end).toEqual({ kind: "ended", status: "succeeded" });
  expect(await stepsIn(here, second.run)).toEqual(await stepsIn(here, first.run));
  expect(here.tool.calls).toHaveLength(calls);
  const last = here.llm.turns.at(-1);
  const heard = last && messagesOf(last).filter(({ role }) => role === "tool");
  expect(heard?.map(({ content }) => heardAs(content))).toEqual([42, 3]);
});

test("a call that failed is made again as it was asked for; what the tool of today says of it is told to the model", async () => {
  const narrow = z.strictObject({ a: z.number(), unit: z.string() });
  let params: z.ZodType = z.looseObject({});
  const here = agentRig({
    answer: (turn) =>
      turn === 0 ? says({ calls: [asks("test_add", { broken: true }, "1"), sum] }) : says({ text: "done" }),
  });
  const [add] = Object.values(here.tool.methods);
  if (!add) throw new Error("a tool");
  Object.defineProperty(add, "params", { get: () => params });
  const first = await here.run(agent({ tools: [{ method: "test/add", on_failure: "fail" }] }));
  expect(await first.end).toEqual({ kind: "ended", status: "failed" });
  params = narrow;
  const second = await here.engine.retry(first.run, "main", CLI);
  expect(await second.end).toEqual({ kind: "ended", status: "failed" });
  expect(await stepsIn(here, second.run)).toEqual(await stepsIn(here, first.run));
  expect(await codeOf(here, second.run, "A[1]")).toBe("INVALID_PARAMS");
});
