// Secrets that are missing, what is stored of calls that name some, and workflows that hand them on.
import { describe, expect, test } from "vitest";
import type { Definition, JsonObject, RunId } from "../../src/domain/index.ts";
import { called, ok, type Rig, rig, scripted, workflow } from "./rig.ts";

const VALUE = 'pass"wörd/ 4711!';

const one = (params: JsonObject, more: JsonObject = {}): Definition =>
  workflow([{ id: "a", params, ...more }]);

async function everything(r: Rig, run: RunId): Promise<string> {
  return JSON.stringify((await r.log(run)).map(({ event }) => event));
}

const told = (text: string): string => JSON.stringify(text).slice(1, -1);

describe("what is missing", () => {
  test.each([
    ["a secret that nobody has", {}, /there is no secret `KEY`: give the rig a secret KEY/],
    ["one that is too short to be struck out", { KEY: "12345" }, /`KEY` has fewer than 6 characters/],
  ])("%s: the task says so, is not retried, and nobody is called", async (_, secrets, reason) => {
    const provider = scripted(() => ok(1));
    const r = rig({ providers: [provider], secrets });
    const { run, end } = await r.run(one({ x: "${secret.KEY}" }));
    expect(await end).toMatchObject({ status: "failed" });
    expect(provider.calls).toHaveLength(0);
    const failure = (await r.log(run)).find(({ event }) => event.type === "TaskFailed")?.event.data;
    expect(failure).toMatchObject({
      attempt: 1,
      final: true,
      error: { code: "CONFIGURATION_ERROR", retryable: false },
      values: { error: { message: expect.stringMatching(reason), details: { secret: "KEY" } } },
    });
    expect(await everything(r, run)).not.toContain("12345");
  });

  test("a variable that is not set here fails the task, unless there is a default", async () => {
    const provider = scripted(() => ok(1));
    const r = rig({ providers: [provider], environment: { PORT: "8080" } });
    const { end } = await r.run(one({ a: "${env.PORT}", b: '${env.HOST ?? "here"}' }));
    expect(await end).toMatchObject({ status: "succeeded" });
    expect(provider.calls[0]?.params).toEqual({ a: "8080", b: "here" });
    const { run, end: second } = await r.run(one({ a: "${env.HOST}" }));
    expect(await second).toMatchObject({ status: "failed" });
    expect(await everything(r, run)).toContain("the variable `HOST` is not set here");
  });
});

describe("what is stored", () => {
  const cached = one({ x: "${secret.KEY}" }, { cache: {} });

  test("a cache tells calls apart by the names of their secrets, never by values", async () => {
    const provider = scripted(() => ok(provider.calls.length));
    const secrets = { KEY: "first value", OTHER: "first value" };
    const r = rig({ providers: [provider], secrets });
    const keyOf = async (definition: Definition): Promise<unknown> => {
      const { run, end } = await r.run(definition);
      await end;
      const data = (await r.log(run)).find(({ event }) => event.type === "TaskSucceeded")?.event.data;
      return data && "cacheKey" in data ? data.cacheKey : data;
    };
    const key = await keyOf(cached);
    expect(key).toMatch(/^hmac/);
    secrets.KEY = "second value";
    expect(await keyOf(cached)).toMatchObject({ values: { result: 1 } });
    expect(await keyOf(one({ x: "${secret.OTHER}" }, { cache: {} }))).not.toBe(key);
    expect(await keyOf(one({ x: "$${secret.KEY}" }, { cache: {} }))).not.toBe(key);
    expect(provider.calls).toHaveLength(3);
  });

  test("a call without secrets has no trace of them", async () => {
    const r = rig({ providers: [scripted(() => ok(1))], secrets: { KEY: VALUE } });
    const { run, end } = await r.run(one({ x: "$${secret.KEY}" }));
    await end;
    const scheduled = (await r.log(run)).find(({ event }) => event.type === "TaskScheduled")?.event.data;
    expect(scheduled?.values).toEqual({ params: { x: "${secret.KEY}" } });
  });
});

describe("a workflow that another calls", () => {
  const inner = workflow([{ id: "b", params: { x: "${inputs.token}" } }], {
    inputs: { token: { type: "string", secret: true } },
  });
  const outer = (token: string): Definition =>
    workflow([{ id: "a", workflow: "inner.yaml", inputs: { token } }], {
      inputs: { mine: { type: "string", secret: true, default: "KEY" } },
    });

  test.each(["${secret.KEY}", "${inputs.mine}", "KEY"])(
    "is handed a secret by its name: %s",
    async (token) => {
      const provider = scripted(() => ok(1));
      const r = rig({ providers: [provider], secrets: { KEY: VALUE } });
      const { run, end } = await r.run(outer(token), {
        inputs: { mine: "KEY" },
        workflows: called({ "inner.yaml": inner }),
      });
      expect(await end).toMatchObject({ status: "succeeded" });
      expect(provider.calls[0]?.params).toEqual({ x: VALUE });
      expect(await everything(r, run)).toContain('"inputs":{"token":"KEY"}');
      expect(await everything(r, run)).not.toContain(told(VALUE));
    },
  );

  test("is never handed one where its value would be recorded", async () => {
    const plain = workflow([{ id: "b", params: { x: "${inputs.token}" } }], {
      inputs: { token: { type: "string" } },
    });
    const provider = scripted(() => ok(1));
    const r = rig({ providers: [provider], secrets: { KEY: VALUE } });
    for (const [token, document] of [
      ["${secret.KEY}", plain],
      ["Bearer ${secret.KEY}", inner],
    ] as const) {
      const { run, end } = await r.run(outer(token), { workflows: called({ "inner.yaml": document }) });
      expect(await end).toMatchObject({ status: "failed" });
      expect(await everything(r, run)).toMatch(/cannot be handed to input `token`/);
    }
    expect(provider.calls).toHaveLength(0);
  });
});
