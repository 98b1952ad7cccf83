// What a child says is believed only as far as it is understood: anything else ends it.
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { processGroups } from "../../../src/adapters/processes/index.ts";
import { type Interpreter, startInterpreter } from "../../../src/adapters/sandbox/interpreter.ts";
import { type Clock, lineReader } from "../../../src/engine/ports/index.ts";

const processes = processGroups();
afterAll(() => processes.closeAll());

/** Time that stands still until it is told otherwise. */
function handClock() {
  const due: (() => void)[] = [];
  const clock: Clock = {
    now: () => 0,
    monotonic: () => 0,
    after(_delay, call) {
      due.push(call);
      return () => void due.splice(due.indexOf(call), 1);
    },
  };
  return { clock, due };
}

/** A child that only pretends: `code` runs in place of the interpreter. */
const pretended = (code: string, clock: Clock = handClock().clock): Promise<Interpreter> =>
  startInterpreter((program) => processes.spawn(program), {
    language: "Esperanto",
    command: processes.node.path,
    args: ["-e", `const say = (t) => process.stdout.write(t + "\\n"); ${code}; setInterval(() => {}, 1000)`],
    maxLineBytes: 10_000,
    bootMs: 1,
    clock,
  });

const READY = `say('{"t":"ready","layers":["a"]}')`;
const job = { op: "execute", name: "<code>", code: "", args: [], context: "{}", limit: 10 } as const;
const silent = { stdout: () => undefined, stderr: () => undefined };

test("a job for a child that has ended meanwhile is answered with its end", async () => {
  const child = await pretended(READY);
  await child.kill();
  const { reply, settled } = child.run(job, { keep: 1, flood: 1 }, silent);
  expect(await reply).toMatchObject({ kind: "ended", end: { signal: "SIGKILL" } });
  expect(await settled).toBe(false);
});

describe("before it is ready, a child that", () => {
  test.each([
    ["says what is no JSON", "say('hello')", /what no interpreter sends/],
    ["says what is no message", `say('{"t":"ready"}')`, /what no interpreter sends/],
    ["says a message with more in it", `say('{"t":"ready","layers":[],"x":1}')`, /what no interpreter sends/],
    ["never ends its line", "setInterval(() => process.stdout.write('x'.repeat(1000)), 0)", /endless line/],
    [
      "tells why it cannot go on",
      `say('{"t":"fatal","reason":"boot","message":"no disk"}'); process.exit(7)`,
      /exit code 7: no disk/,
    ],
    ["ends without a word", "process.stderr.write('oh'); process.exit(5)", /exit code 5: oh/],
    [
      "ends after many words",
      "process.stderr.write('x'.repeat(3000) + '\\nthe last'); process.exit(5)",
      /exit code 5: the last$/,
    ],
    [
      "ends after one long word",
      "process.stderr.write('x'.repeat(3000)); process.exit(5)",
      /exit code 5: one line of 3000 characters$/,
    ],
  ])("%s is given up", async (_what, code, message) => {
    await expect(pretended(code)).rejects.toMatchObject({
      code: "PROVIDER_NOT_AVAILABLE",
      message: expect.stringMatching(message),
    });
    expect(processes.living()).toEqual([]);
  });

  test("says nothing at all is given up when its time is over", async () => {
    const { clock, due } = handClock();
    const start = pretended("", clock);
    while (due.length === 0) await new Promise((resolve) => setImmediate(resolve));
    due[0]?.();
    await expect(start).rejects.toMatchObject({ message: expect.stringContaining("not ready within 1 ms") });
    expect(processes.living()).toEqual([]);
  });
});

describe("at work, a child that", () => {
  const DONE = `{"t":"done","id":1,"truncated":false,"answer":{"kind":"value","result":5}}`;

  test("answers and tidies up at once is heard with both", async () => {
    const child = await pretended(
      `${READY}; process.stdin.once("data", () => say('${DONE}\\n{"t":"idle","id":1,"reusable":true}'))`,
    );
    expect(child.layers).toEqual(["a"]);
    const { reply, settled } = child.run(job, { keep: 1, flood: 1 }, silent);
    expect(await reply).toEqual({ kind: "answered", truncated: false, answer: { kind: "value", result: 5 } });
    expect(await settled).toBe(true);
    await child.kill();
  });

  test("answers for another job is not heard", async () => {
    const other = DONE.replace('"id":1', '"id":2');
    const child = await pretended(
      `${READY}; process.stdin.once("data", () => { say('${other}'); process.exit(0); })`,
    );
    expect(await child.run(job, { keep: 1, flood: 1 }, silent).reply).toMatchObject({
      kind: "ended",
      end: { code: 0 },
    });
  });

  test.each(["say('{}')", "say('[1')", "say('x'.repeat(20_000))"])(
    "says something else is ended: %s",
    async (code) => {
      const child = await pretended(`${READY}; process.stdin.once("data", () => { ${code} })`);
      const { reply, settled } = child.run(job, { keep: 1, flood: 1 }, silent);
      expect(await reply).toMatchObject({
        kind: "ended",
        last: { reason: "protocol" },
        end: { signal: "SIGKILL" },
      });
      expect(await settled).toBe(false);
      expect(processes.living()).toEqual([]);
    },
  );
});

test("lines come whole, however their bytes come", () => {
  const text = fc.string({ unit: "grapheme" }).map((line) => line.replaceAll("\n", " "));
  fc.assert(
    fc.property(fc.array(text), fc.array(fc.nat(20)), (lines, cuts) => {
      const bytes = new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
      const heard: string[] = [];
      const read = lineReader(
        1_000_000,
        (line) => heard.push(line),
        () => expect.unreachable(),
      );
      let from = 0;
      for (const cut of cuts) {
        read(bytes.subarray(from, from + cut));
        from = Math.min(bytes.length, from + cut);
      }
      read(bytes.subarray(from));
      expect(heard).toEqual(lines);
    }),
  );
});
