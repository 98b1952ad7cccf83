import { isObject, type JsonObject } from "../../../../src/domain/index.ts";
import { describeProvider } from "../provider.contract.ts";
import type { Samples, Slow } from "../samples.ts";
import { type Quay, quay } from "./quay.ts";

const MIB = 1024 * 1024;

const slow = ({ word }: Quay): Slow => ({
  call: { method: "hold", params: {} },
  begun: async () => void (await word("begun")),
  gone: async () => void (await word("gone")),
});

const external: Samples<Quay> = {
  works: [
    { call: { method: "greet", params: {} }, result: { greeting: "ahoy" } },
    { call: { method: "echo", params: { text: "hi" } }, result: { text: "hi" } },
  ],
  fails: [
    { call: { method: "refuse", params: {} }, code: "TASK_EXECUTION_FAILED", message: /^the tide is out$/ },
    {
      call: { method: "refuse", params: { code: -32000, message: "odd" } },
      code: "PROVIDER_ERROR",
      message: /^odd$/,
    },
    {
      call: { method: "refuse", params: { code: -30007 } },
      code: "PROVIDER_OVERLOADED",
      message: /tide/,
    },
    {
      call: { method: "ech", params: {} },
      code: "METHOD_NOT_SUPPORTED",
      message: /^quay\/v1 has no method `ech`: did you mean `echo`\?$/,
    },
    {
      call: { method: "add", params: { a: 1, b: "2" } },
      code: "INVALID_PARAMS",
      message: /^params\.b: expected number$/,
    },
    {
      call: { method: "echo", params: { text: "x", loud: true } },
      code: "INVALID_PARAMS",
      message: /^params\.loud: unknown parameter `loud`$/,
    },
    {
      call: { method: "lie", params: {} },
      code: "TASK_RESULT_INVALID",
      message: /^result\.depth: expected number$/,
    },
    {
      call: { method: "wide", params: {} },
      code: "TASK_RESULT_INVALID",
      message: /^result\[0\]: integer .* beyond/,
    },
  ],
  badParams: [],
  unknown: { call: { method: "ad", params: {} }, suggests: "did you mean `add`?" },
  carries: {
    call: (text) => ({ method: "echo", params: { text } }),
    read: (result) => (isObject(result) ? result.text : undefined),
  },
  huge: { call: { method: "big", params: { bytes: 4 * MIB } }, bytes: 4 * MIB },
  slow,
};

const asked = (method: string, params: JsonObject) => ({ method: "call", params: { method, params } });

const plain: Samples<Quay> = {
  works: [
    { call: asked("echo", { text: "hi" }), result: { text: "hi" } },
    {
      call: { method: "call", params: { endpoint: "quay", method: "greet" } },
      result: { greeting: "ahoy" },
    },
  ],
  fails: [
    { call: asked("ech", {}), code: "METHOD_NOT_SUPPORTED", message: /^there is no ech$/ },
    { call: asked("refuse", { code: 17 }), code: "PROVIDER_ERROR", message: /^the tide is out$/ },
    { call: asked("refuse", { code: -32602, message: "a?" }), code: "INVALID_PARAMS", message: /^a\?$/ },
  ],
  badParams: [
    { call: { method: "call", params: {} }, path: "params.method" },
    { call: { method: "call", params: { method: "add", params: 1 } }, path: "params.params" },
    {
      call: { method: "call", params: { method: "add", endpoint: "pier" } },
      path: "params.endpoint: expected one of the endpoints here: `quay`, `jetty`",
    },
  ],
  unknown: { call: { method: "cal", params: {} }, suggests: "did you mean `call`?" },
  carries: { ...external.carries, call: (text) => asked("echo", { text }) },
  huge: { call: asked("big", { bytes: 4 * MIB }), bytes: 4 * MIB },
};

const LIMITED = '{"jsonrpc":"2.0","id":$ID,"error":{"code":-31005,"message":"later"}}';

const declared: Samples<Quay> = {
  works: [{ call: { method: "echo", params: { text: "hi" } }, result: { text: "hi" } }],
  fails: [
    {
      call: { method: "short", params: { text: "much" } },
      code: "TASK_RESULT_INVALID",
      message: /^result\.text: must NOT have more than 3 characters$/,
    },
    {
      call: { method: "say", params: { text: LIMITED } },
      code: "RATE_LIMIT_EXCEEDED",
      message: /^later$/,
    },
  ],
  badParams: [
    { call: { method: "sum", params: { a: 1 } }, path: "params.b: is missing" },
    { call: { method: "sum", params: { a: 1, b: "2" } }, path: "params.b: expected number" },
  ],
  unknown: { call: { method: "su", params: {} }, suggests: "did you mean `sum`?" },
  carries: external.carries,
  huge: external.huge ?? { call: { method: "big", params: {} }, code: "PROVIDER_ERROR" },
};

for (const kind of ["stdio", "http"] as const) {
  describeProvider(`external provider over ${kind}`, () => quay({ kind }), external);
  describeProvider(`declared methods over ${kind}`, () => quay({ kind, as: "declared" }), declared);
}

// A program that only knows JSON-RPC cannot be told to stop: see faults.test.ts for what becomes of it.
describeProvider("jsonrpc/call over stdio", () => quay({ as: "call" }), plain);
describeProvider("jsonrpc/call over http", () => quay({ kind: "http", as: "call", path: "" }), {
  ...plain,
  slow: (opened) => ({ ...slow(opened), call: asked("hold", {}) }),
});
