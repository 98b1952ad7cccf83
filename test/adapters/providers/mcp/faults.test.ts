// What servers do wrong, and that nothing of them is left.
import { afterEach, expect, test } from "vitest";
import { GleitzeitError, type JsonObject } from "../../../../src/domain/index.ts";
import type { CallContext } from "../../../../src/engine/ports/index.ts";
import { handClock } from "../../../engine/hand-clock.ts";
import { groupMembers, until } from "../../processes/group-members.ts";
import { callContext } from "../call-context.ts";
import { errorOf, resultOf } from "../outcomes.ts";
import { type Harbour, harbour } from "./harbour.ts";

let current: Harbour | undefined;
afterEach(async () => {
  await current?.remove();
  expect(current?.processes.living()).toEqual([]);
});

async function opened(given: Parameters<typeof harbour>[0] = {}) {
  const made = await harbour(given);
  current = made;
  const call = (method: string, params: JsonObject = {}, context: Partial<CallContext> = {}) =>
    made.provider.execute({ method, params }, callContext(context));
  return { ...made, call };
}

test("lines that are no messages are left aside", async () => {
  const { call } = await opened({ faults: ["greet"] });
  expect(resultOf(await call("tool.echo", { message: "hi" }))).toEqual({ response: "hi" });
});

test("a server that never answers its start is given up, with what it wrote instead", async () => {
  const clock = handClock();
  const { call, word, processes } = await opened({ faults: ["greet", "mute"], clock });
  const outcome = call("ping");
  await word("started");
  await clock.advance(20_000);
  const error = errorOf(await outcome);
  expect(error).toMatchObject({ code: "PROVIDER_TIMEOUT", retryable: true });
  expect(error.message).toMatch(/^the server harbour did not answer within 20 seconds of its start/);
  expect(processes.living()).toEqual([]);
});

test("a server that ends at its start says why, and is started again a little later each time", async () => {
  const clock = handClock();
  const { call, starts } = await opened({ faults: ["quit"], clock });
  for (const expected of [1, 2]) {
    const error = errorOf(await call("ping"));
    expect(error).toMatchObject({ code: "CONNECTION_LOST", retryable: true });
    expect(error.message).toMatch(/^the server harbour ended: exit code 7/);
    expect(starts()).toBe(expected);
  }
  for (const pause of [1000, 2000, 4000]) {
    const before = starts();
    const outcome = call("ping");
    await clock.advance(pause - 1);
    expect(starts()).toBe(before);
    await clock.advance(1);
    expect(errorOf(await outcome).code).toBe("CONNECTION_LOST");
    expect(starts()).toBe(before + 1);
  }
});

test("a server that dies in a call fails what is under way, and the next call starts it again", async () => {
  const { call, word, starts } = await opened();
  const held = call("tool.hold");
  await word("begun");
  const crashed = errorOf(await call("tool.crash"));
  const message = "the server harbour ended: exit code 3, out of rope";
  expect(crashed).toMatchObject({ code: "CONNECTION_LOST", retryable: true, message });
  expect(errorOf(await held)).toMatchObject({ code: "CONNECTION_LOST", message });
  expect(resultOf(await call("tool.echo", { message: "again" }))).toEqual({ response: "again" });
  expect(starts()).toBe(2);
});

test("a server that writes without end is ended", async () => {
  const { call, processes } = await opened({ mostBytes: 1_000_000 });
  const error = errorOf(await call("tool.flood"));
  expect(error.message).toBe("the server harbour wrote a message of more than 1000000 bytes");
  expect(error.code).toBe("PROVIDER_ERROR");
  await until(() => processes.living().length === 0);
});

test("what a server started goes with it", async () => {
  const { call, provider, processes } = await opened();
  resultOf(await call("tool.child"));
  const [group = 0] = processes.living();
  expect(await groupMembers(group)).toHaveLength(2);
  await provider.close();
  await until(async () => (await groupMembers(group)).length === 0);
});

test("a server that is stuck after a call took too long is ended, and the next call gets a new one", async () => {
  const clock = handClock();
  const { call, word } = await opened({ clock });
  const stop = new AbortController();
  const stuck = call("tool.stick", {}, { signal: stop.signal });
  await word("begun");
  stop.abort(new GleitzeitError("TASK_TIMEOUT", "too long"));
  expect(errorOf(await stuck).code).toBe("TASK_TIMEOUT");
  const next = call("ping");
  await clock.advance(5_000);
  expect(errorOf(await next)).toMatchObject({ code: "PROVIDER_TIMEOUT", retryable: true });
  expect(resultOf(await call("ping"))).toEqual({ response: "pong" });
});

test("a cancelled call is told to the server, with its reason; the server lives on", async () => {
  const { call, word, starts } = await opened();
  const stop = new AbortController();
  const held = call("tool.hold", {}, { signal: stop.signal });
  await word("begun");
  stop.abort(new GleitzeitError("TASK_CANCELLED", "no longer wanted"));
  expect(errorOf(await held).code).toBe("TASK_CANCELLED");
  expect(await word("gone")).toMatch(/no longer wanted/);
  expect(resultOf(await call("ping"))).toEqual({ response: "pong" });
  expect(starts()).toBe(1);
});

test.each(["stdio", "http"] as const)("progress over %s is live chunks", async (kind) => {
  const { call } = await opened({ kind });
  const chunks: object[] = [];
  const outcome = await call("tool.steps", {}, { emit: (chunk) => void chunks.push(chunk) });
  expect(resultOf(outcome)).toEqual({ done: true });
  expect(chunks).toEqual([
    { kind: "progress", text: "1/2 half of it" },
    { kind: "progress", text: "2/2" },
  ]);
});

test("its tools are asked for once, and again when it says that they have changed", async () => {
  const { call, word, words } = await opened();
  expect(errorOf(await call("tool.anew")).code).toBe("METHOD_NOT_SUPPORTED");
  expect(resultOf(await call("tool.grow"))).toEqual({ grown: true });
  expect(resultOf(await call("tool.anew"))).toEqual({ anew: true });
  expect(await word("called anew")).toBe("called anew");
  expect(words.filter((one) => one !== words[0])).toEqual([
    "listed",
    "listed",
    "called grow",
    "listed",
    "listed",
    "called anew",
  ]);
});

test("the idempotency key travels with the call", async () => {
  const { call } = await opened();
  const outcome = await call("tool.key", {}, { idempotencyKey: "run-1/task-2" });
  expect(resultOf(outcome)).toEqual({ key: "run-1/task-2" });
});

test("a server without resources says so", async () => {
  const { call } = await opened({ faults: ["bare"] });
  expect(errorOf(await call("resources/list")).code).toBe("METHOD_NOT_SUPPORTED");
});
