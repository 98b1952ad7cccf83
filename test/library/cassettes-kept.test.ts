// What stays out of a cassette, and what an agent needs of one.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineProvider } from "../../src/index.ts";
import { counter, document, next } from "./cassette-rig.ts";
import { rig } from "./rig.ts";

const here = rig();

test("a secret is not in a cassette, and is not needed to play it", async () => {
  const CANARY = "canary-of-the-cassette";
  const workflow = document([
    { id: "a", method: "echo/echo", params: { x: "Bearer ${secret.KEY}" } },
    next("b", { y: "${secret.KEY}" }),
  ]);
  const configuration = { secrets: { source: "env" } };
  const open = { configuration, providers: [counter()] };
  const gleitzeit = await here().open({ ...open, env: { KEY: CANARY }, record: "calls" });
  const { outputs } = await gleitzeit.run(workflow);
  const folder = join(here().folder, "calls");
  const names = await readdir(folder);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  expect(texts).toHaveLength(2);
  expect(texts.join()).not.toContain(CANARY);
  expect(texts.join()).toContain("Bearer ${secret.KEY}");
  const played = await here().open({ ...open, play: "calls" });
  expect((await played.run(workflow)).outputs).toEqual(outputs);
});

test("an agent is told of its tools as they were, and goes the same way without a server", async () => {
  const model = defineProvider({
    protocol: "llm/v1",
    methods: {
      chat: {
        description: "Asks for a sum, then says it.",
        params: z.looseObject({ messages: z.array(z.looseObject({ role: z.string() })).optional() }),
        execute: ({ messages = [] }) => ({
          response: "100",
          content: "100",
          ...(messages.at(-1)?.role !== "tool" && {
            tool_calls: [{ id: "1", name: "add", arguments: { a: 60, b: 40 } }],
          }),
        }),
      },
    },
  });
  const workflow = {
    name: "Sums",
    tasks: [{ id: "sum", method: "llm/agent", params: { prompt: "60 and 40?", tools: ["mcp/tool.add"] } }],
  };
  const gleitzeit = await here().open({ providers: [model], record: "calls" });
  const { outputs } = await gleitzeit.run(workflow);
  expect(outputs).toMatchObject({ sum: { response: "100" } });
  const played = await here().open({ play: "calls" });
  expect((await played.run(workflow)).outputs).toEqual(outputs);
  const names = await readdir(join(here().folder, "calls"));
  expect(names.length).toBe(4); // two turns, a call, and how the tool was described
});
