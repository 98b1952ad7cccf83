// Each protocol is one provider more that keeps the promises of all.
import type { Json } from "../../../../src/domain/index.ts";
import { describeProvider } from "../provider.contract.ts";
import type { Waiting } from "./fake-models.ts";
import { anthropicProtocol, ollamaProtocol, openaiProtocol, textMember } from "./protocols.ts";
import { closed, llmRig } from "./rig.ts";

const call = (method: string, params: object) => ({ method, params: JSON.parse(JSON.stringify(params)) });
const SAID = "You said: ";
const spoken = (result: Json): string => textMember(result, "response").slice(SAID.length);

for (const protocol of [ollamaProtocol, openaiProtocol, anthropicProtocol]) {
  describeProvider(`llm, ${protocol.type}`, () => llmRig(protocol), {
    works: [
      {
        call: call("chat", { prompt: "ahoy" }),
        result: {
          response: "You said: ahoy",
          content: "You said: ahoy",
          role: "assistant",
          model: "llama3.2",
        },
      },
      { call: call("generate", { prompt: "ahoy" }), result: { text: "You said: ahoy", tokens_used: 12 } },
      { call: call("list_models", {}), result: { models: [{}, {}] } },
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
        message: /`local`/,
      },
      {
        call: call("chat", { prompt: "x", model: "absent" }),
        code: "INVALID_PARAMS",
        message: /params\.model.*"absent"/,
      },
    ],
    badParams: [
      { call: call("chat", {}), path: "params.prompt" },
      {
        call: call("chat", { prompt: "a", messages: [{ role: "user", content: "b" }] }),
        path: "params.prompt",
      },
      {
        call: call("chat", { messages: [{ role: "captain", content: "b" }] }),
        path: "params.messages[0].role",
      },
      { call: call("chat", { prompt: "a", temperature: "hot" }), path: "params.temperature" },
      { call: call("chat", { prompt: "a", temprature: 1 }), path: "params.temprature" },
      { call: call("chat", { prompt: "a", max_tokens: 0 }), path: "params.max_tokens" },
      { call: call("chat", { prompt: "a", tools: [{ description: "nameless" }] }), path: "params.tools[0]" },
      { call: call("vision", { prompt: "a" }), path: "params.image_path" },
      { call: call("complete", { prompt: 7 }), path: "params.prompt" },
      ...(protocol.embeddings
        ? [
            { call: call("embed", {}), path: "params.text" },
            { call: call("embed", { text: "a", input: "b" }), path: "params.text" },
            { call: call("embed", { text: [] }), path: "params.text" },
          ]
        : []),
    ],
    unknown: { call: call("chatt", {}), suggests: "chat" },
    carries: { call: (text) => call("chat", { prompt: text }), read: spoken },
    slow: ({ server }) => {
      let waiting: Waiting | undefined;
      return {
        call: call("chat", { prompt: "x", model: "drip" }),
        begun: async () => {
          waiting = await server.waiting();
        },
        gone: async () => {
          if (waiting) await closed(waiting);
        },
      };
    },
    huge: { call: call("chat", { prompt: "x", model: "huge" }), code: "TASK_RESULT_INVALID" },
  });
}
