import { expect, test } from "vitest";
import type { Driving } from "../../../src/adapters/cli/index.ts";
import { decode } from "../../../src/engine/index.ts";
import { foreignEvent } from "../../engine/foreign-event.ts";
import { elsewhere, idle } from "./elsewhere.ts";
import { at, BROKEN, ECHO, rig, STUCK, text } from "./rig.ts";

const here = rig();

const json = async (...argv: readonly string[]) => here().gleitzeit([...argv, "--json", "--quiet"]);

/** A command that is interrupted once `sign` stands on stderr. */
function interruptedAt(sign: string, argv: readonly string[]) {
  const stop = new AbortController();
  const watch = (err: string): void => {
    if (err.includes(sign)) stop.abort();
  };
  return here().gleitzeit(argv, { interrupted: stop.signal, watch });
}

test("resume says so when another living process drives the run", async () => {
  const { started } = await elsewhere(here());
  const { exit, json: document } = await json("resume", started.run);
  expect({ exit, code: at(document, "error.code") }).toEqual({ exit: 3, code: "WORKFLOW_INVALID_STATE" });
  expect(at(document, "error.message")).toContain("another process");
});

test("resume goes on with a run whose process is gone; Ctrl-C hands it back, resumable", async () => {
  const { started, parts } = await elsewhere(here());
  await parts.close();
  expect((await json("status")).json.unattended).toEqual([started.run]);
  const resumed = await interruptedAt("taken over", ["resume", started.run]);
  expect(resumed.exit).toBe(130);
  expect(resumed.err).toContain(`interrupted; \`gleitzeit resume ${started.run}\` goes on with the run`);
  expect(resumed.err).not.toContain("before: running");
  const again = await interruptedAt("taken over", ["resume", started.run, "--json"]);
  expect(again.exit).toBe(130);
  expect(again.json).toEqual({
    error: expect.objectContaining({ code: "INTERRUPTED" }),
    runId: started.run,
    status: "running",
  });
  const { lines } = await here().gleitzeit(["events", started.run, "--json", "--type", "RunOwnerChanged"]);
  expect(lines).toHaveLength(2);
});

test("resume of a paused run lets it go on", async () => {
  const { started, parts } = await elsewhere(here());
  await json("pause", started.run);
  await parts.close();
  const resumed = await interruptedAt("run resumed", ["resume", started.run, "--reason", "back"]);
  expect(resumed.exit).toBe(130);
  expect((await json("show", started.run)).json.status).toBe("running");
});

test("resume of a run that has ended shows how it ended", async () => {
  const run = text((await json("run", await here().file("broken.yaml", BROKEN))).json, "runId");
  const { exit, json: document } = await json("resume", run);
  expect({ exit, status: document.status }).toEqual({ exit: 1, status: "failed" });
});

test("retry is a new run, linked, that takes over what succeeded", async () => {
  const first = (await json("run", await here().file("broken.yaml", BROKEN))).json;
  const { exit, json: document } = await json("retry", text(first, "runId"), "--reason", "again");
  expect(exit).toBe(1);
  expect(document.runId).not.toBe(first.runId);
  expect(document).toMatchObject({
    forkedFrom: { run: first.runId, revision: Number(first.events) - 1 },
    tasks: {
      fine: { status: "succeeded", attempts: 0, reused: { run: first.runId }, result: { response: "ok" } },
      lost: { status: "failed" },
      after: { status: "skipped" },
    },
  });
});

test("there is nothing to retry of a run that succeeded, or goes on", async () => {
  const { started } = await elsewhere(here());
  const done = text((await json("run", await here().file("echo.yaml", ECHO))).json, "runId");
  for (const run of [done, started.run]) {
    const { exit, json: document } = await json("retry", run);
    expect({ exit, code: at(document, "error.code") }).toEqual({ exit: 3, code: "WORKFLOW_INVALID_STATE" });
  }
});

test("the same request while another process is at it waits for that one's end", async () => {
  const { started, driving } = await elsewhere(here(), "shared");
  const path = await here().file("stuck.yaml", STUCK);
  const cancelled: Promise<unknown>[] = [];
  const second = await here().gleitzeit(["run", path, "--id", "shared", "--json"], {
    watch: (err) => {
      if (!err.includes("attempt 2 in") || cancelled.length > 0) return;
      cancelled.push(driving.engine.request(started.run, "main", { type: "CancelRun" }, driving.actor));
    },
  });
  await Promise.all(cancelled);
  expect(second.exit).toBe(1);
  expect(second.json).toMatchObject({ runId: started.run, status: "cancelled", name: "shared" });
});

test("should that process die, this one goes on with the run", async () => {
  const { parts, started } = await elsewhere(here(), "shared");
  const path = await here().file("stuck.yaml", STUCK);
  const stop = new AbortController();
  const closing: Promise<void>[] = [];
  const second = await here().gleitzeit(["run", path, "--id", "shared", "--json"], {
    interrupted: stop.signal,
    watch: (err) => {
      if (err.includes("attempt 2 in") && closing.length === 0) closing.push(parts.close());
      if (err.includes("taken over")) stop.abort();
    },
  });
  await Promise.all(closing);
  expect(second.exit).toBe(130);
  expect(second.json).toMatchObject({ runId: started.run, status: "running" });
});

test("a run that another process has taken over meanwhile is watched to its end", async () => {
  const path = await here().file("stuck.yaml", STUCK);
  const { driving: other } = await idle(here());
  let taking: Promise<void> | undefined;
  const taken = await here().gleitzeit(["run", path, "--id", "shared", "--json"], {
    watch: (err) => {
      if (err.includes("attempt 2 in")) taking ??= takenOverAndCancelled(other);
    },
  });
  await taking;
  expect(taken).toMatchObject({ exit: 1, json: { status: "cancelled", name: "shared" } });
  const { lines } = await here().gleitzeit(["events", "shared", "--json", "--type", "RunOwnerChanged"]);
  expect(lines).toHaveLength(1);
});

/** As a process does that took the owner for dead. */
async function takenOverAndCancelled({ store, tenant, engine, actor }: Driving): Promise<void> {
  const { events } = await store.events.readAll("start", 500, "run-");
  const last = events.at(-1);
  const started = events.map(decode).find(({ event }) => event.type === "RunStarted");
  if (!last || started?.event.type !== "RunStarted") throw new Error("nothing runs");
  const data = { owner: engine.incarnation, previous: started.event.data.owner };
  await store.events.append(last.stream, last.revision, [foreignEvent({ type: "RunOwnerChanged", data })]);
  const end = engine.drive(started.run, tenant, actor);
  await engine.request(started.run, tenant, { type: "CancelRun" }, actor);
  expect(await end).toEqual({ kind: "ended", status: "cancelled" });
}

test("interrupted before anything was recorded, there is nothing to resume", async () => {
  const path = await here().file("echo.yaml", ECHO);
  const { exit, json: document } = await here().gleitzeit(["run", path, "--json"], {
    interrupted: AbortSignal.abort(),
  });
  expect({ exit, code: at(document, "error.code") }).toEqual({ exit: 130, code: "INTERRUPTED" });
  expect((await json("list")).json.items).toEqual([]);
});
