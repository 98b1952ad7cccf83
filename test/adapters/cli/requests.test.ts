import { expect, test } from "vitest";
import { elsewhere } from "./elsewhere.ts";
import { at, ECHO, rig, STUCK, text } from "./rig.ts";

const here = rig();

const json = async (...argv: readonly string[]) => here().gleitzeit([...argv, "--json", "--quiet"]);

test("pause reaches a run that another process drives; that one stops waiting for it", async () => {
  const { started } = await elsewhere(here());
  const { exit, json: document } = await json("pause", started.run, "--reason", "lunch");
  expect(exit).toBe(0);
  expect(document).toMatchObject({ runId: started.run, status: "paused" });
  expect(await started.end).toEqual({ kind: "paused" });
  expect((await json("pause", started.run)).exit).toBe(0);
  const { lines } = await here().gleitzeit(["events", started.run, "--json", "--type", "RunPaused"]);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({
    metadata: { actor: { type: "cli" } },
    data: { cause: "request", values: { reason: "lunch" } },
  });
});

test("a run that is paused meanwhile ends the command with exit 1 and says how to go on", async () => {
  const path = await here().file("stuck.yaml", STUCK);
  const paused: Promise<unknown>[] = [];
  const running = await here().gleitzeit(["run", path, "--id", "mine"], {
    watch: (err) => {
      if (err.includes("attempt 2 in") && paused.length === 0)
        paused.push(here().gleitzeit(["pause", "mine"]));
    },
  });
  await Promise.all(paused);
  expect(running.exit).toBe(1);
  expect(running.err).toMatch(/‖ Stuck paused/);
  expect(running.err).toMatch(/gleitzeit resume [0-9a-f-]{36}/);
});

test("cancel stops a run that another process drives, and waits until it has ended", async () => {
  const { started } = await elsewhere(here());
  const { exit, json: document } = await json("cancel", started.run, "--reason", "wrong");
  expect(exit).toBe(0);
  expect(document).toMatchObject({
    status: "cancelled",
    error: { code: "WORKFLOW_CANCELLED" },
    tasks: { before: { status: "succeeded" }, much: { status: "cancelled", attempts: 1 } },
  });
  expect(await started.end).toEqual({ kind: "ended", status: "cancelled" });
  expect((await json("cancel", started.run)).exit).toBe(0);
});

test("cancel ends a run whose process is gone, too", async () => {
  const { started, parts } = await elsewhere(here());
  await parts.close();
  expect((await json("cancel", started.run)).json).toMatchObject({ status: "cancelled" });
});

test.each(["cancel", "pause"])("%s of a run that has ended is refused, with exit 3", async (request) => {
  const path = await here().file("echo.yaml", ECHO);
  const run = text((await json("run", path)).json, "runId");
  const { exit, json: document } = await json(request, run);
  expect({ exit, code: at(document, "error.code") }).toEqual({ exit: 3, code: "WORKFLOW_INVALID_STATE" });
});

test.each(["cancel", "pause", "resume", "retry"])(
  "%s of a run that is not there is exit 4, and makes no store",
  async (request) => {
    const { exit, json: document } = await json(request, "nobody");
    expect({ exit, code: at(document, "error.code") }).toEqual({ exit: 4, code: "RUN_NOT_FOUND" });
    expect((await json("status")).json).toMatchObject({ head: "start" });
  },
);

test("status shows what comes due", async () => {
  const { started } = await elsewhere(here());
  expect((await json("status")).json).toMatchObject({
    runs: { running: 1 },
    due: [{ runId: started.run, task: "much", dueAt: expect.any(String) }],
    unattended: [],
  });
  expect((await here().gleitzeit(["status"])).out).toMatch(/due\n {2}much of .*: due in (?:9|10) min/);
});
