// What many tasks cost: interpreters and processor time, counted, not timed.
import { afterEach, expect, test } from "vitest";
import { processGroups } from "../../../../src/adapters/processes/index.ts";
import type { Processes } from "../../../../src/engine/ports/index.ts";
import { groupTicks } from "../../processes/group-members.ts";
import { resultOf } from "../outcomes.ts";
import { memberOf, type Sandbox, sandbox } from "./sandbox.ts";

const boxes: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(boxes.splice(0).map((box) => box.close()));
});

function counted(interpreters: number) {
  const real = processGroups();
  let children = 0;
  const processes: Processes = {
    ...real,
    spawn(program) {
      if (program.args.includes("serve")) children += 1;
      return real.spawn(program);
    },
  };
  const box = sandbox({ processes, interpreters, spares: 0 });
  boxes.push(box);
  return { box, children: () => children };
}

const MEASURE = `import os
with open(context["file_path"], encoding="utf-8") as handle:
    text = handle.read()
result = {"file": os.path.basename(context["file_path"]), "words": len(text.split())}
`;

test("a batch of 200 files needs no more interpreters than there may be, and mixes nothing up", async () => {
  const { box, children } = counted(2);
  const outcomes = await Promise.all(
    Array.from({ length: 200 }, (_, i) => {
      const path = `notes/${i}.txt`;
      const texts = { "measure.py": MEASURE, [path]: "word ".repeat(i) };
      return box.execute({ file: "measure.py", context: { file_path: path } }, { texts });
    }),
  );
  expect(outcomes.map((outcome) => memberOf(resultOf(outcome), "result"))).toEqual(
    Array.from({ length: 200 }, (_, i) => ({ file: `${i}.txt`, words: i })),
  );
  expect(children()).toBe(2);
});

test("a chain of tasks needs one interpreter", async () => {
  const { box, children } = counted(4);
  for (let i = 0; i < 20; i++) expect(await box.result(`result = ${i}`)).toBe(i);
  expect(children()).toBe(1);
});

test("a script that sleeps uses next to no processor time", async () => {
  const { box } = counted(1);
  await box.result("result = 1");
  const [group = 0] = box.processes.living();
  await box.result("import time\ntime.sleep(1)");
  const before = await groupTicks(group);
  expect(before).toBeGreaterThan(0);
  await box.result("import time\ntime.sleep(2)");
  // Spinning would use 200.
  expect((await groupTicks(group)) - before).toBeLessThan(100);
});
