import { expect, test } from "vitest";
import { TaskId } from "../../../src/domain/index.ts";
import { settled } from "../hand-clock.ts";
import { broken, called, ok, rig, scripted, workflow } from "../rig.ts";
import { replayed } from "./replaying.ts";

const same = (run: string, status: string) => ({
  runId: run,
  mode: "stub",
  divergences: [],
  unknown: [],
  status,
});

test("a run that went well is decided again as it was, with its outputs", async () => {
  const { run, store } = rig({ providers: [scripted(({ params }) => ok({ got: params.x ?? null }))] });
  const started = await run(
    workflow(
      [
        { id: "a", params: { x: "${inputs.n}" } },
        { id: "b", params: { x: "${a.got}" } },
        { id: "c", params: { x: ["${a}", "${b}"] }, when: "tasks.b.result.got == 3" },
        { id: "d", params: {}, when: "tasks.b.result.got == 4" },
      ],
      { inputs: { n: { type: "integer" } }, outputs: { last: "${c.got}" } },
    ),
    { inputs: { n: 3 } },
  );
  await started.end;
  const found = await replayed(store, started.run);
  expect(found).toMatchObject(same(started.run, "succeeded"));
  expect(found.outputs).toEqual({ last: [{ got: 3 }, { got: 3 }] });
});

test("retries, fallbacks, losses, failures that are allowed and those that are not", async () => {
  const { run, store, clock } = rig({
    providers: [
      scripted(({ task, attempt }) => {
        if (task === "flaky") return attempt < 3 ? broken("CONNECTION_LOST") : ok(attempt);
        return task === "bad" ? broken() : ok(1);
      }),
    ],
  });
  const started = await run(
    workflow([
      { id: "flaky", retry: { max_attempts: 4, base_delay: 1, jitter: true } },
      { id: "bad", on_failure: "continue", fallback: [{ params: { other: true } }] },
      { id: "after", params: { x: "${bad.error.code}", y: "${flaky}" } },
      { id: "worse", params: { x: "${after.nowhere}" }, dependencies: ["flaky"] },
      { id: "never", dependencies: ["worse"] },
    ]),
  );
  for (let i = 0; i < 4; i += 1) await clock.advance(10_000);
  await started.end;
  expect(await replayed(store, started.run)).toMatchObject(same(started.run, "failed"));
});

test("what is repeated, and runs inside runs", async () => {
  const { run, store } = rig({ providers: [scripted(({ params }) => ok(params.x ?? "none"))] });
  const inner = workflow([{ id: "say", params: { x: "${inputs.word}" } }], {
    inputs: { word: { type: "string" } },
  });
  const started = await run(
    workflow([
      { id: "list", params: { x: ["a", "b", "c"] } },
      { id: "each", for_each: "${list}", params: { x: "${item}-${index}" } },
      { id: "call", workflow: "./inner.yaml", inputs: { word: "${each[0]}" } },
      { id: "calls", for_each: [1, 2], workflow: "./inner.yaml", inputs: { word: "w${item}" } },
    ]),
    { workflows: called({ "./inner.yaml": inner }) },
  );
  await started.end;
  const found = await replayed(store, started.run);
  expect(found).toMatchObject(same(started.run, "succeeded"));
  expect(found.events).toBeGreaterThan(40);
});

test("waits, signals, people, a pause and a cancel come as they came", async () => {
  const { run, store, clock, request } = rig({ providers: [scripted(() => ok(1))] });
  const started = await run(
    workflow([
      { id: "soon", wait: { for: "10s" } },
      { id: "go", wait: { signal: "go", timeout: 60 } },
      { id: "late", wait: { signal: "never", timeout: 30 }, on_failure: "continue" },
      { id: "ask", approval: { message: "so? ${soon}" } },
      { id: "then", params: { x: "${go}" }, dependencies: ["ask"] },
      { id: "long", wait: { for: "10h" } },
    ]),
  );
  await clock.advance(12_000);
  await request(started.run, { type: "PauseRun" });
  await request(started.run, { type: "SendSignal", name: "go", payload: { n: 1 } });
  await clock.advance(25_000);
  await request(started.run, { type: "ResumeRun" });
  await request(started.run, { type: "DecideApproval", task: TaskId.parse("ask"), decision: "approved" });
  await settled();
  await request(started.run, { type: "CancelRun" });
  await started.end;
  expect(await replayed(store, started.run)).toMatchObject(same(started.run, "cancelled"));
});
