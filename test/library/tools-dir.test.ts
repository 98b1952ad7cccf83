// Functions of one's own as the tools of an agent: what the model is told of them, and that they are called.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { defineProvider } from "../../src/index.ts";
import { rig } from "./rig.ts";

const here = rig();

const SUM = `/**
 * Adds numbers.
 * @param {number} a - the first
 * @param {number} [b=1] - the second
 */
export const sum = (a, b = 1) => a + b;
`;

const Tools = z.array(z.looseObject({ name: z.string() }));

test("an agent is told of them as they are documented, and calls them", async () => {
  await mkdir(join(here().folder, "tools"));
  await writeFile(join(here().folder, "tools", "sums.mjs"), SUM);
  const told: unknown[] = [];
  const model = defineProvider({
    protocol: "llm/v1",
    methods: {
      chat: {
        description: "Asks for a sum, then says it.",
        params: z.looseObject({
          messages: z.array(z.looseObject({ role: z.string(), content: z.string() })).optional(),
          tools: Tools.optional(),
        }),
        execute: ({ messages = [], tools = [] }) => {
          told.push(...tools);
          const last = messages.at(-1);
          if (last?.role === "tool") return { response: last.content, content: last.content };
          const calls = [{ id: "1", name: tools[0]?.name ?? "", arguments: { a: 60, b: 40 } }];
          return { response: "", content: "", tool_calls: calls };
        },
      },
    },
  });
  const gleitzeit = await here().open({
    providers: [model],
    configuration: { providers: { desk: { type: "mcp", tools_dir: "tools" } } },
  });
  const { outputs } = await gleitzeit.run({
    name: "Sums",
    tasks: [{ id: "sum", method: "llm/agent", params: { prompt: "60 and 40?", tools: ["mcp/tool.sum"] } }],
  });
  expect(outputs).toMatchObject({ sum: { response: '{"response":"100","result":100}' } });
  expect(told[0]).toMatchObject({
    name: "sum",
    description: "Adds numbers.",
    parameters: {
      properties: { a: { type: "number", description: "the first" }, b: { type: "number", default: 1 } },
      required: ["a"],
    },
  });
});
