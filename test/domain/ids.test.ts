import { describe, expect, test } from "vitest";
import { RunId, runOfStream, runStream, StreamName, TaskId } from "../../src/domain/index.ts";

const run = RunId.parse("01890a5d-ac96-774b-bcce-b302099a8057");

describe("streams of runs", () => {
  test.each(["main", "0b2c", "north.east"])("name their tenant, %s, and their run", (tenant) => {
    expect(runStream(run, tenant)).toBe(`run-${tenant}.${run}`);
  });

  test("are the main tenant's where none is named, and lead back to the run", () => {
    expect(runStream(run)).toBe(`run-main.${run}`);
    expect(runOfStream(runStream(run))).toBe(run);
  });

  test.each([
    `workflow-main.${run}`,
    `worker-${run}`,
    `rerun-main.${run}`,
    `workflow-run-.${run}`,
    "run-main.17",
    "owners",
  ])("%s is of no run", (name) => {
    expect(runOfStream(StreamName.parse(name))).toBeUndefined();
  });
});

describe("a task's id", () => {
  test.each(["a", "_", "A-1_b", "x[3]", "x[3][0]", "compensate:x", "compensate:x[10]", "a".repeat(400)])(
    "%s",
    (id) => {
      expect(TaskId.parse(id)).toBe(id);
    },
  );

  test.each(["", "1a", "-a", "a b", "a.b", "x[]", "x[a]", "x[1]y", "undo:x", " a", "a ", "a".repeat(401)])(
    "not %j",
    (id) => {
      expect(TaskId.safeParse(id).success).toBe(false);
    },
  );
});

describe("a stream's name", () => {
  test.each(["owners", "audit", "worker-1", "run-main.a_b", `x-${"y".repeat(200)}`])("%s", (name) => {
    expect(StreamName.parse(name)).toBe(name);
  });

  test.each(["", "Run-1", "run-", "run 1", "run-a/b", "1run", `x-${"y".repeat(201)}`])("not %j", (name) => {
    expect(StreamName.safeParse(name).success).toBe(false);
  });
});
