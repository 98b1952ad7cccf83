// What an agent's steps wait for.
import { expect, test } from "vitest";
import { type RunEvent, TaskId } from "../../src/domain/index.ts";
import { timeline } from "../../src/projections/index.ts";
import { NOON, succeeded } from "../domain/run/given.ts";
import { graphOf } from "../domain/run/graph-of.ts";
import { logOf } from "./histories.ts";

const at = (seconds: number): number => NOON + seconds * 1000;

test("a call that people decide on waits for them, not for a free place", () => {
  const graph = graphOf({ a: {}, b: {}, c: { after: ["a", "b"] } });
  const { fold, empty } = timeline(graph);
  const added: RunEvent = {
    type: "TasksAdded",
    data: {
      template: "a",
      count: 3,
      steps: [
        { kind: "approval", tool: 0 },
        { kind: "call", tool: 0 },
        { kind: "call", tool: 1 },
      ],
      values: {},
    },
  };
  const view = logOf(added, succeeded("a[0]")).reduce(fold, empty());
  const readyAt = (id: string) => view.tasks.get(TaskId.parse(id))?.readyAt;
  expect([0, 1, 2].map((n) => readyAt(`a[${n}]`))).toEqual([at(2), at(3), at(2)]);
  expect(view.tasks.get(TaskId.parse("a[1]"))?.waitedFor).toBe("a[0]");
});
