// The tools of the harbour server, faults included. `tell` says a word to the test.
import { spawn } from "node:child_process";
import process from "node:process";
import { McpError } from "@modelcontextprotocol/sdk/types.js";

export const object = (properties, required = Object.keys(properties)) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});
const text = { type: "string" };
const number = { type: "number" };
export const said = (structuredContent) => ({
  content: [{ type: "text", text: JSON.stringify(structuredContent) }],
  structuredContent,
});

/** By name; `added` are those that `grow` makes. */
export const toolsOf = (tell, added) => ({
  echo: {
    inputSchema: object({ message: text }),
    outputSchema: object({ response: text }),
    run: ({ message }) => said({ response: message }),
  },
  add: {
    inputSchema: object({ a: number, b: number, unit: { enum: ["m", "km"] } }, ["a", "b"]),
    run: ({ a, b }) => ({ content: [{ type: "text", text: String(a + b) }] }),
  },
  hold: {
    inputSchema: object({}),
    run: (_, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          tell(`gone ${signal.reason}`);
          reject(new Error("stopped"));
        });
        tell("begun");
      }),
  },
  steps: {
    inputSchema: object({}),
    run: async (_, { _meta, sendNotification }) => {
      const { progressToken } = _meta;
      const step = (progress, more) =>
        sendNotification({
          method: "notifications/progress",
          params: { progressToken, progress, total: 2, ...more },
        });
      await step(1, { message: "half of it" });
      await step(2, {});
      return said({ done: true });
    },
  },
  key: {
    inputSchema: object({}),
    run: (_, { _meta }) => said({ key: _meta["gleitzeit/idempotency-key"] }),
  },
  environment: {
    inputSchema: object({}),
    run: () =>
      said({ names: Object.keys(process.env).sort(), cwd: process.cwd(), token: process.env.TOKEN ?? "" }),
  },
  refuse: {
    inputSchema: object({}),
    run: () => ({ isError: true, content: [{ type: "text", text: "the tide is out" }] }),
  },
  lie: {
    inputSchema: object({}),
    outputSchema: object({ depth: number }),
    run: () => said({ depth: "deep" }),
  },
  silent: { inputSchema: object({}), outputSchema: object({ depth: number }), run: () => ({ content: [] }) },
  fault: {
    inputSchema: object({ code: number }),
    run: ({ code }) => {
      throw new McpError(code, "as you wish");
    },
  },
  crash: {
    inputSchema: object({}),
    run: () => {
      process.stderr.write("out of rope\n");
      process.exit(3);
    },
  },
  garbage: {
    inputSchema: object({}),
    run: async (_, { answer }) => {
      await answer({ content: "not a list" });
      return new Promise(() => undefined);
    },
  },
  flood: {
    inputSchema: object({}),
    run: () => {
      const more = () => process.stdout.write("x".repeat(65_536), more);
      more();
      return new Promise(() => undefined);
    },
  },
  child: {
    inputSchema: object({}),
    run: () => {
      const { pid } = spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"], {
        stdio: "ignore",
      });
      return said({ pid });
    },
  },
  stick: {
    inputSchema: object({}),
    run: () => {
      tell("begun");
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    },
  },
  grow: {
    inputSchema: object({}),
    run: async (_, { sendNotification }) => {
      added.push("anew");
      await sendNotification({ method: "notifications/tools/list_changed" });
      return said({ grown: true });
    },
  },
  big: {
    inputSchema: object({ bytes: number }),
    run: ({ bytes }) => said({ text: "b".repeat(bytes) }),
  },
});
