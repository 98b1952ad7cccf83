// A provider that is no longer configured: calls under way end, later ones go to whoever came in its place.
import { expect, test } from "vitest";
import { type Outcome, type Provider, usage } from "../../src/engine/index.ts";
import { callContext } from "../adapters/providers/call-context.ts";
import { settled } from "./hand-clock.ts";

const CALL = { method: "any", params: {} };

function held() {
  let answer = (_: Outcome): void => undefined;
  const asked: string[] = [];
  const named = (name: string): Provider => ({
    protocol: "test/v1",
    name,
    methods: {},
    execute: () => {
      asked.push(name);
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    close: async () => undefined,
  });
  return { named, asked, answer: (result: string) => answer({ ok: true, result }) };
}

test("it is retired when its last call has ended, and not before", async () => {
  const { named, answer } = held();
  const use = usage(() => undefined);
  const provider = use.counted(named("old"));
  const outcome = provider.execute(CALL, callContext());
  let isOver = false;
  void use.retire().then(() => {
    isOver = true;
  });
  await settled();
  expect(isOver).toBe(false);
  answer("done");
  expect(await outcome).toEqual({ ok: true, result: "done" });
  await use.retire();
  expect(isOver).toBe(true);
});

test("a call that comes later is the successor's, or fails as one that nobody was asked for", async () => {
  const { named, asked, answer } = held();
  const next = named("new");
  const use = usage(({ name }) => (name === "old" ? next : undefined));
  const [old, removed] = [named("old"), named("removed")].map(use.counted);
  await use.retire();
  const outcome = old?.execute(CALL, callContext());
  answer("by the new one");
  expect(await outcome).toEqual({ ok: true, result: "by the new one" });
  expect(await removed?.execute(CALL, callContext())).toMatchObject({
    ok: false,
    error: { code: "PROVIDER_NOT_AVAILABLE", retryable: true },
  });
  expect(asked).toEqual(["new"]);
});

test("a call that throws has ended too", async () => {
  const { named } = held();
  const use = usage(() => undefined);
  const provider = use.counted({ ...named("old"), execute: () => Promise.reject(new Error("lost")) });
  await expect(provider.execute(CALL, callContext())).rejects.toThrow("lost");
  await use.retire();
});
