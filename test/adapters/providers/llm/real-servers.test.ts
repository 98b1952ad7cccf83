// The same provider before real servers: GLEITZEIT_TEST_OLLAMA_URL, GLEITZEIT_TEST_OPENAI_URL and GLEITZEIT_TEST_ANTHROPIC_URL
// say where they are, …_KEY what they want for it, …_MODEL which of their models is asked (the first that is listed when
// left out). Without its variable a server's tests are skipped, and say so. A scripted server is named in the same way, so
// that the suite itself is known to work.
import { afterAll, beforeAll, describe, expect, type TestContext, test } from "vitest";
import { systemClock } from "../../../../src/adapters/host/index.ts";
import { outbound } from "../../../../src/adapters/outbound/index.ts";
import { llmProvider } from "../../../../src/adapters/providers/llm/index.ts";
import { isList, isObject, type JsonObject } from "../../../../src/domain/index.ts";
import type { Outcome } from "../../../../src/engine/ports/index.ts";
import { callContext } from "../call-context.ts";
import { errorOf } from "../outcomes.ts";
import { fakeModels } from "./fake-models.ts";
import {
  anthropicProtocol,
  type Heard,
  ollamaProtocol,
  openaiProtocol,
  type Protocol,
  textMember,
} from "./protocols.ts";
import { PNG, resultObject } from "./rig.ts";

const PATIENCE_MS = 300_000;
const TOOL = {
  name: "tide",
  description: "How high the tide is in a port, in metres.",
  parameters: { type: "object", properties: { port: { type: "string" } }, required: ["port"] },
};
const SCHEMA = {
  type: "object",
  properties: { boats: { type: "integer" } },
  required: ["boats"],
  additionalProperties: false,
};

type Ask = (method: string, params: JsonObject, emit?: (text: string) => void) => Promise<Outcome>;

type Variables = { readonly [name: string]: string | undefined };

async function asked(
  type: Protocol["type"],
  env: Variables,
  context: TestContext,
  use: (ask: Ask) => Promise<void>,
): Promise<void> {
  const prefix = `GLEITZEIT_TEST_${type.toUpperCase()}`;
  const { [`${prefix}_URL`]: url = "", [`${prefix}_MODEL`]: named, [`${prefix}_KEY`]: key } = env;
  if (url === "") return context.skip(`${prefix}_URL is not set`);
  const client = outbound({});
  const provider = llmProvider({
    name: "real",
    type,
    url,
    ...(key !== undefined && { apiKey: { variable: `${prefix}_KEY`, read: async () => key } }),
    models: [],
    prices: {},
    outbound: client,
    clock: systemClock(),
    mostBytes: 16_000_000,
  });
  const execute = (method: string, params: JsonObject, emit?: (text: string) => void) =>
    provider.execute(
      { method, params },
      callContext({ timeoutMs: PATIENCE_MS, ...(emit && { emit: ({ text }) => emit(text) }) }),
    );
  const { models } = resultObject(await execute("list_models", {}));
  const [first] = isList(models) ? models : [];
  const model = named ?? textMember(first, "name");
  await use((method, params, emit) => execute(method, { model, ...params }, emit));
  await provider.close();
  await client.close();
}

type Where = {
  readonly type: Protocol["type"];
  readonly env: () => Variables;
  /** Of the model's digest. */
  readonly digest: RegExp;
  readonly missing: string;
};

function suite({ type, env, digest, missing }: Where): void {
  const real = (name: string, use: (ask: Ask) => Promise<void>): void =>
    test(name, { timeout: PATIENCE_MS }, (context) => asked(type, env(), context, use));

  real("a question is answered as it is written, and its tokens are counted", async (ask) => {
    const chunks: string[] = [];
    const prompt = "Count from one to ten, in words.";
    const outcome = await ask("chat", { prompt, max_tokens: 200 }, (text) => chunks.push(text));
    const { response } = resultObject(outcome);
    expect(response).not.toBe("");
    expect(chunks.join("")).toContain(response);
    expect(chunks.length).toBeGreaterThan(1);
    expect(outcome).toMatchObject({
      usage: { inputTokens: expect.any(Number), outputTokens: expect.any(Number) },
      ...(type === "ollama" && { modelDigest: expect.stringMatching(digest) }),
    });
  });

  real("an answer is held to its schema", async (ask) => {
    const prompt = "Three boats are in port. How many?";
    const { parsed } = resultObject(await ask("chat", { prompt, response_format: SCHEMA }));
    expect(isObject(parsed) && typeof parsed.boats).toBe("number");
  });

  real("a tool is called, and its answer taken", async (ask) => {
    const question = { role: "user", content: "How high is the tide in Büsum? Ask the tool." };
    const first = resultObject(await ask("chat", { messages: [question], tools: [TOOL] }));
    const calls = isList(first.tool_calls) ? first.tool_calls : [];
    expect(calls).toMatchObject([{ name: "tide" }]);
    const answers = calls.map((call) => ({
      role: "tool",
      tool_call_id: textMember(call, "id"),
      content: "3 m",
    }));
    const said = { role: "assistant", content: textMember(first, "content"), tool_calls: calls };
    const second = await ask("chat", { messages: [question, said, ...answers], tools: [TOOL] });
    expect(resultObject(second).response).toMatch(/3/);
  });

  real("a picture that is one is taken, or refused as the model's to refuse", async (ask) => {
    const outcome = await ask("vision", { prompt: "What is it?", images: [PNG] });
    if (!outcome.ok) expect(errorOf(outcome)).toMatchObject({ code: "PROVIDER_ERROR" });
  });

  real("a model that is not there is a wrong parameter", async (ask) => {
    expect(errorOf(await ask("chat", { prompt: "x", model: missing })).code).toBe("INVALID_PARAMS");
  });
}

describe.each(["ollama", "openai", "anthropic"] as const)("a real server, %s:", (type) => {
  suite({ type, env: () => process.env, digest: /^[0-9a-f]{12,}$/, missing: "no-such-model-at-all" });
});

/** As a model would answer that does what it is told. */
function obedient({ body, text }: Heard): string | undefined {
  const form = textMember(body.tool_choice, "name");
  if (form !== "") return `call ${form} {"boats": 3}`;
  if (/How many/.test(text)) return '{"boats": 3}';
  if (/Count/.test(text)) return "one two three four five six seven eight nine ten ".repeat(200);
  if (JSON.stringify(body).includes("3 m")) return "It is 3 metres high.";
  return body.tools === undefined ? undefined : 'call tide {"port": "Büsum"}';
}

describe.each([ollamaProtocol, openaiProtocol, anthropicProtocol])(
  "a scripted server, $type:",
  (protocol) => {
    let env: Variables = {};
    let close = async (): Promise<void> => undefined;
    beforeAll(async () => {
      const server = await fakeModels(protocol);
      server.answers((heard) => (heard.model === "absent" ? undefined : obedient(heard)));
      env = { [`GLEITZEIT_TEST_${protocol.type.toUpperCase()}_URL`]: server.url };
      close = server.close;
    });
    afterAll(() => close());
    suite({ type: protocol.type, env: () => env, digest: /^digest-of-/, missing: "absent" });
  },
);
