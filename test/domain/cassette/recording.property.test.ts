// A recorded call as text and back: nothing changes, one text for one call, and nothing that was damaged is read.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type CassetteCall,
  callWithoutRun,
  contentText,
  type Json,
  jsonProblem,
  type Recording,
  readRecording,
  recordingName,
  recordingPlace,
  recordingStem,
  recordingText,
  withoutRun,
  withRun,
} from "../../../src/domain/index.ts";

const RUN = "01a215ca-92c0-744a-8f41-ca5c79ed25f6";
const OTHER = "01a215ca-95f7-71e9-8703-6e7e15a0f34a";

const texts = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("${run.id}", "$${run.id}", `of ${RUN}`, RUN, "$blob", "__proto__"),
);
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false, 0, 1e21),
    fc.integer(),
    texts,
    fc.array(tie("json"), { maxLength: 3 }),
    fc.dictionary(texts, tie("json"), { maxKeys: 3, noNullPrototype: true }),
  ),
}));
const members = fc
  .dictionary(texts, json, { maxKeys: 4, noNullPrototype: true })
  .filter((value) => jsonProblem(value) === undefined);

const calls: fc.Arbitrary<CassetteCall> = fc.record(
  {
    asks: fc.constant("description" as const),
    protocol: fc.constantFrom("llm/v1", "echo/v1"),
    method: fc.constantFrom("chat", "echo"),
    provider: texts,
    params: members,
    secrets: fc.array(fc.constantFrom("KEY", "TOKEN"), { minLength: 1, maxLength: 2 }),
    files: fc.uniqueArray(fc.record({ path: texts, hash: texts }), {
      minLength: 1,
      maxLength: 3,
      selector: ({ path }) => path,
    }),
  },
  { requiredKeys: ["protocol", "method", "params"] },
);

const recordings: fc.Arbitrary<Recording> = fc.record({
  task: texts.filter((text) => text !== ""),
  attempt: fc.nat(),
  call: calls,
  answer: fc.oneof(
    fc.record(
      {
        result: json.filter((value) => jsonProblem(value) === undefined),
        provider: texts,
        model: texts,
        usage: fc.record({ inputTokens: fc.nat(), costMicros: fc.nat() }),
        chunks: fc.array(fc.record({ kind: texts, text: texts }), { maxLength: 3 }),
      },
      { requiredKeys: ["result"] },
    ),
    fc.record(
      {
        error: fc.record({
          code: fc.constantFrom("TASK_TIMEOUT" as const, "RATE_LIMIT_EXCEEDED" as const),
          message: texts,
          retryable: fc.boolean(),
        }),
        tried: fc.array(fc.record({ instance: texts, code: fc.constant("CONNECTION_LOST" as const) }), {
          minLength: 1,
          maxLength: 2,
        }),
        evidence: fc.constant({ stdout: "what it said" }),
        retryAfterMs: fc.nat(),
      },
      { requiredKeys: ["error"] },
    ),
  ),
});

describe("the text of a recorded call", () => {
  test("gives the recording back", () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        expect(readRecording(recordingText(recording))).toEqual({ ok: true, recording });
      }),
    );
  });

  test("is the same whatever order its members came in", () => {
    fc.assert(
      fc.property(recordings, (recording) => {
        const turned: unknown = JSON.parse(JSON.stringify(recording), (_, value: unknown) =>
          typeof value === "object" && value !== null && !Array.isArray(value)
            ? Object.fromEntries(Object.entries(value).toReversed())
            : value,
        );
        const read = readRecording(JSON.stringify({ ...Object(turned), format: "gleitzeit.cassette/v1" }));
        expect(read.ok && recordingText(read.recording)).toBe(recordingText(recording));
      }),
    );
  });

  test("cut off anywhere, it is not read", () => {
    fc.assert(
      fc.property(recordings, fc.nat(), (recording, at) => {
        const text = recordingText(recording);
        const cut = text.slice(0, at % (text.length - 1));
        expect(readRecording(cut)).toEqual({ ok: false, problem: "it is no JSON, or was cut off" });
      }),
    );
  });

  test("of another version, with a key that is none, or without one, says so", () => {
    const good = {
      format: "gleitzeit.cassette/v1",
      task: "say",
      attempt: 1,
      call: { protocol: "echo/v1", method: "echo", params: {} },
      answer: { result: 1 },
    };
    const problemOf = (change: object): string => {
      const read = readRecording(JSON.stringify({ ...good, ...change }));
      return read.ok ? "" : read.problem;
    };
    expect(problemOf({})).toBe("");
    expect(problemOf({ format: "gleitzeit.cassette/v2" })).toBe(
      'its format is "gleitzeit.cassette/v2", not "gleitzeit.cassette/v1"',
    );
    expect(problemOf({ format: undefined })).toMatch(/^it has no `"format"/);
    expect(problemOf({ call: { ...good.call, parms: {} } })).toMatch(/^call: Unrecognized key: "parms"/);
    expect(problemOf({ call: { ...good.call, params: [] } })).toBe("call.params: expected an object");
    expect(problemOf({ answer: {} })).toMatch(/^answer/);
  });
});

describe("what makes two calls the same", () => {
  test("is not which run makes them", () => {
    fc.assert(
      fc.property(calls, (call) => {
        const inOther: CassetteCall = JSON.parse(JSON.stringify(call).replaceAll(RUN, OTHER));
        expect(contentText(callWithoutRun(inOther, OTHER))).toBe(contentText(callWithoutRun(call, RUN)));
      }),
    );
  });

  test("a run that is left out comes back, and what only looks like its place stays", () => {
    fc.assert(
      fc.property(members, (value) => {
        const text = JSON.stringify(value);
        expect(withRun(withoutRun(text, RUN), RUN)).toBe(text);
        expect(withoutRun(text, RUN)).not.toContain(RUN);
      }),
    );
  });

  test("is not the order of files or of secrets", () => {
    fc.assert(
      fc.property(calls, (call) => {
        const turned = {
          ...call,
          ...(call.files && { files: call.files.toReversed() }),
          ...(call.secrets && { secrets: call.secrets.toReversed() }),
        };
        expect(contentText(turned)).toBe(contentText(call));
      }),
    );
  });
});

test("names of files are readable, safe, and give back their order", () => {
  const hash = "3f".repeat(32);
  expect(recordingName(recordingStem("greet", hash), 1)).toBe("greet.3f3f3f3f3f3f.json");
  expect(recordingName(recordingStem("each[2]", hash), 3)).toBe("each-2.3f3f3f3f3f3f.3.json");
  expect(recordingName(recordingStem("../../etc", hash), 1)).toBe("-etc.3f3f3f3f3f3f.json");
  expect(recordingPlace("each-2.3f3f3f3f3f3f.3.json")).toEqual({ stem: "each-2.3f3f3f3f3f3f", n: 3 });
  expect(recordingPlace("notes.json")).toBeUndefined();
  expect(recordingPlace("greet.3f3f3f3f3f3f.0.json")).toBeUndefined();
});
