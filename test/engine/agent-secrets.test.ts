// Secrets of an agent's tools: the tool gets the value, the model and the log never do.
import { expect, test } from "vitest";
import { agent, agentRig, asks, codeOf, says } from "./agent-rig.ts";
import { settled } from "./hand-clock.ts";

const VALUE = "tide-table-4711";

test("a tool is called with its secret, whatever the model says there, and nobody else sees it", async () => {
  const here = agentRig({
    secrets: { KEY: VALUE },
    answer: (turn) =>
      turn === 0
        ? says({ calls: [asks("post", { text: "${secret.KEY}", auth: "mine" })] })
        : says({ text: "posted" }),
  });
  const tool = { method: "test/do", name: "post", params: { auth: "Bearer ${secret.KEY}" } };
  const { run, end } = await here.run(agent({ tools: [tool] }));
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  expect(here.tool.calls.map(({ params }) => params)).toEqual([
    { text: "${secret.KEY}", auth: `Bearer ${VALUE}` },
  ]);
  expect(JSON.stringify(here.llm.turns)).not.toContain(VALUE);
  expect(JSON.stringify((await here.log(run)).map(({ event }) => event))).not.toContain(VALUE);
});

test("a model is told no secret", async () => {
  const here = agentRig({ secrets: { KEY: VALUE }, answer: () => says({ text: "?" }) });
  const { run } = await here.run(agent({ prompt: "the key is ${secret.KEY}" }));
  await settled();
  expect(await codeOf(here, run, "A")).toBe("TASK_PARAMETER_ERROR");
  expect(here.llm.turns).toEqual([]);
});
