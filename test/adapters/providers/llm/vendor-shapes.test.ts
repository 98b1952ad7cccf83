// What is sent, and what the fake servers answer, against what the vendors publish of their APIs: extracts of their
// descriptions, closed, so that a member that nobody knows there fails. Where each is from stands in it.
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../../src/domain/index.ts";
import { callContext } from "../call-context.ts";
import { errorOf, resultOf } from "../outcomes.ts";
import { anthropicProtocol, type Heard, ollamaProtocol, openaiProtocol, type Protocol } from "./protocols.ts";
import { type LlmRig, llmRig, PNG, resultObject } from "./rig.ts";

const TOOLS = [{ name: "tide", description: "How high.", parameters: { type: "object", properties: {} } }];
const SCHEMA = { type: "object", properties: { boats: { type: "integer" } }, required: ["boats"] };

/** Every way of asking that there is, and what answers are put together again of. */
const asks = ({ type }: Protocol): readonly (readonly [method: string, params: object])[] => [
  ["chat", { prompt: "ahoy" }],
  ["chat", { prompt: "ahoy", system: "be brief", temperature: 0.5, top_p: 0.9, max_tokens: 9, stop: "END" }],
  ...(type === "anthropic" ? [] : [["chat", { prompt: "ahoy", seed: 7 }] as const]),
  [
    "chat",
    {
      messages: [
        { role: "system", content: "a" },
        { role: "user", content: "b" },
      ],
    },
  ],
  ["chat", { prompt: "tide?", tools: [{ name: "bare" }, ...TOOLS] }],
  ["chat", { messages: [...called("call_1", "call_2"), { role: "user", content: "and?" }], tools: TOOLS }],
  ["chat", { prompt: "what?", images: [PNG, `data:image/png;base64,${PNG}`] }],
  ["vision", { prompt: "what?", image_path: "p.png" }],
  ["chat", { prompt: "which?", file_path: "a.txt" }],
  ["complete", { prompt: "Once", system: "short", max_tokens: 5 }],
  ["complete", { prompt: "Once", images: [PNG] }],
];

const called = (...ids: readonly string[]): readonly object[] => [
  { role: "user", content: "tide?" },
  {
    role: "assistant",
    content: "",
    tool_calls: ids.map((id) => ({ id, name: "tide", arguments: { at: 1 } })),
  },
  ...ids.map((id) => ({ role: "tool", content: "3 m", tool_call_id: id })),
];

const FORMATS = ["json", SCHEMA, { type: "array", items: { type: "integer" } }];

const FILES = { "a.txt": "low tide" };

for (const protocol of [ollamaProtocol, openaiProtocol, anthropicProtocol]) {
  describe(`${protocol.type}:`, () => {
    const { problems } = described(protocol.type);
    let rig: LlmRig;
    beforeEach(async () => {
      rig = await llmRig(protocol);
    });
    afterEach(() => rig.remove());
    const sent = (): readonly unknown[] =>
      rig.server.heard.flatMap(({ path, body }) => problems(`POST ${path}`, body));

    test("all that is asked is as its vendor takes it", async () => {
      const context = callContext({}, FILES);
      const withPicture = {
        ...context,
        files: [...context.files, { path: "p.png", hash: "sha256-0", size: 1 }],
        readFile: (file: (typeof context.files)[number]) =>
          file.path === "p.png" ? Promise.resolve(Buffer.from(PNG, "base64")) : context.readFile(file),
      };
      const params = (given: object): JsonObject => JSON.parse(JSON.stringify(given));
      for (const [method, given] of asks(protocol))
        resultOf(await rig.provider.execute({ method, params: params(given) }, withPicture));
      for (const response_format of FORMATS) {
        rig.server.script("not yet", JSON.stringify(response_format === SCHEMA ? { boats: 1 } : [1]));
        resultOf(await rig.ask("chat", params({ prompt: "how many?", response_format })));
      }
      if (protocol.embeddings) resultOf(await rig.ask("embed", { text: ["ebb", "flood"] }));
      const asked = asks(protocol).length + 2 * FORMATS.length + (protocol.embeddings ? 1 : 0);
      expect(rig.server.heard.length).toBe(asked);
      expect(sent()).toEqual([]);
    });

    test("what the fake server answers is what its vendor would", () => {
      for (const path of ["/api/chat", "/api/generate"]) {
        const heard: Heard = { path, headers: {}, body: {}, model: "m", text: "" };
        const events = framesIn(
          protocol.start("m") +
            protocol.text("a", heard) +
            protocol.call("tide", { at: 1 }, heard, 0) +
            protocol.call("tide", { at: 2 }, heard, 1) +
            protocol.end(heard, "tool_calls"),
        );
        const name = path === "/api/generate" && protocol.type === "ollama" ? "generate event" : "chat event";
        const all = name === "chat event" ? events : events.filter((event) => !("message" in event));
        expect(all.flatMap((event) => problems(name, event))).toEqual([]);
        expect(all.length).toBeGreaterThan(1);
      }
      const heard: Heard = { path: "/api/chat", headers: {}, body: {}, model: "m", text: "" };
      const parsed = (text: string): JsonObject => JSON.parse(text);
      expect(
        problems(protocol.type === "ollama" ? "chat event" : "whole", parsed(protocol.whole("a", heard))),
      ).toEqual([]);
      expect(problems("error", parsed(protocol.errorBody("some_error", "no")))).toEqual([]);
      expect(problems("models", parsed(protocol.models(["a", "b"])))).toEqual([]);
      if (protocol.embeddings)
        expect(problems("embeddings", parsed(protocol.embeddings([[1, 2]], heard)))).toEqual([]);
      const [fault = {}] = framesIn(protocol.error("overloaded_error", "full"));
      expect(problems(protocol.type === "anthropic" ? "chat event" : "error", fault)).toEqual([]);
    });
  });
}

test("a picture of a kind that Anthropic does not take is refused before it is sent", async () => {
  const rig = await llmRig(anthropicProtocol);
  const bmp = Buffer.concat([Buffer.from("BM"), Buffer.alloc(40)]).toString("base64");
  expect(errorOf(await rig.ask("vision", { prompt: "what?", images: [bmp] }))).toMatchObject({
    code: "INVALID_PARAMS",
    message: expect.stringMatching(/image\/bmp/),
  });
  expect(rig.server.heard).toEqual([]);
  await rig.remove();
  const other = await llmRig(ollamaProtocol);
  expect(resultObject(await other.ask("vision", { prompt: "what?", images: [bmp] })).response).toBe(
    "You said: what?",
  );
  await other.remove();
});

function described(type: Protocol["type"]) {
  const extract: object = JSON.parse(readFileSync(new URL(`vendors/${type}.json`, import.meta.url), "utf8"));
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema(extract, "vendor");
  const problems = (name: string, value: Json): readonly unknown[] => {
    const pointer = name.replaceAll("/", "~1").replaceAll(" ", "%20");
    const validate = ajv.getSchema(`vendor#/$defs/${pointer}`);
    if (!validate) return [`${type} has no ${name}`];
    return validate(value) ? [] : [{ name, value, errors: ajv.errorsText(validate.errors) }];
  };
  return { problems };
}

/** Of lines, or of server-sent events; the one that only says that it is over is none. */
function framesIn(text: string): readonly JsonObject[] {
  const lines = text.split("\n").map((line) => line.replace(/^data: /, ""));
  return lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
}
