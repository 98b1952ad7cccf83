// A document that asks a model, from the command line to a server and back.
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FakeModels, fakeModels } from "../providers/llm/fake-models.ts";
import { ollamaProtocol } from "../providers/llm/protocols.ts";
import { at, rig } from "./rig.ts";

const here = rig();
let server: FakeModels;
beforeEach(async () => {
  server = await fakeModels(ollamaProtocol);
});
afterEach(() => server.close());

const DOCUMENT = `name: Tides
inputs:
  topic: {type: string, default: tides}
tasks:
  - id: explain
    method: llm/chat
    params: {prompt: "Explain \${inputs.topic}.", model: llama3.2, temperature: 0, seed: 7}
  - id: shorten
    method: llm/chat
    params: {prompt: "Shorten: \${explain.response}", model: llama3.2}
outputs:
  answer: \${shorten.response}
`;

test("a variable with the server's address is enough to ask it", async () => {
  const file = await here().file("tides.yaml", DOCUMENT);
  const env = { GLEITZEIT_OLLAMA_URL: server.url };
  const { exit, json, err } = await here().gleitzeit(["run", file, "--json"], { env });
  expect(err).not.toMatch(/error/);
  expect(exit).toBe(0);
  expect(at(json, "outputs.answer")).toBe("You said: Shorten: You said: Explain tides.");
  expect(at(json, "tasks.explain.result")).toMatchObject({
    role: "assistant",
    model: "llama3.2",
    provider_id: "ollama",
    tokens_used: 12,
    total_duration: 1.5,
    finish_reason: "stop",
  });
  expect(server.heard[0]?.body).toMatchObject({ options: { temperature: 0, seed: 7 } });
});
