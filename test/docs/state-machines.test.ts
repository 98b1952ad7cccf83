// The pictures in docs/architecture.md are drawn from the code's own tables.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { RUN_MOVES, TASK_MOVES } from "../../src/domain/index.ts";

const page = new URL("../../docs/architecture.md", import.meta.url);

function drawing(moves: Readonly<Record<string, readonly string[]>>): string {
  const arrows = Object.entries(moves).flatMap(([from, targets]) =>
    targets.map((to) => `    ${from} --> ${to}`),
  );
  return ["```mermaid", "stateDiagram-v2", ...arrows, "```"].join("\n");
}

test.each([
  ["run", RUN_MOVES],
  ["task", TASK_MOVES],
])("the state machine of a %s is drawn as it is", async (_name, moves) => {
  expect(await readFile(page, "utf8")).toContain(drawing(moves));
});
