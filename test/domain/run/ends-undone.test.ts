// How a run ends that has failed, once what it did is undone.
import { describe, expect, test } from "vitest";
import { errorInfo, type RunCommand } from "../../../src/domain/index.ts";
import { failed, given, scheduled, succeeded } from "./given.ts";
import { graphOf } from "./graph-of.ts";

type Outcome = Extract<RunCommand, { type: "FinishRun" }>["outcome"];

const finish = (outcome: Outcome): RunCommand => ({ type: "FinishRun", outcome });
const undone = finish({ kind: "compensated" });
const undoable = graphOf({ a: { compensate: true }, b: {} });

describe("a failed run that has undone what it did", () => {
  const gone = [
    scheduled("a"),
    succeeded("a"),
    scheduled("b"),
    failed("b"),
    {
      type: "RunCompensating",
      data: { outcome: "failed", error: { code: "WORKFLOW_EXECUTION_FAILED", retryable: false } },
    },
    scheduled("compensate:a"),
  ] as const;
  const error = errorInfo("WORKFLOW_EXECUTION_FAILED", "b broke", { details: { failed: 1 } });

  test("ends with its error, and says how many were undone", () => {
    const [end] = given(undoable, ...gone, succeeded("compensate:a"))
      .when(finish({ kind: "compensated", error }))
      .accepted();
    expect(end).toMatchObject({
      type: "RunFailed",
      data: {
        values: {
          error: { message: "b broke", details: { failed: 1, compensations: { count: 1, failed: 0 } } },
        },
      },
    });
    expect(end?.data).not.toHaveProperty("task");
  });

  test("says how many could not be undone", () => {
    const end = given(undoable, ...gone, failed("compensate:a"));
    expect(end.when(finish({ kind: "compensated", error })).accepted()).toMatchObject([
      { data: { values: { error: { message: "b broke; 1 of 1 compensations failed" } } } },
    ]);
  });

  test("has failed even when its error has been erased", () => {
    expect(
      given(undoable, ...gone, succeeded("compensate:a"))
        .when(undone)
        .accepted(),
    ).toMatchObject([
      {
        type: "RunFailed",
        data: {
          error: { code: "WORKFLOW_EXECUTION_FAILED" },
          values: { error: { message: "the run failed" } },
        },
      },
    ]);
  });
});
