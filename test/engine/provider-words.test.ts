// Whatever a provider says of a failure, or beside a result, is recorded so that every later reader can read it.
import { describe, expect, test } from "vitest";
import type { Outcome } from "../../src/engine/ports/index.ts";
import { settled } from "./hand-clock.ts";
import { opened } from "./opened.ts";
import { called, ok, type Rig, rig, scripted, workflow } from "./rig.ts";

/** What JSON.parse makes of words that another program may well send. */
const parsed = (text: string): Record<string, never> => JSON.parse(text);

const failing = (more: Partial<Extract<Outcome, { ok: false }>>): Outcome => ({
  ok: false,
  error: { code: "PROVIDER_ERROR", message: "no", retryable: false },
  ...more,
});

async function ended(outcome: Outcome): Promise<Rig & { readonly values: Record<string, unknown> }> {
  const made = rig({ providers: [scripted(() => outcome)] });
  const { run, end } = await made.run(workflow([{ id: "a" }]));
  await end;
  const last = (await made.log(run)).find(({ event }) => /^Task(Failed|Succeeded)$/.test(event.type));
  if (!last) throw new Error("the task did not end");
  const values = await opened(last, made.store.blobs);
  return { ...made, values: { ...values, control: last.event.data } };
}

describe("a failure", () => {
  test("may carry numbers that JSON cannot write: they stand as text", async () => {
    const details = parsed('{"limit":1e400,"id":9007199254740993,"fine":1.5}');
    const { values } = await ended(
      failing({ error: { code: "PROVIDER_ERROR", message: "no", retryable: false, details } }),
    );
    expect(values.error).toEqual({
      message: "no",
      details: { limit: "Infinity", id: "9007199254740992", fine: 1.5 },
    });
  });

  test("may carry broken text, in itself, its cause and its evidence: what is whole of it stays", async () => {
    const cause = { code: "CONNECTION_LOST", message: "\ud800 gone", retryable: true } as const;
    const { values } = await ended(
      failing({
        error: { code: "PROVIDER_ERROR", message: "a\udfffb", retryable: false, cause },
        evidence: { stderr: "x\ud83d", partial: parsed('{"k\\ud800":[1e999]}') },
      }),
    );
    expect(values).toMatchObject({
      error: { message: "a\ufffdb", cause: { code: "CONNECTION_LOST", message: "\ufffd gone" } },
      evidence: { stderr: "x\ufffd", partial: { "k\ufffd": ["Infinity"] } },
    });
  });

  test("nested without end is cut where it says so", async () => {
    const details = parsed(`${'{"in":'.repeat(5000)}1${"}".repeat(5000)}`);
    const { values } = await ended(
      failing({ error: { code: "PROVIDER_ERROR", message: "no", retryable: false, details } }),
    );
    expect(JSON.stringify(values.error)).toContain("(nested deeper than 180)");
  });
});

describe("a delay", () => {
  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])(
    "of %s that a server asks for is none",
    async (ms) => {
      const { run, log } = rig({
        providers: [
          scripted(() =>
            failing({ error: { code: "CONNECTION_LOST", message: "no", retryable: true }, retryAfterMs: ms }),
          ),
        ],
      });
      const { run: id } = await run(workflow([{ id: "a", retry: { base_delay: 2, jitter: false } }]));
      await settled();
      expect((await log(id)).at(-1)?.event).toMatchObject({
        type: "TaskRetryScheduled",
        data: { delayMs: 2000 },
      });
    },
  );
});

describe("a result", () => {
  test("with counts that are none is kept, without them", async () => {
    const { values } = await ended({
      ok: true,
      result: 1,
      model: "m\ud800",
      usage: { inputTokens: 1.5, outputTokens: -1, costMicros: 3 },
    });
    expect(values).toMatchObject({ result: 1, control: { model: "m\ufffd", usage: { costMicros: 3 } } });
    expect(values).not.toHaveProperty("control.usage.inputTokens");
    expect(values).not.toHaveProperty("control.usage.outputTokens");
  });

  test("is measured in bytes", async () => {
    const made = rig({ providers: [scripted(() => ok("ä".repeat(60)))], limits: { resultBytes: 100 } });
    const { end } = await made.run(workflow([{ id: "a" }]));
    expect(await end).toEqual({ kind: "ended", status: "failed" });
  });

  const half = { providers: [scripted(() => ok("ä".repeat(20)))], limits: { resultBytes: 200 } };
  const inner = workflow([{ id: "a" }, { id: "b" }, { id: "c" }, { id: "d" }, { id: "e" }], {
    outputs: { a: "${a}", b: "${b}", c: "${c}", d: "${d}", e: "${e}" },
  });

  test.each([
    ["elements put together", workflow([{ id: "all", for_each: [1, 2, 3, 4, 5, 6] }])],
    ["the outputs of a run that is a task", workflow([{ id: "all", workflow: "inner" }])],
  ])("is measured in bytes where it is %s", async (_, document) => {
    const made = rig(half);
    const { run, end } = await made.run(document, { workflows: called({ inner }) });
    expect(await end).toMatchObject({ status: "failed" });
    const failures = (await made.log(run)).filter(({ event }) => event.type === "TaskFailed");
    expect(failures.map(({ event }) => event.data)).toMatchObject([
      { task: "all", error: { code: "TASK_RESULT_INVALID" } },
    ]);
  });
});
