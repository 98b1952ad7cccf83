// Documents whose models, keys and files are wrong, from the command line, whatever the server speaks: what is said, and
// how often the server is asked.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type FakeModels, fakeModels } from "../providers/llm/fake-models.ts";
import { anthropicProtocol, ollamaProtocol, openaiProtocol } from "../providers/llm/protocols.ts";
import { at, rig } from "./rig.ts";

const here = rig();

const document = (params: string): string => `name: Asked
tasks:
  - id: ask
    method: llm/chat
    params: ${params}
    retry: {max_attempts: 3, backoff: fixed, base_delay: 0.01, max_delay: 0.01, jitter: false}
`;

describe.each([ollamaProtocol, openaiProtocol, anthropicProtocol])("$type:", (protocol) => {
  let server: FakeModels;
  beforeEach(async () => {
    server = await fakeModels(protocol);
    const settings = `{type: ${protocol.type}, url: "${server.url}", default_model: llama3.2}`;
    await here().file("gleitzeit.yaml", `providers: {models: ${settings}}\n`);
  });
  afterEach(() => server.close());

  const asked = async (params: string) => {
    const file = await here().file("ask.yaml", document(params));
    const { exit, json } = await here().gleitzeit(["run", file, "--json"]);
    return { exit, task: at(json, "tasks.ask"), error: at(json, "error") };
  };

  test.each([
    ["a wrong key", "status-401", "AUTHENTICATION_FAILED", 1],
    ["a quota that is used up", "quota", "RESOURCE_EXHAUSTED", 1],
    ["a model that is not there", "absent", "INVALID_PARAMS", 1],
    ["no API of models", "page", "PROVIDER_ERROR", 1],
    ["a redirect", "away", "PROVIDER_ERROR", 1],
    ["a model that is being pulled", "pulled", "PROVIDER_NOT_AVAILABLE", 3],
    ["an empty answer", "empty", "PROVIDER_ERROR", 3],
    ["truncated JSON", "half-json", "CONNECTION_LOST", 3],
    ["no JSON", "garbage", "PROVIDER_ERROR", 3],
    ["a reset in mid-answer", "reset", "CONNECTION_LOST", 3],
  ])("%s ends the run as failed, asked %4$s times", async (_, model, code, times) => {
    const { exit, task } = await asked(`{prompt: ahoy, model: ${model}}`);
    expect({ exit, task }).toMatchObject({
      exit: 1,
      task: { status: "failed", attempts: times, error: { code } },
    });
    expect(server.heard).toHaveLength(times);
  });

  test.each([
    ["a file that is not there", "{prompt: x, file_path: gone.txt}", 3, /gone\.txt/],
    ["a file outside of the folder", "{prompt: x, file_path: ../../outside.txt}", 3, /outside\.txt/],
    ["a file by way of the root", "{prompt: x, file_path: /etc/passwd}", 3, /\/etc\/passwd/],
    ["a picture that is none", "{prompt: x, image_path: words.txt}", 1, /words\.txt is no picture/],
  ])("%s: nobody is asked", async (_, params, exit, message) => {
    await here().file("words.txt", "words");
    await here().file("../outside.txt", "words");
    const found = await asked(params);
    expect(found.exit).toBe(exit);
    expect(JSON.stringify(found)).toMatch(message);
    expect(server.heard).toEqual([]);
  });
});
