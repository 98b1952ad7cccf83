import { isObject } from "../../../../src/domain/index.ts";
import { describeProvider } from "../provider.contract.ts";
import { probed } from "./probe-tools.ts";

const mib = "m".repeat(1024 * 1024);

describeProvider(
  "mcp",
  async () => {
    const { provider, slow } = probed();
    // The contract runs every example listed; the probes fail on purpose and are reached by name.
    const methods = Object.entries(provider.methods).filter(([name]) => !/hold|crash|lie/.test(name));
    return { provider: { ...provider, methods: Object.fromEntries(methods) }, slow };
  },
  {
    works: [
      {
        call: { method: "tool.echo", params: { message: "hi" } },
        result: { response: "hi", echoed: true, length: 2 },
      },
      { call: { method: "tool.add", params: { arguments: { a: 1, b: 2 } } }, result: { result: 3 } },
      { call: { method: "ping", params: { server: "builtin" } }, result: { response: "pong" } },
      { call: { method: "server_info", params: {} }, result: { name: "builtin", version: "0.1.0" } },
    ],
    fails: [
      {
        call: { method: "tool.crash", params: {} },
        code: "TASK_EXECUTION_FAILED",
        message: /^the tool broke$/,
      },
      {
        call: { method: "tool.crash", params: { code: "RATE_LIMIT_EXCEEDED" } },
        code: "RATE_LIMIT_EXCEEDED",
        message: /^slow down$/,
      },
      { call: { method: "tool.lie", params: {} }, code: "TASK_EXECUTION_FAILED", message: /truth/ },
      {
        call: { method: "resources/read", params: { uri: "builtin://nothing" } },
        code: "INVALID_PARAMS",
        message: /^Resource builtin:\/\/nothing not found$/,
      },
      {
        call: { method: "prompts/get", params: { name: "x" } },
        code: "INVALID_PARAMS",
        message: /^Prompt x not found$/,
      },
    ],
    badParams: [
      {
        call: { method: "tool.add", params: { a: 1 } },
        path: "params.b: expected number, but it is missing",
      },
      { call: { method: "tool.add", params: { a: 1, b: "2" } }, path: "params.b" },
      { call: { method: "tool.add", params: { arguments: { a: 1, b: "2" } } }, path: "params.arguments.b" },
      { call: { method: "tool.add", params: { a: 1, b: 2, c: 3 } }, path: "params.c: unknown" },
      { call: { method: "tool.concat", params: { strings: ["a", { b: 1 }] } }, path: "params.strings[1]" },
      { call: { method: "tool.echo", params: {} }, path: "params.message" },
      {
        call: { method: "tool.echo", params: { message: "x", server: "other" } },
        path: "params.server: the only server here is `builtin`",
      },
      { call: { method: "resources/read", params: {} }, path: "params.uri" },
      { call: { method: "ping", params: { server: "other" } }, path: "params.server" },
    ],
    slow: ({ slow }) => slow,
    unknown: { call: { method: "tool.ech", params: {} }, suggests: "did you mean `tool.echo`?" },
    carries: {
      call: (text) => ({ method: "tool.echo", params: { message: text } }),
      read: (result) => (isObject(result) ? result.response : undefined),
    },
    huge: {
      call: { method: "tool.concat", params: { strings: [mib, mib, mib, mib] } },
      bytes: 8 * mib.length,
    },
  },
);
