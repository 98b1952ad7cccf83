// `kill -9` between two turns of an agent, and in the middle of one: whoever resumes asks the model for no recorded turn again.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { gleitzeit, place } from "./command.ts";

const here = place();
const root = new URL("../../", import.meta.url);

/** A model that adds, asks for what a person has to agree to, adds again …; each question stands in a ledger. */
const PROVIDER = `
import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { defineProvider } from "${new URL("dist/index.js", root)}";
import { z } from "${new URL("node_modules/zod/index.js", root)}";

const call = (name, args) => [{ id: name, name, arguments: args }];
const TURNS = [
  call("add", { a: 1, b: 2 }),
  call("add", { a: 3, b: 4 }),
  call("tell", { message: "half way" }),
  call("add", { a: 5, b: 6 }),
  call("add", { a: 7, b: 8 }),
];
const die = () => {
  writeFileSync("died", "");
  process.kill(process.pid, "SIGKILL");
};

export const provider = ({ turn, when }) =>
  defineProvider({
    protocol: "llm/v1",
    methods: {
      chat: {
        description: "Answers.",
        params: z.looseObject({}),
        execute: ({ messages }, { idempotencyKey }) => {
          const at = messages.filter(({ role }) => role === "assistant").length;
          const isDue = at === turn && !existsSync("died");
          if (isDue && when === "before") die();
          appendFileSync("ledger", idempotencyKey.split("/")[1] + "\\n");
          if (isDue && when === "while") die();
          const calls = TURNS[at];
          return { response: calls ? "" : "done", content: "", ...(calls && { tool_calls: calls }) };
        },
      },
    },
  });
`;

const AGENT = {
  name: "Agent",
  tasks: [
    {
      id: "A",
      method: "llm/agent",
      params: {
        prompt: "add up",
        tools: ["mcp/tool.add", { method: "mcp/tool.echo", name: "tell" }],
        approve: { tools: ["tell"], timeout: 0.01, on_timeout: "approve" },
      },
    },
  ],
};

const TURNS = ["A[0]", "A[2]", "A[4]", "A[7]", "A[9]", "A[11]"];

test.each([
  [1, "before", TURNS],
  [3, "before", TURNS],
  [4, "while", TURNS.toSpliced(4, 0, "A[9]")],
])("killed at turn %i, %s the model is asked", async (turn, when, asked) => {
  const { folder } = here();
  await writeFile(join(folder, "model.mjs"), PROVIDER);
  const model = { type: "module", module: "./model.mjs", options: { turn, when } };
  await writeFile(join(folder, "gleitzeit.yaml"), JSON.stringify({ providers: { model } }));
  await writeFile(join(folder, "agent.json"), JSON.stringify(AGENT));

  const first = await gleitzeit(here(), ["run", "agent.json", "--id", "agent", "--quiet"]);
  expect(first, first.stderr).toMatchObject({ signal: "SIGKILL" });
  const resumed = await gleitzeit(here(), ["resume", "agent", "--json"]);
  expect(resumed, resumed.stderr).toMatchObject({ exit: 0 });
  expect(JSON.parse(resumed.stdout)).toMatchObject({
    status: "succeeded",
    outputs: { A: { response: "done" } },
  });
  const ledger = await readFile(join(folder, "ledger"), "utf8");
  expect(ledger.trim().split("\n")).toEqual(asked);
});
