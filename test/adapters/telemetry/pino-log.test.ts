import { expect, test } from "vitest";
import { type LogLevel, pinoLog } from "../../../src/adapters/telemetry/index.ts";
import { GleitzeitError } from "../../../src/domain/index.ts";

function logged(level: LogLevel) {
  const lines: string[] = [];
  return { log: pinoLog(level, (line) => lines.push(line)), lines };
}

test("a line is one JSON object with level, instant, fields and message", () => {
  const { log, lines } = logged("info");
  log.info({ run: "r", attempt: 2 }, "started");
  const [line = ""] = lines;
  expect(line.endsWith("\n")).toBe(true);
  expect(JSON.parse(line)).toEqual({
    level: "info",
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    run: "r",
    attempt: 2,
    msg: "started",
  });
});

test("what is below the level is not written", () => {
  const { log, lines } = logged("warn");
  log.debug({}, "a");
  log.info({}, "b");
  log.warn({}, "c");
  log.error({}, "d");
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    { level: "warn", msg: "c" },
    { level: "error", msg: "d" },
  ]);
  const silent = logged("silent");
  silent.log.error({}, "x");
  expect(silent.lines).toEqual([]);
});

test("secrets never reach the line, at the top or inside", () => {
  const { log, lines } = logged("info");
  log.info(
    { password: "hunter2", call: { headers: { authorization: "hunter2" }, token: "hunter2" } },
    "called",
  );
  expect(lines.join("")).not.toContain("hunter2");
  expect(lines.join("")).toContain("[redacted]");
});

test("an error keeps its code, place and cause", () => {
  const { log, lines } = logged("info");
  const cause = new Error("the disk is gone");
  log.error({ error: new GleitzeitError("PERSISTENCE_WRITE_FAILED", "not written", { cause }) }, "lost");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    error: {
      code: "PERSISTENCE_WRITE_FAILED",
      message: "not written",
      stack: expect.stringContaining("pino-log.test.ts"),
      cause: { message: "the disk is gone" },
    },
  });
});

test("text that looks like a second line stays in the first", () => {
  const { log, lines } = logged("info");
  log.info({ name: 'x\n{"level":"error"}' }, "one\ntwo");
  expect(lines).toHaveLength(1);
  expect(lines[0]?.trimEnd().split("\n")).toHaveLength(1);
});
