import { afterAll, describe, expect, test } from "vitest";
import type { RunId } from "../../../../src/domain/index.ts";
import { groupMembers, until } from "../../processes/group-members.ts";
import { newRun, type Sandbox, sandbox } from "./sandbox.ts";

const boxes: Sandbox[] = [];
/** One interpreter at most, so that the second task meets what the first one left. */
const single = (options: Parameters<typeof sandbox>[0] = {}): Sandbox => {
  const box = sandbox({ interpreters: 1, spares: 0, ...options });
  boxes.push(box);
  return box;
};
afterAll(() => Promise.all(boxes.map((box) => box.close())));

describe("between runs", () => {
  test("nothing is shared: not the interpreter, not files, not memory", async () => {
    const box = single();
    const [a, b] = [newRun(), newRun()];
    const hide =
      "import os, sys, json, ctypes\nopen('/tmp/secret', 'w').write('s')\njson.secret = 's'\nsys.addaudithook(lambda *x: None)\nresult = 1";
    expect(await box.result(hide, { run: a, texts: { "mine.txt": "a" } })).toBe(1);
    const [first] = box.processes.living();
    const look = "import os, json\nresult = [os.listdir('/tmp'), os.listdir(), hasattr(json, 'secret')]";
    expect(await box.result(look, { run: b, texts: { "yours.txt": "b" } })).toEqual([
      [],
      ["yours.txt"],
      false,
    ]);
    expect(box.processes.living()).not.toContain(first);
    expect(await groupMembers(first ?? 0)).toEqual([]);
  });

  test("an interpreter never serves two, however many take turns", async () => {
    const box = sandbox({ interpreters: 2 });
    boxes.push(box);
    // What hangs on a function of the library is not cleared away: it tells whom this interpreter has served.
    const code = `import json
served = vars(json.dumps).setdefault("served", [])
served.append(context["run"])
result = sorted(set(served))`;
    const runs = Array.from({ length: 4 }, newRun);
    const ask = async (run: RunId) => {
      const outcome = await box.execute({ code, context: { run } }, { run });
      expect(outcome).toMatchObject({ ok: true, result: { result: [run] } });
    };
    await Promise.all(runs.flatMap((run) => [1, 2, 3].map(() => ask(run))));
  });

  test("a run that is over leaves nothing: its interpreters end, the others stay", async () => {
    const box = sandbox({ interpreters: 2, spares: 0 });
    boxes.push(box);
    const [a, b] = [newRun(), newRun()];
    await box.result("result = 1", { run: a });
    const [ofA] = box.processes.living();
    await box.result("result = 1", { run: b });
    box.provider.release?.(a);
    const left = box.processes.living().filter((pid) => pid !== ofA);
    expect(left).toHaveLength(1);
    await until(() => box.processes.living().length === 1);
    expect(box.processes.living()).toEqual(left);
    expect(await groupMembers(ofA ?? 0)).toEqual([]);
  });
});

test("isolation by task gives every task an interpreter of its own", async () => {
  const box = single({ isolation: "task" });
  const code = "import json\nresult = hasattr(json.dumps, 'mark')\njson.dumps.mark = 1";
  for (let i = 0; i < 3; i++) expect(await box.result(code)).toBe(false);
  const shared = single();
  expect([await shared.result(code), await shared.result(code)]).toEqual([false, true]);
});
