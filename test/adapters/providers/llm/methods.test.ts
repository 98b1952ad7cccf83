// What each protocol does beyond asking and answering: schemas, tools, files, pictures, counts and prices.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { isList, isObject, type JsonObject } from "../../../../src/domain/index.ts";
import { callContext } from "../call-context.ts";
import { errorOf } from "../outcomes.ts";
import { anthropicProtocol, ollamaProtocol, openaiProtocol } from "./protocols.ts";
import { type LlmRig, llmRig, PNG, resultObject } from "./rig.ts";

const SCHEMA: JsonObject = {
  type: "object",
  properties: { boats: { type: "integer" } },
  required: ["boats"],
  additionalProperties: false,
};

for (const protocol of [ollamaProtocol, openaiProtocol, anthropicProtocol]) {
  describe(`${protocol.type}:`, () => {
    let rig: LlmRig;
    beforeEach(async () => {
      rig = await llmRig(protocol, { prices: { "llama3.2": { input: 0.5, output: 2 } } });
    });
    afterEach(() => rig.remove());
    const body = (nth = 0): JsonObject => rig.server.heard[nth]?.body ?? {};

    test("what is counted is recorded, with its price; the server's seconds, the model", async () => {
      const outcome = await rig.ask("chat", { prompt: "ahoy" });
      expect(outcome).toMatchObject({
        usage: { inputTokens: 7, outputTokens: 5, costMicros: 14 },
        model: "llama3.2",
        instance: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
        result: { prompt_tokens: 7, completion_tokens: 5, tokens_used: 12, provider_id: "local" },
      });
      const free = await rig.ask("chat", { prompt: "ahoy", model: "another" });
      expect(free).not.toHaveProperty("usage.costMicros");
    });

    test("tokens are live chunks while the answer is still being written", async () => {
      const chunks: string[] = [];
      let first = (): void => undefined;
      const begun = new Promise<void>((resolve) => {
        first = resolve;
      });
      const emit = ({ text }: { readonly text: string }): void => {
        chunks.push(text);
        first();
      };
      const outcome = rig.ask("chat", { prompt: "x", model: "drip" }, { emit });
      const waiting = await rig.server.waiting();
      await begun;
      expect(chunks).toEqual(["drop"]);
      waiting.say(" by drop");
      waiting.end();
      expect(resultObject(await outcome).response).toBe("drop by drop");
      expect(chunks).toEqual(["drop", " by drop"]);
    });

    test("an answer in one piece is an answer", async () => {
      expect(resultObject(await rig.ask("chat", { prompt: "ahoy", model: "whole" })).response).toBe(
        "You said: ahoy",
      );
    });

    test("an answer of a schema is parsed, out of a fence too", async () => {
      rig.server.script('```json\n{"boats": 3}\n```');
      const result = resultObject(await rig.ask("chat", { prompt: "how many?", response_format: SCHEMA }));
      expect(result.parsed).toEqual({ boats: 3 });
      expect(JSON.stringify(body())).toContain('"boats"');
      expect(rig.server.heard).toHaveLength(1);
    });

    test("one that is not is sent back once, with what is wrong; both are counted", async () => {
      rig.server.script('{"boats": "three"}', '{"boats": 3}');
      const outcome = await rig.ask("chat", { prompt: "how many?", response_format: SCHEMA });
      expect(resultObject(outcome).parsed).toEqual({ boats: 3 });
      expect(outcome).toMatchObject({ usage: { inputTokens: 14, outputTokens: 10 } });
      expect(rig.server.heard[1]?.text).toMatch(/\/boats must be integer/);
      expect(JSON.stringify(body(1))).toContain("three");
    });

    test("twice wrong is a failure that keeps what was said; a schema that is none is refused", async () => {
      rig.server.script("three", "perhaps three");
      const outcome = await rig.ask("chat", { prompt: "how many?", response_format: SCHEMA });
      expect(errorOf(outcome)).toMatchObject({
        code: "TASK_RESULT_INVALID",
        message: expect.stringContaining("not JSON"),
      });
      expect(outcome).toMatchObject({ evidence: { partial: "perhaps three" } });
      expect(rig.server.heard).toHaveLength(2);
      expect(errorOf(await rig.ask("chat", { prompt: "x", response_format: { type: "bot" } }))).toMatchObject(
        {
          code: "INVALID_PARAMS",
          message: expect.stringContaining("params.response_format"),
        },
      );
    });

    test("calls of tools come whole, and go back with what they gave", async () => {
      const tools = [
        { name: "tide", description: "How high.", parameters: { type: "object", properties: {} } },
      ];
      const result = resultObject(await rig.ask("chat", { prompt: "tide?", model: "caller", tools }));
      const calls = result.tool_calls;
      expect(calls).toEqual([{ id: expect.any(String), name: "tide", arguments: { port: "Büsum" } }]);
      const messages = [
        { role: "user", content: "tide?" },
        { role: "assistant", content: "", tool_calls: calls ?? [] },
        { role: "tool", content: "3 m", tool_call_id: idOf(calls) },
      ];
      resultObject(await rig.ask("chat", { messages, tools }));
      const sent = JSON.stringify(body(1));
      expect(sent).toContain("Büsum");
      expect(sent).toContain("3 m");
      expect(sent).toContain("How high.");
    });

    test("texts stand behind the last message of the user, with their paths; pictures go along", async () => {
      const files = { "a.txt": "low tide", "notes/b.md": "high tide" };
      const context = callContext({}, files);
      const params = { prompt: "compare", file_path: "./a.txt", files: ["notes/b.md"], images: [PNG] };
      const outcome = await rig.provider.execute({ method: "chat", params }, context);
      expect(resultObject(outcome).response).toContain(
        "compare\n\nFile content from ./a.txt:\nlow tide\n\nFile content from notes/b.md:\nhigh tide",
      );
      expect(JSON.stringify(body())).toContain(PNG);
      expect(rig.provider.methods.chat?.files?.(params)).toMatchObject({
        required: ["./a.txt", "notes/b.md"],
      });
    });

    test("sampling is asked for in the protocol's own words, and the server's options are handed on", async () => {
      const params = {
        prompt: "x",
        temperature: 0.5,
        top_p: 0.9,
        max_tokens: 9,
        stop: "END",
        options: { odd: 1 },
      };
      resultObject(await rig.ask("chat", params));
      const sent = body();
      const options = isObject(sent.options) ? sent.options : sent;
      expect(options).toMatchObject({ temperature: 0.5, top_p: 0.9, odd: 1 });
      expect(Object.values(options)).toContainEqual(["END"]);
      expect(Object.values(options)).toContain(9);
    });

    test("messages are taken in parts and pictures in data URLs; an address elsewhere is not fetched", async () => {
      const url = `data:image/png;base64,${PNG}`;
      const content = (image: string) => [
        { type: "text", text: "what is this?" },
        { type: "image_url", image_url: { url: image } },
      ];
      resultObject(await rig.ask("vision", { messages: [{ role: "user", content: content(url) }] }));
      expect(JSON.stringify(body())).toContain(PNG);
      const elsewhere = [{ role: "user", content: content("https://example.org/a.png") }];
      expect(errorOf(await rig.ask("vision", { messages: elsewhere })).code).toBe("INVALID_PARAMS");
    });
  });
}

function idOf(calls: JsonObject[string] | undefined): string {
  const [first] = isList(calls) ? calls : [];
  return isObject(first) && typeof first.id === "string" ? first.id : "";
}
