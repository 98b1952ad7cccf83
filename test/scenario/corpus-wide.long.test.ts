// What later formats brought, as it stands in test/corpus/2026-11-wide: waits, people, children, loops, pauses.
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import { gleitzeit, type Place, place, started } from "./command.ts";

const kept = fileURLToPath(new URL("../corpus/2026-11-wide", import.meta.url));
const fresh = place({ withImage: true });
const here = (): Place => ({ ...fresh(), store: `sqlite:${join(fresh().folder, "gleitzeit.db")}` });

beforeEach(() => cp(kept, fresh().folder, { recursive: true }));

async function told(...args: readonly string[]): Promise<unknown> {
  const { stdout, stderr } = await gleitzeit(here(), [...args, "--json"]);
  expect(stdout, stderr).not.toBe("");
  return JSON.parse(stdout);
}
const done = async (...args: readonly string[]) => (await gleitzeit(here(), [...args, "--quiet"])).exit;

test("is whole, and what is computed from it is what it says", async () => {
  expect(await told("store", "check")).toMatchObject({ ok: true, problems: [] });
  expect(await done("projections", "rebuild", "--verify")).toBe(0);
});

describe("shows", () => {
  test("a loop with an element that failed, a condition, a fallback", async () => {
    expect(await told("show", "loop")).toMatchObject({
      status: "succeeded",
      outputs: { instead: "few", other: "from elsewhere", second: 10 },
      tasks: {
        each: { status: "failed", error: { details: { failed: [1] } } },
        "each[2]": { status: "succeeded" },
        never: { status: "skipped" },
        other: { status: "succeeded", attempts: 2 },
      },
    });
  });

  test("who was asked, who answered, and what a run of another document gave", async () => {
    expect(await told("show", "answered")).toMatchObject({
      tasks: {
        paid: { result: { amount: 12 } },
        release: { result: { decision: "approved", reason: "it is time" } },
      },
    });
    expect(await told("show", "parent")).toMatchObject({ tasks: { child: { result: { said: "grown" } } } });
  });

  test("what was cancelled, and what will be tried again", async () => {
    const { stdout } = await gleitzeit(here(), ["why", "cancelled"]);
    expect(stdout).toContain("nobody pays");
    expect(await told("show", "retrying")).toMatchObject({
      status: "running",
      tasks: { stubborn: { status: "retrying", attempts: 1 } },
    });
  });
});

describe("goes on", () => {
  test("with a run that waits for a signal and then for people", async () => {
    expect(await done("signal", "asked", "payment", "--data", '{"amount": 7}')).toBe(0);
    const running = started(here(), ["resume", "asked"]);
    await running.saw("release: waits for approval");
    expect(await done("approve", "asked", "release")).toBe(0);
    expect((await running.ended).stdout).toBe("done: 7 paid\n");
  });

  test("with a run that was paused because a task failed", async () => {
    const resumed = await told("resume", "paused", "--set", 'tasks.fetch.result={"rows": 3}');
    expect(resumed).toMatchObject({
      status: "succeeded",
      tasks: { count: { result: { response: "3 rows" } } },
    });
  });

  test("with a run and its child, both cut off", async () => {
    expect(await told("resume", "family")).toMatchObject({
      status: "succeeded",
      tasks: { after: { result: { response: "grown up" } } },
    });
  });

  test("with what is registered, under its name", async () => {
    expect(await told("run", "chain", "--input", "n=1")).toMatchObject({ outputs: { c: 11 } });
  });
});
