// However a call ends, nothing of it goes on.
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { GleitzeitError } from "../../../../src/domain/index.ts";
import { handClock } from "../../../engine/hand-clock.ts";
import { groupMembers, until } from "../../processes/group-members.ts";
import { errorOf } from "../outcomes.ts";
import { newRun, type Sandbox, sandbox } from "./sandbox.ts";

const boxes: Sandbox[] = [];
const open = (options: Parameters<typeof sandbox>[0] = {}): Sandbox => {
  const box = sandbox(options);
  boxes.push(box);
  return box;
};
afterEach(async () => {
  await Promise.all(boxes.splice(0).map((box) => box.close()));
});

const HANGS = {
  sleeps: "import time\nprint('casting off')\ntime.sleep(600)",
  spins: "print('casting off')\nwhile True: pass",
  "spins in C": "print('casting off')\nsum(range(10**12))",
  "catches everything":
    "print('casting off')\nwhile True:\n    try:\n        while True: pass\n    except BaseException: pass",
} as const;

/** Starts the script and comes back when it has begun to print. */
async function begun(box: Sandbox, code: string, given: Parameters<Sandbox["execute"]>[1] = {}) {
  const begin = deferred();
  const outcome = box.execute({ code }, { ...given, emit: begin.resolve });
  await begin.promise;
  return { outcome, group: box.processes.living().at(-1) ?? 0 };
}

function deferred() {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

describe.each(Object.entries(HANGS))("a script that %s", (_how, code) => {
  test.each(["TASK_TIMEOUT", "TASK_CANCELLED", "SYSTEM_SHUTDOWN"] as const)(
    "is gone when the call ends as %s, and what it printed is kept",
    async (reason) => {
      const box = open({ interpreters: 1, spares: 0 });
      const stop = new AbortController();
      const { outcome, group } = await begun(box, code, { signal: stop.signal });
      expect(await groupMembers(group)).not.toEqual([]);
      stop.abort(new GleitzeitError(reason, "enough"));
      expect(errorOf(await outcome)).toMatchObject({ code: reason, message: "enough" });
      expect(await outcome).toMatchObject({ evidence: { stdout: "casting off\n" } });
      expect(await groupMembers(group)).toEqual([]);
      expect(box.processes.living()).toEqual([]);
      expect(await box.result("result = 'next'")).toBe("next");
    },
  );

  test("is gone when the provider is closed", async () => {
    const box = open({ interpreters: 1, spares: 0 });
    const { outcome, group } = await begun(box, code);
    await box.provider.close();
    expect(await groupMembers(group)).toEqual([]);
    expect(box.processes.living()).toEqual([]);
    errorOf(await outcome);
  });
});

test("a script's own timeout is kept", async () => {
  const clock = handClock();
  const box = open({ interpreters: 1, spares: 0, clock });
  const begin = deferred();
  const outcome = box.execute({ code: HANGS.sleeps, timeout: "200ms" }, { emit: begin.resolve });
  await begin.promise;
  await clock.advance(200);
  expect(errorOf(await outcome)).toMatchObject({
    code: "TASK_TIMEOUT",
    message: "the script did not end within its timeout of 0.2 seconds",
  });
  expect(box.processes.living()).toEqual([]);
});

test("a reason that is no error of ours is a cancellation", async () => {
  const box = open();
  expect(
    (await box.failure("result = 1", { signal: AbortSignal.abort(new Error("why")) })).message,
  ).toContain("why");
  const stop = new AbortController();
  const { outcome } = await begun(box, HANGS.spins, { signal: stop.signal });
  stop.abort();
  expect(errorOf(await outcome).code).toBe("TASK_CANCELLED");
});

describe("a call that waits for an interpreter", () => {
  test("leaves the queue when it is stopped, and the others are served", async () => {
    const box = open({ interpreters: 1, spares: 0 });
    const { outcome } = await begun(box, "import time\nprint('on')\ntime.sleep(1)\nresult = 'first'");
    const stop = new AbortController();
    const second = box.execute({ code: "result = 'second'" }, { signal: stop.signal });
    const third = box.execute({ code: "result = 'third'" }, { run: newRun() });
    stop.abort(new GleitzeitError("TASK_CANCELLED", "not any more"));
    expect(errorOf(await second)).toMatchObject({ message: "not any more" });
    expect(await outcome).toMatchObject({ result: { result: "first" } });
    expect(await third).toMatchObject({ result: { result: "third" } });
  });

  test("is refused when too many wait already, and may try again", async () => {
    const box = open({ interpreters: 1, spares: 0, limits: { waitingCalls: 2 } });
    const { outcome } = await begun(box, "import time\nprint('on')\ntime.sleep(1)");
    const waiting = [box.execute({ code: "1" }), box.execute({ code: "1" })];
    expect(await box.failure("1")).toMatchObject({ code: "PROVIDER_OVERLOADED", retryable: true });
    for (const call of [outcome, ...waiting]) expect(await call).toMatchObject({ ok: true });
  });

  test("is refused at shutdown", async () => {
    const box = open({ interpreters: 1, spares: 0 });
    const { outcome } = await begun(box, HANGS.spins);
    const waiting = box.execute({ code: "1" });
    await box.provider.close();
    errorOf(await outcome);
    expect(errorOf(await waiting).code).toBe("SYSTEM_SHUTDOWN");
    expect((await box.failure("1")).code).toBe("SYSTEM_SHUTDOWN");
  });
});

test("closed while interpreters start, it waits for none and leaves none", async () => {
  const box = open({ interpreters: 2 });
  const calls = [
    box.execute({ code: "1" }),
    box.execute({ code: "1" }),
    box.provider.warm().catch((e: unknown) => e),
  ];
  await until(() => box.processes.living().length > 0);
  const groups = box.processes.living();
  await box.provider.close();
  expect(box.processes.living()).toEqual([]);
  for (const group of groups) expect(await groupMembers(group)).toEqual([]);
  for (const call of calls.slice(0, 2)) await expect(call).resolves.toMatchObject({ ok: false });
});

test("no file is left behind but the memory image", async () => {
  const cacheFolder = await mkdtemp(join(tmpdir(), "cache-"));
  const box = open({ cacheFolder });
  const name = `left-by-${basename(cacheFolder)}`;
  await box.result(`open('/tmp/${name}', 'w').write('y')\nopen('${name}', 'w').write('y')\nresult = 1`);
  await box.close();
  expect(await readdir(tmpdir())).not.toContain(name);
  expect((await readdir(cacheFolder)).map((file) => extname(file))).toEqual([".snapshot"]);
  await rm(cacheFolder, { recursive: true });
});
