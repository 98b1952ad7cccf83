// What makes two calls the same, byte for byte: recordings on users' disks are found by the hash of these texts.
import { describe, expect, test } from "vitest";
import {
  callWithoutRun,
  contentText,
  type Recording,
  readRecording,
  recordingName,
  recordingPlace,
  recordingStem,
  withoutRun,
  withRun,
} from "../../../src/domain/index.ts";

const call: Recording["call"] = { protocol: "echo/v1", method: "echo", params: { b: 1, a: [2] } };
const bare = '"method":"echo","params":{"a":[2],"b":1}';

describe("the text of a call", () => {
  test.each<[string, Partial<Recording["call"]>, string]>([
    ["alone", {}, `{${bare},"protocol":"echo/v1"}`],
    [
      "that asks for a description",
      { asks: "description" },
      `{"asks":"description",${bare},"protocol":"echo/v1"}`,
    ],
    ["of a provider", { provider: "here" }, `{${bare},"protocol":"echo/v1","provider":"here"}`],
    ["with no secrets and no files", { secrets: [], files: [] }, `{${bare},"protocol":"echo/v1"}`],
    [
      "with secrets, each once, in order",
      { secrets: ["TOKEN", "KEY", "TOKEN"] },
      `{${bare},"protocol":"echo/v1","secrets":["KEY","TOKEN"]}`,
    ],
    [
      "with files, by path",
      {
        files: [
          { path: "b.txt", hash: "1" },
          { path: "a.txt", hash: "2" },
        ],
      },
      `{"files":[{"hash":"2","path":"a.txt"},{"hash":"1","path":"b.txt"}],${bare},"protocol":"echo/v1"}`,
    ],
  ])("%s", (_, more, text) => {
    expect(contentText({ ...call, ...more })).toBe(text);
  });
});

describe("the name of a file", () => {
  const hash = "0123456789abcdef".repeat(4);

  test("has at most eighty characters of the task's id", () => {
    expect(recordingStem("x".repeat(200), hash)).toBe(`${"x".repeat(80)}.0123456789ab`);
  });

  test.each([
    ["a b/c", "a-b-c"],
    ["each[12]", "each-12"],
    ["äöü", ""],
    ["-a_B-9", "-a_B-9"],
  ])("of task %j begins with %j", (task, beginning) => {
    expect(recordingStem(task, hash)).toBe(`${beginning}.0123456789ab`);
  });

  test("gives back its place among those of its stem, and so does the first, which has no number", () => {
    const stem = recordingStem("greet", hash);
    for (const n of [1, 2, 10, 123]) expect(recordingPlace(recordingName(stem, n))).toEqual({ stem, n });
  });

  test.each([
    "greet.0123456789ab.json.bak",
    "a\nb.0123456789ab.json",
    "greet.0123456789a.json",
    "greet.0123456789AB.json",
    "greet.0123456789ab.01.json",
    "greet.0123456789ab.x.json",
    "greet.0123456789ab.1x.json",
    ".0123456789ab.json",
  ])("%j is none of ours", (name) => {
    expect(recordingPlace(name)).toBeUndefined();
  });
});

describe("the run that makes a call", () => {
  const RUN = "01a215ca-92c0-744a-8f41-ca5c79ed25f6";

  test.each([
    [`{"a":"of ${RUN}"}`, '{"a":"of ${run.id}"}'],
    ['{"a":"${run.id}"}', '{"a":"$${run.id}"}'],
    ['{"a":"$${run.id}"}', '{"a":"$$${run.id}"}'],
    ['{"a":"plain"}', '{"a":"plain"}'],
  ])("%s is recorded as %s", (json, kept) => {
    expect(withoutRun(json, RUN)).toBe(kept);
    expect(withRun(kept, RUN)).toBe(json);
  });

  test("a call that does not mention it is kept as it is", () => {
    const files = [
      { path: "b", hash: "1" },
      { path: "a", hash: "2" },
    ];
    const asked = { ...call, files };
    expect(callWithoutRun(asked, RUN)).toBe(asked);
    expect(callWithoutRun({ ...call, params: { id: RUN } }, RUN).params).toEqual({ id: "${run.id}" });
  });
});

describe("a recording that is damaged says where", () => {
  const good = {
    format: "gleitzeit.cassette/v1",
    task: "say",
    attempt: 1,
    call: { ...call, files: [{ path: "a", hash: "1" }] },
    answer: { result: 1 },
  };
  const problemOf = (value: unknown): string => {
    const read = readRecording(typeof value === "string" ? value : JSON.stringify(value));
    return read.ok ? "" : read.problem;
  };

  test.each<[string, unknown, string | RegExp]>([
    ["nothing", "", "it is no JSON, or was cut off"],
    ["a list", [], 'it has no `"format": "gleitzeit.cassette/v1"`'],
    ["null", null, 'it has no `"format": "gleitzeit.cassette/v1"`'],
    ["a format that is no text", { ...good, format: 1 }, 'it has no `"format": "gleitzeit.cassette/v1"`'],
    [
      "a number that readers would see differently",
      { ...good, answer: { result: [2 ** 60] } },
      /^answer\.result\[0\]: integer .* is beyond/,
    ],
    [
      "an element of a list",
      { ...good, call: { ...good.call, files: [{ path: "a" }] } },
      /^call\.files\[0\]\.hash: /,
    ],
    ["a member of its own that is none", { ...good, later: 1 }, /^Unrecognized key: "later"/],
  ])("%s", (_, value, problem) => {
    if (typeof problem === "string") expect(problemOf(value)).toBe(problem);
    else expect(problemOf(value)).toMatch(problem);
  });

  test("an error may have a cause, and that one another", () => {
    const error = { code: "TASK_TIMEOUT", message: "late", retryable: true };
    const deep = { ...error, cause: { ...error, cause: error } };
    expect(problemOf({ ...good, answer: { error: deep } })).toBe("");
    const wrong = { ...error, cause: { ...error, cause: { ...error, retryable: 1 } } };
    expect(problemOf({ ...good, answer: { error: wrong } })).toMatch(/^answer/);
  });
});
