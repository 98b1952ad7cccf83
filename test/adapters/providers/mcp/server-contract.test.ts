import { isObject } from "../../../../src/domain/index.ts";
import { describeProvider } from "../provider.contract.ts";
import type { Samples } from "../samples.ts";
import { type Harbour, harbour } from "./harbour.ts";

const samples: Samples<Harbour> = {
  works: [
    { call: { method: "tool.echo", params: { message: "hi" } }, result: { response: "hi" } },
    {
      call: { method: "tool.add", params: { arguments: { a: 1, b: 2 }, server: "harbour" } },
      result: { response: "3", content: [{ type: "text", text: "3" }] },
    },
    { call: { method: "ping", params: { server: "harbour" } }, result: { response: "pong" } },
    {
      call: { method: "server_info", params: {} },
      result: { name: "harbour", version: "1.2.3", instructions: "Mind the tide." },
    },
    {
      call: { method: "resources/read", params: { uri: "builtin://about" } },
      result: { response: "A harbour." },
    },
    {
      call: { method: "prompts/get", params: { name: "summarize", arguments: { text: "T" } } },
      result: { response: "summarize: T" },
    },
  ],
  fails: [
    {
      call: { method: "tool.refuse", params: {} },
      code: "TASK_EXECUTION_FAILED",
      message: /^the tide is out$/,
    },
    {
      call: { method: "tool.ech", params: {} },
      code: "METHOD_NOT_SUPPORTED",
      message: /^the server has no tool `ech`: did you mean `echo`\?$/,
    },
    {
      call: { method: "tool.add", params: { a: 1, b: "2" } },
      code: "INVALID_PARAMS",
      message: /^params\.b: expected number$/,
    },
    {
      call: { method: "tool.add", params: { arguments: { a: 1, unit: "mile" } } },
      code: "INVALID_PARAMS",
      message: /^params\.arguments\.b: is missing \(and 1 more\)$/,
    },
    {
      call: { method: "tool.echo", params: { message: "x", loud: true } },
      code: "INVALID_PARAMS",
      message: /^params\.loud: unknown parameter `loud`$/,
    },
    {
      call: { method: "tool.lie", params: {} },
      code: "TASK_RESULT_INVALID",
      message: /^result\.depth: expected number$/,
    },
    {
      call: { method: "tool.silent", params: {} },
      code: "TASK_RESULT_INVALID",
      message: /promises structured content and gave none/,
    },
    {
      call: { method: "tool.garbage", params: {} },
      code: "PROVIDER_ERROR",
      message: /answers otherwise than MCP says/,
    },
    {
      call: { method: "tool.fault", params: { code: -32603 } },
      code: "PROVIDER_ERROR",
      message: /^the server harbour says: as you wish$/,
    },
    {
      call: { method: "tool.fault", params: { code: -32602 } },
      code: "INVALID_PARAMS",
      message: /^the server harbour says: as you wish$/,
    },
    {
      call: { method: "resources/read", params: { uri: "builtin://nothing" } },
      code: "INVALID_PARAMS",
      message: /^the server harbour says: there is no builtin:\/\/nothing$/,
    },
  ],
  badParams: [
    { call: { method: "resources/read", params: {} }, path: "params.uri" },
    {
      call: { method: "tool.echo", params: { message: "x", server: "other" } },
      path: "params.server: expected one of the servers here: `builtin`, `harbour`",
    },
    { call: { method: "ping", params: { server: 1 } }, path: "params.server" },
  ],
  slow: ({ word }) => ({
    call: { method: "tool.hold", params: {} },
    begun: async () => void (await word("begun")),
    gone: async () => void (await word("gone")),
  }),
  unknown: { call: { method: "pong", params: {} }, suggests: "did you mean `ping`?" },
  carries: {
    call: (text) => ({ method: "tool.echo", params: { message: text } }),
    read: (result) => (isObject(result) ? result.response : undefined),
  },
  huge: { call: { method: "tool.big", params: { bytes: 4 * 1024 * 1024 } }, bytes: 4 * 1024 * 1024 },
};

for (const kind of ["stdio", "http"] as const) {
  describeProvider(`mcp server over ${kind}`, () => harbour({ kind }), samples);
}
