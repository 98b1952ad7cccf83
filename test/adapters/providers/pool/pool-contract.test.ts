// A pool is one provider more that keeps the promises of all: whoever calls it need not know.
import { expect } from "vitest";
import { systemClock } from "../../../../src/adapters/host/index.ts";
import type { Json } from "../../../../src/domain/index.ts";
import type { Waiting } from "../llm/fake-models.ts";
import { textMember } from "../llm/protocols.ts";
import { closed } from "../llm/rig.ts";
import { describeProvider } from "../provider.contract.ts";
import { fleet } from "./fleet.ts";

const call = (method: string, params: object) => ({ method, params: JSON.parse(JSON.stringify(params)) });
const SAID = "You said: ";

describeProvider("pool of three, of models", () => fleet({ poolClock: systemClock() }), {
  works: [
    { call: call("chat", { prompt: "ahoy" }), result: { response: "You said: ahoy", model: "llama3.2" } },
    {
      call: call("list_models", {}),
      result: {
        models: [
          {
            name: expect.stringContaining("llama3.2"),
            instances: [{}, {}, {}].map(() => expect.stringMatching(/^http:/)),
          },
          {},
        ],
      },
    },
  ],
  fails: [
    {
      call: call("chat", { prompt: "x", model: "status-500" }),
      code: "PROVIDER_ERROR",
      message: /answered 500: the gate is shut/,
    },
    {
      call: call("chat", { prompt: "x", model: "status-401" }),
      code: "AUTHENTICATION_FAILED",
      message: /`fleet`/,
    },
    { call: call("chat", { prompt: "x", model: "absent" }), code: "INVALID_PARAMS", message: /"absent"/ },
  ],
  badParams: [
    { call: call("chat", {}), path: "params.prompt" },
    { call: call("chat", { prompt: "a", temprature: 1 }), path: "params.temprature" },
  ],
  unknown: { call: call("chatt", {}), suggests: "chat" },
  carries: {
    call: (text) => call("chat", { prompt: text }),
    read: (result: Json) => textMember(result, "response").slice(SAID.length),
  },
  slow: ({ servers }) => {
    let waiting: Waiting | undefined;
    return {
      call: call("chat", { prompt: "x", model: "drip" }),
      begun: async () => {
        waiting = await Promise.race(servers.map((server) => server.waiting()));
      },
      gone: async () => {
        if (waiting) await closed(waiting);
      },
    };
  },
  huge: { call: call("chat", { prompt: "x", model: "huge" }), code: "TASK_RESULT_INVALID" },
});
