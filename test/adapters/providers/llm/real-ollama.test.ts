// The same provider before a real server: GLEITZEIT_TEST_OLLAMA_URL says where it is, GLEITZEIT_TEST_OLLAMA_MODEL which of
// its models is asked (the first it lists when left out). Without the variable these are skipped, and say so.
import { expect, type TestContext, test } from "vitest";
import { systemClock } from "../../../../src/adapters/host/index.ts";
import { outbound } from "../../../../src/adapters/outbound/index.ts";
import { llmProvider } from "../../../../src/adapters/providers/llm/index.ts";
import { isList, isObject, type JsonObject } from "../../../../src/domain/index.ts";
import type { Outcome } from "../../../../src/engine/ports/index.ts";
import { callContext } from "../call-context.ts";
import { errorOf } from "../outcomes.ts";
import { textMember } from "./protocols.ts";
import { resultObject } from "./rig.ts";

const { GLEITZEIT_TEST_OLLAMA_URL: url = "", GLEITZEIT_TEST_OLLAMA_MODEL: named } = process.env;
const PATIENCE_MS = 300_000;

async function asked(
  context: TestContext,
  use: (ask: (method: string, params: JsonObject) => Promise<Outcome>) => Promise<void>,
): Promise<void> {
  if (url === "") return context.skip("GLEITZEIT_TEST_OLLAMA_URL is not set");
  const client = outbound({});
  const provider = llmProvider({
    name: "real",
    type: "ollama",
    url,
    models: [],
    prices: {},
    outbound: client,
    clock: systemClock(),
    mostBytes: 16_000_000,
  });
  const execute = (method: string, params: JsonObject) =>
    provider.execute({ method, params }, callContext({ timeoutMs: PATIENCE_MS }));
  const { models } = resultObject(await execute("list_models", {}));
  const [first] = isList(models) ? models : [];
  const model = named ?? textMember(first, "name");
  await use((method, params) => execute(method, { model, ...params }));
  await provider.close();
  await client.close();
}

test(
  "a question is answered, its tokens counted, its model known by digest",
  { timeout: PATIENCE_MS },
  (context) =>
    asked(context, async (ask) => {
      const outcome = await ask("chat", { prompt: "Say ahoy.", temperature: 0, seed: 7, max_tokens: 200 });
      expect(textMember(resultObject(outcome), "response")).not.toBe("");
      expect(outcome).toMatchObject({
        usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
        modelDigest: expect.stringMatching(/^[0-9a-f]{12,}$/),
      });
    }),
);

test("an answer is held to its schema", { timeout: PATIENCE_MS }, (context) =>
  asked(context, async (ask) => {
    const response_format = {
      type: "object",
      properties: { boats: { type: "integer" } },
      required: ["boats"],
      additionalProperties: false,
    };
    const { parsed } = resultObject(
      await ask("chat", { prompt: "Three boats are in port. How many?", response_format }),
    );
    expect(isObject(parsed) && typeof parsed.boats).toBe("number");
  }),
);

test("a model that is not there is a wrong parameter", { timeout: PATIENCE_MS }, (context) =>
  asked(context, async (ask) => {
    expect(errorOf(await ask("chat", { prompt: "x", model: "no-such-model-at-all" })).code).toBe(
      "INVALID_PARAMS",
    );
  }),
);
