// What can go wrong between a question and its answer, each with its code, and whether asking again can help.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type HandClock, handClock } from "../../../engine/hand-clock.ts";
import { errorOf } from "../outcomes.ts";
import { anthropicProtocol, ollamaProtocol, openaiProtocol } from "./protocols.ts";
import { closed, KEY, type LlmRig, llmRig, resultObject } from "./rig.ts";

for (const protocol of [ollamaProtocol, openaiProtocol, anthropicProtocol]) {
  describe(`${protocol.type}:`, () => {
    let rig: LlmRig;
    let clock: HandClock;
    beforeEach(async () => {
      clock = handClock(Date.parse("2026-11-25T12:00:00Z"));
      rig = await llmRig(protocol, { clock, timeoutMs: 60_000 });
    });
    afterEach(() => rig.remove());
    const ask = (model: string) => rig.ask("chat", { prompt: "ahoy", model });

    test.each([
      ["status-400", "PROVIDER_ERROR", false],
      ["status-401", "AUTHENTICATION_FAILED", false],
      ["status-402", "RESOURCE_EXHAUSTED", false],
      ["status-403", "AUTHORIZATION_FAILED", false],
      ["status-404", "PROVIDER_ERROR", false],
      ["status-408", "PROVIDER_TIMEOUT", true],
      ["status-425", "PROVIDER_NOT_AVAILABLE", true],
      ["status-429", "RATE_LIMIT_EXCEEDED", true],
      ["status-500", "PROVIDER_ERROR", true],
      ["status-503", "PROVIDER_NOT_AVAILABLE", true],
      ["overloaded", "PROVIDER_OVERLOADED", true],
      ["quota", "RESOURCE_EXHAUSTED", false],
      ["absent", "INVALID_PARAMS", false],
      ["pulled", "PROVIDER_NOT_AVAILABLE", true],
      ["away", "PROVIDER_ERROR", false],
      ["page", "PROVIDER_ERROR", false],
      ["empty", "PROVIDER_ERROR", true],
      ["spent", "PROVIDER_ERROR", false],
      ["cut-off", "TASK_RESULT_INVALID", false],
      ["nothing", "CONNECTION_LOST", true],
      ["reset", "CONNECTION_LOST", true],
      ["cut", "CONNECTION_LOST", true],
      ["half", "CONNECTION_LOST", true],
      ["half-json", "CONNECTION_LOST", true],
      ["garbage", "PROVIDER_ERROR", true],
      ["bytes", "PROVIDER_ERROR", true],
      ["huge", "TASK_RESULT_INVALID", false],
      ["huge-line", "TASK_RESULT_INVALID", false],
    ])("%s is %s, retryable: %s", async (model, code, retryable) => {
      expect(errorOf(await ask(model))).toMatchObject({ code, retryable });
    });

    test("an answer that breaks off with an error says which, and is no answer", async () => {
      const error = errorOf(await ask("midway"));
      expect(error).toMatchObject({
        retryable: true,
        message: expect.stringContaining("the bridge is full"),
      });
      expect(error.code).toBe(protocol.type === "ollama" ? "PROVIDER_ERROR" : "PROVIDER_OVERLOADED");
    });

    test("half an answer is one where a limit was asked for, and nowhere else; half a document never is", async () => {
      const half = '{"boats": 3, "and';
      expect(await ask("cut-off")).toMatchObject({
        error: { message: expect.stringContaining("say `max_tokens`") },
        evidence: { partial: half },
      });
      const asked = { prompt: "ahoy", model: "cut-off", max_tokens: 5 };
      const result = resultObject(await rig.ask("chat", asked));
      expect(result).toMatchObject({
        response: half,
        finish_reason: expect.stringMatching(/length|max_tokens/),
      });
      expect(rig.server.heard).toHaveLength(2);
      expect(await rig.ask("chat", { ...asked, response_format: "json" })).toMatchObject({
        error: { code: "TASK_RESULT_INVALID", message: expect.stringContaining("raise `max_tokens`") },
      });
      expect(rig.server.heard).toHaveLength(3);
    });

    test("who is asked for patience is told how long", async () => {
      expect(await ask("status-429-120")).toMatchObject({ retryAfterMs: 120_000 });
      expect(await ask("status-503-Wed, 25 Nov 2026 12:01:00 GMT")).toMatchObject({ retryAfterMs: 60_000 });
      expect(await ask("status-400-120")).not.toHaveProperty("retryAfterMs");
    });

    test("what the server said stays as evidence: of a refusal, and of an answer that broke off", async () => {
      expect(await ask("status-500")).toMatchObject({
        evidence: { http: { status: 500, body: expect.stringContaining("the gate") } },
      });
      for (const model of ["half", "cut"]) {
        expect(await ask(model), model).toMatchObject({ evidence: { partial: "and then" } });
      }
    });

    test("each is asked once: trying again is the engine's", async () => {
      await ask("status-503");
      await ask("reset");
      expect(rig.server.heard).toHaveLength(2);
    });

    test.each(["silence", "drip"])("%s is given up when the provider's time is over", async (model) => {
      const outcome = ask(model);
      const waiting = await rig.server.waiting();
      await clock.advance(60_000);
      expect(errorOf(await outcome)).toMatchObject({
        code: "PROVIDER_TIMEOUT",
        retryable: true,
        message: expect.stringContaining("60 seconds"),
      });
      await closed(waiting);
    });

    test("a key that the server sends back goes no further", async () => {
      const chunks: string[] = [];
      const told = await rig.ask(
        "chat",
        { prompt: "x", model: "tattler" },
        { emit: ({ text }) => chunks.push(text) },
      );
      const refused = await ask("tattler-401");
      expect(JSON.stringify([told, refused, chunks])).not.toContain(KEY);
      expect(JSON.stringify(rig.server.heard[0]?.headers)).toContain(KEY);
      expect(JSON.stringify(told)).toContain("***");
    });

    test("without its key nobody is asked, and the error says what to set", async () => {
      const bare = await llmRig(protocol, { apiKey: { variable: "MODEL_KEY", read: async () => undefined } });
      expect(errorOf(await bare.ask("chat", { prompt: "x" }))).toMatchObject({
        code: "CONFIGURATION_ERROR",
        message: expect.stringContaining("MODEL_KEY"),
      });
      expect(bare.server.heard).toEqual([]);
      await bare.remove();
    });
  });
}

test("where nobody listens, the connection is refused, and the provider is not healthy", async () => {
  const rig = await llmRig(ollamaProtocol, { url: "http://127.0.0.1:1" });
  expect(errorOf(await rig.ask("chat", { prompt: "x" })).code).toBe("CONNECTION_REFUSED");
  expect(await rig.provider.health?.()).toMatchObject({ status: "unhealthy" });
  await rig.remove();
});
