// Servers of models: declared in the file, named by the environment, and where their keys are.
import { expect, test } from "vitest";
import { modelServer, shown } from "../../../src/adapters/config/index.ts";
import { ground, load, write } from "./places.ts";

const here = ground();

const providersOf = async (text: string, env: Readonly<Record<string, string>>) => {
  await write(here().work, "gleitzeit.yaml", text);
  const { values } = await load(here(), env);
  return values.providers;
};

test("the environment alone declares them: an address of our own first, the vendors' keys by name, never by value", async () => {
  const found = await providersOf("{}\n", {
    ANTHROPIC_API_KEY: "ak-1",
    OPENAI_API_KEY: "ok-1",
    GLEITZEIT_OLLAMA_URL: "http://10.0.0.7:11434",
  });
  expect(Object.keys(found)).toEqual(["ollama", "openai", "anthropic"]);
  expect(found.ollama).toMatchObject({ type: "ollama", url: "http://10.0.0.7:11434" });
  expect(JSON.stringify(found)).not.toMatch(/ak-1|ok-1/);
});

test("a file's provider keeps its settings and gets the address; a vendor's variable adds nothing to one of its type", async () => {
  const text = `providers:
  mine: {type: openai, url: http://10.0.0.8/v1}
  ollama: {type: ollama, instances: [{url: http://10.0.0.9, models: [a, b]}], timeout: 9}
`;
  const found = await providersOf(text, { OPENAI_API_KEY: "ok-1", GLEITZEIT_OLLAMA_URL: "http://10.0.0.7" });
  expect(Object.keys(found)).toEqual(["ollama", "mine"]);
  expect(found.ollama).toEqual({
    type: "ollama",
    instances: [{ url: "http://10.0.0.7", models: ["a", "b"] }],
    timeout: 9,
    prices: {},
  });
});

test("a bad address is told by the variable's name", async () => {
  await expect(load(here(), { GLEITZEIT_OLLAMA_URL: "127.0.0.1:11434" })).rejects.toMatchObject({
    message: expect.stringContaining("GLEITZEIT_OLLAMA_URL"),
  });
});

test("the vendor's key goes to the vendor; another server gets the one that is named for it", () => {
  const env = { OPENAI_API_KEY: "ok-1", OTHER: "other-1" };
  const openai = { type: "openai", prices: {} } as const;
  expect(modelServer(openai, env)).toMatchObject({
    url: "https://api.openai.com/v1",
    apiKey: { variable: "OPENAI_API_KEY", value: "ok-1" },
  });
  expect(modelServer({ ...openai, url: "http://10.0.0.8/v1" }, env).apiKey).toBeUndefined();
  const named = modelServer({ ...openai, url: "http://10.0.0.8/v1", api_key: "${secret.OTHER}" }, env);
  expect(named.apiKey).toEqual({ variable: "OTHER", value: "other-1" });
  expect(modelServer({ ...openai, api_key: "${secret.NONE}" }, env).apiKey?.value).toBeUndefined();
  expect(modelServer({ ...openai, models: ["a", "b"] }, env).defaultModel).toBe("a");
  expect(modelServer({ ...openai, models: ["a"], default_model: "b" }, env).defaultModel).toBe("b");
});

test("what is shown names where a key is, and masks one that stands there in clear", async () => {
  const text = `providers:
  a: {type: openai, api_key: "\${secret.A_KEY}"}
  b: {type: openai, instances: [{url: http://10.0.0.8, api_key: hunter2}]}
`;
  await write(here().work, "gleitzeit.yaml", text);
  const all = JSON.stringify(shown(await load(here(), { A_KEY: "hunter3" })));
  expect(all).toContain("${secret.A_KEY}");
  expect(all).not.toMatch(/hunter/);
});
