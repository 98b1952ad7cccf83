import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { isObject, type Json } from "../../../../src/domain/index.ts";
import { describeProvider } from "../provider.contract.ts";
import { httpRig } from "./rig.ts";

const call = (params: object) => ({ method: "request", params: JSON.parse(JSON.stringify(params)) });
const at = (path: string) => `http://harbour.test/${path}`;

describeProvider("http", httpRig, {
  works: [
    {
      call: call({ url: at("mirror"), query: { boats: 2 } }),
      result: { status: 200, json: { method: "GET", url: "/mirror?boats=2" } },
    },
    { call: call({ url: at("nothing"), method: "DELETE" }), result: { status: 204, body: "", json: null } },
  ],
  fails: [
    {
      call: call({ url: at("status/500") }),
      code: "PROVIDER_ERROR",
      message: /answered 500: the gate is shut/,
    },
    { call: call({ url: at("status/401") }), code: "AUTHENTICATION_FAILED", message: /401/ },
    { call: call({ url: at("broken") }), code: "TASK_RESULT_INVALID", message: /not JSON/ },
  ],
  badParams: [
    { call: call({ url: "harbour.test/mirror" }), path: "params.url" },
    { call: call({}), path: "params.url" },
    { call: call({ url: at("mirror"), headers: { "a b": "c" } }), path: "params.headers" },
    { call: call({ url: at("mirror"), headers: { a: "b\r\nc: d" } }), path: "params.headers.a" },
    { call: call({ url: at("mirror"), headers: { Host: "b" } }), path: "params.headers" },
    { call: call({ url: at("mirror"), body: "a", json: 1 }), path: "params.body" },
    { call: call({ url: at("mirror"), method: "GET", body: "a" }), path: "params.method" },
    { call: call({ url: at("mirror"), timeout: 0 }), path: "params.timeout" },
    { call: call({ url: at("mirror"), expect: 99 }), path: "params.expect" },
    { call: call({ url: at("mirror"), methd: "GET" }), path: "params.methd" },
  ],
  unknown: { call: { method: "requst", params: {} }, suggests: "request" },
  carries: {
    call: (text) => call({ url: at("mirror"), json: { text } }),
    read: (result) => JSON.parse(mirrored(result).body).text,
  },
  slow: ({ waiting }) => {
    let request: IncomingMessage | undefined;
    return {
      call: call({ url: at("silence") }),
      begun: async () => {
        request = await waiting();
      },
      gone: async () => {
        if (request && !request.socket.destroyed) await once(request.socket, "close");
      },
    };
  },
  huge: { call: call({ url: at("huge") }), code: "TASK_RESULT_INVALID" },
});

function mirrored(result: Json): { readonly body: string } {
  const json = isObject(result) ? result.json : undefined;
  const body = isObject(json) ? json.body : undefined;
  return { body: typeof body === "string" ? body : "" };
}
