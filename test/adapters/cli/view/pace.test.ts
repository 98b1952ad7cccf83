// How fast a batch gets on: in the live view, and in plain lines.
import { expect, test } from "vitest";
import { batchPace } from "../../../../src/adapters/cli/view/batch-pace.ts";
import { frame } from "../../../../src/adapters/cli/view/frame.ts";
import { paceText } from "../../../../src/adapters/cli/view/pace.ts";
import { paint } from "../../../../src/adapters/cli/view/paint.ts";
import { BATCH, type RunEvent } from "../../../../src/domain/index.ts";
import { runDetail } from "../../../../src/projections/index.ts";
import { failed, NOON, scheduled, succeeded } from "../../../domain/run/given.ts";
import { graphOf } from "../../../domain/run/graph-of.ts";
import { logOf } from "../../../projections/histories.ts";

test.each([
  [{ done: 20, left: 80, tookMs: 5000 }, "4.0/s, 20.0 s left"],
  [{ done: 3, left: 6, tookMs: 60_000 }, "3.0/min, 2 min 00 s left"],
  [{ done: 1, left: 9, tookMs: 1000 }, ""],
  [{ done: 9, left: 0, tookMs: 1000 }, ""],
  [{ done: 9, left: 1, tookMs: 0 }, ""],
])("%j: %j", (done, text) => {
  expect(paceText(done)).toBe(text);
});

const ids = Array.from({ length: 20 }, (_, i) => `f${i}`);
const added: RunEvent = { type: "TasksAdded", data: { template: BATCH, count: ids.length } };
const done = (count: number): readonly RunEvent[] =>
  ids.slice(0, count).flatMap((id) => [scheduled(id), id === "f3" ? failed(id) : succeeded(id)]);

test("the live view of a batch has a rate and the time that is left; that of another run has none", () => {
  const { fold, empty } = runDetail(graphOf(Object.fromEntries(ids.map((id) => [id, {}]))).nodes);
  const detail = logOf(...done(5)).reduce(fold, empty());
  const room = { columns: 80, rows: 5, now: NOON + 11_000, paint: paint(false) };
  const progress = { title: "T", detail, said: new Map() };
  const [head = ""] = frame({ ...progress, isBatch: true }, room);
  expect(head).toMatch(/^▸ T {2}5\/20 {2}[\d.]+ s {2}[\d.]+\/(?:s|min), [\d.]+ s left$/);
  expect(frame(progress, room)[0]).toMatch(/^▸ T {2}5\/20 {2}[\d.]+ s$/);
});

test("in plain lines it is said at each tenth, and not at the end", () => {
  const pace = batchPace();
  const told = logOf(added, ...done(20)).flatMap((recorded) => pace(recorded) ?? []);
  expect(told).toHaveLength(9);
  expect(told[0]).toMatch(/^2 of 20 done, [\d.]+\/(?:s|min), .+ left$/);
  expect(told.at(-1)).toMatch(/^18 of 20 done, /);
});

test("of a batch of a few, and of what is no batch, nothing is said", () => {
  const few = batchPace();
  const short: RunEvent = { type: "TasksAdded", data: { template: BATCH, count: 9 } };
  expect(logOf(short, ...done(9)).flatMap((recorded) => few(recorded) ?? [])).toEqual([]);
  const none = batchPace();
  expect(logOf(...done(20)).flatMap((recorded) => none(recorded) ?? [])).toEqual([]);
});
