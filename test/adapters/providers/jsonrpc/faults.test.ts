// What endpoints do wrong, and that nothing of them is left.
import { expect, test } from "vitest";
import { GleitzeitError, type JsonObject } from "../../../../src/domain/index.ts";
import { handClock } from "../../../engine/hand-clock.ts";
import { groupMembers, until } from "../../processes/group-members.ts";
import { errorOf, resultOf } from "../outcomes.ts";
import { quays } from "./quay.ts";

const opened = quays();

test("lines that are no messages are left aside", async () => {
  const { call } = await opened({ faults: ["greet"] });
  expect(resultOf(await call("add", { a: 1, b: 2 }))).toBe(3);
});

test("one that never answers is given up, with what it wrote instead, and is ended", async () => {
  const clock = handClock();
  const { call, word, processes } = await opened({ faults: ["greet", "mute"], clock });
  const outcome = call("greet");
  await word("started");
  await clock.advance(20_000);
  const error = errorOf(await outcome);
  expect(error).toMatchObject({ code: "PROVIDER_TIMEOUT", retryable: true });
  expect(error.message).toMatch(/^the endpoint quay did not answer within 20 seconds/);
  await until(() => processes.living().length === 0);
});

test("its own timeout ends a call; a program that still works on it is ended too", async () => {
  const clock = handClock();
  const { call, word, processes, starts } = await opened({ clock, timeoutMs: 2_000 });
  const deaf = call("deaf");
  await word("begun");
  await clock.advance(2_000);
  expect(errorOf(await deaf)).toMatchObject({
    code: "PROVIDER_TIMEOUT",
    message: "the endpoint quay did not answer within 2 seconds",
  });
  expect(processes.living()).toHaveLength(1);
  await clock.advance(5_000);
  await until(() => processes.living().length === 0);
  expect(resultOf(await call("greet"))).toEqual({ greeting: "ahoy" });
  expect(starts()).toBe(2);
});

test("a cancelled call is told with its reason, and the program lives on", async () => {
  const clock = handClock();
  const { call, word, starts } = await opened({ clock });
  const stop = new AbortController();
  const held = call("hold", {}, { signal: stop.signal });
  await word("begun");
  stop.abort(new GleitzeitError("TASK_CANCELLED", "no longer wanted"));
  expect(errorOf(await held).code).toBe("TASK_CANCELLED");
  expect(await word("gone")).toBe("gone no longer wanted");
  expect(resultOf(await call("greet"))).toEqual({ greeting: "ahoy" });
  await clock.advance(10_000);
  expect(resultOf(await call("greet"))).toEqual({ greeting: "ahoy" });
  expect(starts()).toBe(1);
});

test("a plain program that is stuck after a call was left is ended; one that answers is not", async () => {
  const clock = handClock();
  const { plainly, word, processes, starts } = await opened({ as: "call", clock });
  for (const [method, living] of [
    ["deaf", 1],
    ["stick", 0],
  ] as const) {
    const stop = new AbortController();
    const left = plainly(method, {}, { signal: stop.signal });
    await word("begun");
    stop.abort(new GleitzeitError("TASK_TIMEOUT", "too long"));
    expect(errorOf(await left).code).toBe("TASK_TIMEOUT");
    if (living > 0) resultOf(await plainly("greet"));
    await clock.advance(5_000);
    await until(() => processes.living().length === living);
  }
  expect(resultOf(await plainly("greet"))).toEqual({ greeting: "ahoy" });
  expect(starts()).toBe(2);
});

test("one that ends at its start says why, and is started again a little later each time", async () => {
  const clock = handClock();
  const { call, starts } = await opened({ faults: ["quit"], clock });
  for (const expected of [1, 2]) {
    const error = errorOf(await call("greet"));
    expect(error).toMatchObject({ code: "CONNECTION_LOST", retryable: true });
    expect(error.message).toMatch(/^the endpoint quay (?:ended: exit code 7|no longer reads)/);
    expect(starts()).toBe(expected);
  }
  for (const pause of [1000, 2000]) {
    const before = starts();
    const outcome = call("greet");
    await clock.advance(pause - 1);
    expect(starts()).toBe(before);
    await clock.advance(1);
    expect(errorOf(await outcome).code).toBe("CONNECTION_LOST");
    expect(starts()).toBe(before + 1);
  }
});

test("one that dies in a call fails what is under way, and the next call starts it again", async () => {
  const { call, word, starts } = await opened();
  const held = call("hold");
  await word("begun");
  const message = "the endpoint quay ended: exit code 3, out of rope";
  const lost = { code: "CONNECTION_LOST", retryable: true, message };
  expect(errorOf(await call("crash"))).toMatchObject(lost);
  expect(errorOf(await held)).toMatchObject(lost);
  expect(resultOf(await call("greet"))).toEqual({ greeting: "ahoy" });
  expect(starts()).toBe(2);
});

test("one that writes without end is ended", async () => {
  const { call, processes } = await opened({ mostBytes: 1_000_000 });
  expect(errorOf(await call("flood"))).toMatchObject({
    code: "PROVIDER_ERROR",
    message: "the endpoint quay wrote a message of more than 1000000 bytes",
  });
  await until(() => processes.living().length === 0);
});

test("what a program started goes with it", async () => {
  const { call, provider, processes } = await opened();
  resultOf(await call("child"));
  const [group = 0] = processes.living();
  expect(await groupMembers(group)).toHaveLength(2);
  await provider.close();
  await until(async () => (await groupMembers(group)).length === 0);
});

test.each(["stdio", "http"] as const)("progress over %s is live chunks", async (kind) => {
  const { call } = await opened({ kind });
  const chunks: object[] = [];
  const outcome = await call("steps", {}, { emit: (chunk) => void chunks.push(chunk) });
  expect(resultOf(outcome)).toEqual({ done: true });
  expect(chunks).toEqual([
    { kind: "progress", text: "1/2 half of it" },
    { kind: "text", text: "done" },
  ]);
});

test("a call brings its run, its task and the key that is the same for all attempts", async () => {
  const { call } = await opened();
  const context = { idempotencyKey: "run-1/task-2", attempt: 3, timeoutMs: 12_000 };
  expect(resultOf(await call("context", {}, context))).toMatchObject({ ...context, task: "sample" });
});

test("what a document asks for and is not there is known before the run", async () => {
  const { provider } = await opened();
  const foreseen = (method: string, params: JsonObject) => provider.preflight?.({ method, params });
  expect(await foreseen("ad", {})).toMatchObject([{ code: "METHOD_NOT_SUPPORTED" }]);
  expect(await foreseen("add", { a: 1 })).toEqual([
    { code: "INVALID_PARAMS", path: ["b"], message: "is missing" },
  ]);
  expect(Object.keys((await provider.described?.()) ?? {})).toContain("add");
});
