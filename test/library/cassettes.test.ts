// Calls recorded inside a program, and played in its tests: nobody is called then.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { cassettes, counter, document, next } from "./cassette-rig.ts";
import { rig } from "./rig.ts";

const here = rig();
const { recorded, playing } = cassettes(here);

describe("what was recorded", () => {
  test("answers in its order, each recording once; no provider is called, whoever it is", async () => {
    const workflow = document(
      [next("a"), next("b", {}, { dependencies: ["a"] }), next("c", { x: 1 }, { dependencies: ["b"] })],
      { outputs: { a: "${a.n}", b: "${b.n}", c: "${c.n}" } },
    );
    const { run, calls } = await recorded(workflow);
    expect([run.outputs, calls]).toEqual([{ a: 1, b: 2, c: 3 }, 3]);
    const { gleitzeit, calls: made } = await playing();
    expect((await gleitzeit.run(workflow)).outputs).toEqual({ a: 1, b: 2, c: 3 });
    expect(made).toEqual([]);
    await expect(gleitzeit.run(workflow)).rejects.toMatchObject({
      cause: {
        code: "CALL_NOT_RECORDED",
        message: expect.stringMatching(
          /asked more often than it was recorded, 2 times, in the cassette calls/,
        ),
      },
    });
  });

  test("needs nobody who is declared: neither the provider nor its key", async () => {
    const workflow = document([next("a", { x: 1 }, { provider: "count" })]);
    await recorded(workflow);
    const gleitzeit = await here().open({ play: "calls" });
    expect((await gleitzeit.run(workflow)).outputs).toEqual({ a: { n: 1 } });
  });

  test("failures too, with the attempts that they cost; what was said while it ran", async () => {
    const retry = { max_attempts: 3, base_delay: 0.001, jitter: false };
    const workflow = document([next("a", { fail: 2 }, { retry })]);
    const { run } = await recorded(workflow);
    const { gleitzeit, calls } = await playing();
    const again = await gleitzeit.run(workflow);
    expect([again.tasks.a?.attempts, again.outputs]).toEqual([run.tasks.a?.attempts, run.outputs]);
    expect([again.tasks.a?.attempts, calls.length]).toEqual([3, 0]);
    const files = await readdir(join(here().folder, "calls"));
    expect(files.toSorted()).toEqual([
      expect.stringMatching(/^a\.[0-9a-f]{12}\.2\.json$/),
      expect.stringMatching(/^a\.[0-9a-f]{12}\.3\.json$/),
      expect.stringMatching(/^a\.[0-9a-f]{12}\.json$/),
    ]);
  });

  test("of the same content each task gets its own answer, in whatever order they ask", async () => {
    const all = ["a", "b", "c", "d"];
    const { run } = await recorded(document(all.map((id) => next(id))));
    const { gleitzeit } = await playing();
    const turned = await gleitzeit.run(document(all.toReversed().map((id) => next(id))));
    expect(turned.outputs).toEqual(run.outputs);
  });

  test("is the same in a run of another id, and says the new one", async () => {
    const workflow = document([{ id: "say", method: "echo/echo", params: { message: "run ${run.id}" } }]);
    const { run } = await recorded(workflow);
    const { gleitzeit } = await playing();
    const again = await gleitzeit.run(workflow);
    expect(again.runId).not.toBe(run.runId);
    expect(again.outputs).toMatchObject({ say: { message: `run ${again.runId}` } });
  });

  test("recorded anew, it takes the place of what was; files that are the same stay the same, byte for byte", async () => {
    const workflow = document([next("a", { x: "${inputs.x}" })], { inputs: { x: { type: "number" } } });
    await recorded(workflow, { x: 1 });
    const files = await readdir(join(here().folder, "calls"));
    const bytes = () =>
      Promise.all(files.map((name) => readFile(join(here().folder, "calls", name), "utf8")));
    const before = await bytes();
    await recorded(workflow, { x: 1 });
    expect(await readdir(join(here().folder, "calls"))).toEqual(files);
    expect(await bytes()).toEqual(before);
    await recorded(workflow, { x: 2 });
    expect(await readdir(join(here().folder, "calls"))).toHaveLength(2);
  });

  test("by many runs at once: every answer is there, none twice", async () => {
    const provider = counter();
    const gleitzeit = await here().open({ providers: [provider], record: "calls" });
    const workflow = document([next("a"), next("b")]);
    await Promise.all(Array.from({ length: 12 }, () => gleitzeit.run(workflow)));
    const { gleitzeit: played, calls } = await playing();
    const runs = await Promise.all(Array.from({ length: 12 }, () => played.run(workflow)));
    const numbers = runs.flatMap(({ outputs }) =>
      Object.values(z.record(z.string(), z.object({ n: z.int() })).parse(outputs)).map(({ n }) => n),
    );
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
    expect(calls).toEqual([]);
  });
});
