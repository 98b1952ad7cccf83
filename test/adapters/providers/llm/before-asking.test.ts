// What is found out before a model is asked: files, pictures, which model it is; and vectors.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { JsonObject } from "../../../../src/domain/index.ts";
import { callContext } from "../call-context.ts";
import { errorOf } from "../outcomes.ts";
import { anthropicProtocol, ollamaProtocol, openaiProtocol } from "./protocols.ts";
import { type LlmRig, llmRig, PNG, resultObject } from "./rig.ts";

describe("files:", () => {
  const PICTURE = Buffer.from(PNG, "base64").toString("latin1");
  let rig: LlmRig;
  beforeEach(async () => {
    rig = await llmRig(ollamaProtocol);
  });
  afterEach(() => rig.remove());

  test.each([
    ["vision", { image_path: "a.txt" }, "TASK_PARAMETER_ERROR", /a\.txt is no picture/],
    ["vision", { images: ["bm90aGluZw=="] }, "TASK_PARAMETER_ERROR", /params\.images\[0\] is no picture/],
    ["vision", { images: ["!!"] }, "TASK_PARAMETER_ERROR", /no picture/],
    ["chat", { file_path: "p.png" }, "TASK_PARAMETER_ERROR", /no text in UTF-8: it is a picture.*image_path/],
    ["chat", { file_path: "gone.txt" }, "TASK_PARAMETER_ERROR", /gone\.txt/],
  ] as const)("%s with %j is refused: %s", async (method, given, code, message) => {
    const bytes = new Map([
      ["a.txt", Buffer.from("words")],
      ["p.png", Buffer.from(PICTURE, "latin1")],
    ]);
    const files = [...bytes].map(([path, { length: size }]) => ({ path, hash: "sha256-0", size }));
    const context = callContext({ files, readFile: async ({ path }) => bytes.get(path) ?? Buffer.alloc(0) });
    const params: JsonObject = JSON.parse(JSON.stringify({ prompt: "x", ...given }));
    const error = errorOf(await rig.provider.execute({ method, params }, context));
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(rig.server.heard).toEqual([]);
  });
});

describe("vectors:", () => {
  test.each([ollamaProtocol, openaiProtocol])(
    "$type: one for each text, in order, with model and size",
    async (protocol) => {
      const rig = await llmRig(protocol);
      const outcome = await rig.ask("embed", { input: ["ebb", "flood"] });
      expect(resultObject(outcome)).toEqual({
        embedding: [5, 0, 0.5],
        embeddings: [
          [5, 0, 0.5],
          [7, 1, 0.5],
        ],
        model: "llama3.2",
        dimensions: 3,
      });
      expect(outcome).toMatchObject({ usage: { inputTokens: 7 } });
      expect(resultObject(await rig.ask("embeddings", { text: "ebb" })).dimensions).toBe(3);
      await rig.remove();
    },
  );

  test("where a protocol has none, the method is not there", async () => {
    const rig = await llmRig(anthropicProtocol);
    expect(errorOf(await rig.ask("embed", { text: "ebb" })).code).toBe("METHOD_NOT_SUPPORTED");
    await rig.remove();
  });
});

describe("models:", () => {
  test("what a name stood for is recorded where the server says so", async () => {
    const rig = await llmRig(ollamaProtocol);
    expect(await rig.ask("chat", { prompt: "x" })).toMatchObject({ modelDigest: "digest-of-llama3.2" });
    expect(await rig.ask("chat", { prompt: "x", model: "unlisted" })).not.toHaveProperty("modelDigest");
    await rig.remove();
    const other = await llmRig(openaiProtocol);
    expect(await other.ask("chat", { prompt: "x" })).toMatchObject({ modelDigest: "fp_1" });
    await other.remove();
  });

  test("without a name the only one is asked; among several the error says which there are", async () => {
    const rig = await llmRig(openaiProtocol, { defaultModel: undefined });
    expect(errorOf(await rig.ask("chat", { prompt: "x" }))).toMatchObject({
      code: "INVALID_PARAMS",
      message: expect.stringMatching(/params\.model.*`default_model`.*llama3\.2, nomic-embed-text/),
    });
    await rig.remove();
    const single = await llmRig(openaiProtocol, { defaultModel: undefined }, ["only"]);
    expect(resultObject(await single.ask("chat", { prompt: "x" })).model).toBe("only");
    await single.remove();
  });

  test("the list names each, and where it is", async () => {
    const rig = await llmRig(ollamaProtocol);
    expect(resultObject(await rig.ask("list_models", {}))).toEqual({
      models: [
        { name: "llama3.2:latest", instances: [new URL(rig.server.url).origin] },
        { name: "nomic-embed-text:latest", instances: [new URL(rig.server.url).origin] },
      ],
    });
    await rig.remove();
  });
});

describe("what a protocol cannot do is refused, not left out:", () => {
  test("Anthropic takes no seed, and no format beside tools", async () => {
    const rig = await llmRig(anthropicProtocol);
    const tools = [{ name: "tide" }];
    for (const [params, place] of [
      [{ prompt: "x", seed: 1 }, "params.seed"],
      [{ prompt: "x", tools, response_format: "json" }, "params.response_format"],
    ] as const) {
      const error = errorOf(await rig.ask("chat", JSON.parse(JSON.stringify(params))));
      expect(error).toMatchObject({ code: "INVALID_PARAMS", message: expect.stringContaining(place) });
    }
    expect(rig.server.heard).toEqual([]);
    await rig.remove();
  });
});

test("where a protocol asks for a schema by a tool, the call of that tool is the answer", async () => {
  const rig = await llmRig(anthropicProtocol);
  const response_format = { type: "object", properties: { boats: { type: "integer" } }, required: ["boats"] };
  const result = resultObject(await rig.ask("chat", { prompt: "x", model: "tool-answer", response_format }));
  expect(result).toMatchObject({ parsed: { boats: 3 }, response: '{"boats":3}' });
  expect(result).not.toHaveProperty("tool_calls");
  await rig.remove();
});
