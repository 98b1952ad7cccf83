// When a call is not recorded: which recording comes closest, and what is said of the difference.
import { describe, expect, test } from "vitest";
import { differencesText, type Json, nearest, type Recording } from "../../../src/domain/index.ts";

type Call = Recording["call"];
type Recorded = { readonly name: string; readonly task: string; readonly call: Call };

const call = (params: Call["params"], more: Partial<Call> = {}): Call => ({
  protocol: "echo/v1",
  method: "echo",
  params,
  ...more,
});
const recorded = (name: string, of: Call, task = "say"): Recorded => ({ name, task, call: of });
const paths = (was: Call, is: Call) =>
  nearest([recorded("it", was)], is, "say")?.differences.map(({ path }) => path);

describe("the nearest recording", () => {
  const far = recorded("far", call({ a: 1, b: 1, c: 1 }));
  const near = recorded("near", call({ a: 1, b: 2, c: 2 }));
  const asked = call({ a: 2, b: 2, c: 2 });

  test("has the fewest differences, wherever it stands", () => {
    expect(nearest([far, near], asked, "say")?.one.name).toBe("near");
    expect(nearest([near, far], asked, "say")?.one.name).toBe("near");
  });

  test("of several as near is one of the same task, and else the first", () => {
    const theirs = recorded("theirs", near.call, "other");
    const later = recorded("later", near.call);
    expect(nearest([theirs, near, later], asked, "say")?.one.name).toBe("near");
    expect(nearest([theirs, near], asked, "nobody's")?.one.name).toBe("theirs");
  });

  test("is another task's where that is nearer", () => {
    const theirs = recorded("theirs", near.call, "other");
    expect(nearest([far, theirs], asked, "say")?.one.name).toBe("theirs");
  });

  test.each<[string, Partial<Call>]>([
    ["method", { method: "other" }],
    ["protocol", { protocol: "llm/v1" }],
    ["question", { asks: "description" }],
  ])("is never one of another %s", (_, more) => {
    expect(nearest([recorded("it", call({}, more))], call({}), "say")).toBeUndefined();
    expect(nearest([recorded("it", call({}, more))], call({}, more), "say")?.differences).toEqual([]);
  });

  test("where nothing is recorded, is none", () => {
    expect(nearest([], call({}), "say")).toBeUndefined();
  });
});

describe("the places where two calls differ", () => {
  test.each<[string, Call, Call, readonly string[]]>([
    ["a value", call({ a: { b: [1, 2] } }), call({ a: { b: [1, 3] } }), ["params.a.b[1]"]],
    ["a longer list", call({ a: [1] }), call({ a: [1, 2, 3] }), ["params.a[1]", "params.a[2]"]],
    ["a shorter list", call({ a: [1, 2] }), call({ a: [1] }), ["params.a[1]"]],
    ["a member that came", call({}), call({ a: null }), ["params.a"]],
    ["a list in place of an object", call({ a: {} }), call({ a: [] }), ["params.a"]],
    ["nothing", call({ a: [{ b: null }] }), call({ a: [{ b: null }] }), []],
    ["a provider", call({}, { provider: "one" }), call({}, { provider: "two" }), ["provider"]],
    ["a provider that nobody had named", call({}), call({}, { provider: "two" }), ["provider"]],
    ["a secret", call({}, { secrets: ["KEY"] }), call({}, { secrets: ["TOKEN"] }), ["secrets[0]"]],
    ["secrets left out, or empty", call({}, { secrets: [] }), call({}), []],
    [
      "what is in a file",
      call({}, { files: [{ path: "a.txt", hash: "1" }] }),
      call({}, { files: [{ path: "a.txt", hash: "2" }] }),
      ['files["a.txt"]'],
    ],
  ])("%s", (_, was, is, places) => {
    expect(paths(was, is)).toEqual(places);
  });

  test("say what was there and what is", () => {
    const was = call({ gone: 1, other: "a" });
    const is = call({ other: "b", came: null });
    expect(nearest([recorded("it", was)], is, "say")?.differences).toStrictEqual([
      { path: "params.gone", recorded: 1 },
      { path: "params.other", recorded: "a", asked: "b" },
      { path: "params.came", asked: null },
    ]);
  });

  test.each(["constructor", "toString", "__proto__"])(
    "of a member called %s are said like any other",
    (name) => {
      const was = call({});
      const is = call(JSON.parse(`{${JSON.stringify(name)}: 1}`));
      const [came] = nearest([recorded("it", was)], is, "say")?.differences ?? [];
      expect(came).toStrictEqual({ path: `params.${name}`, asked: 1 });
      expect(differencesText(came ? [came] : [])).toBe(`params.${name} was not there`);
    },
  );

  test("are counted up to two hundred", () => {
    const list = Array.from({ length: 300 }, (_, i) => i);
    expect(paths(call({ list }), call({ list: list.map((n) => n + 1000) }))).toHaveLength(200);
  });
});

describe("in words", () => {
  const differ = (recordedValue: Json, asked: Json) => ({ path: "params.a", recorded: recordedValue, asked });

  test.each([
    [[{ path: "params.a", asked: 1 }], "params.a was not there"],
    [[{ path: "params.a", recorded: 1 }], "params.a is not there any more"],
    [[differ("x", null)], 'params.a was "x" and is null'],
    [[differ(1, 2), differ(3, 4)], "params.a was 1 and is 2; params.a was 3 and is 4"],
    [[], ""],
  ])("%j: %s", (differences, text) => {
    expect(differencesText(differences)).toBe(text);
  });

  test.each([
    [3, ""],
    [4, "; and 1 more"],
    [199, "; and 196 more"],
    [200, "; and many more"],
  ])("of %d names three%s", (many, end) => {
    const said = Array.from({ length: 3 }, () => "params.a was 1 and is 2").join("; ");
    expect(differencesText(Array.from({ length: many }, () => differ(1, 2)))).toBe(`${said}${end}`);
  });

  test("texts of up to sixty characters are whole, with their quotes", () => {
    const [a, b] = ["a".repeat(58), "b".repeat(58)];
    expect(differencesText([differ(a, b)])).toBe(`params.a was "${a}" and is "${b}"`);
  });

  test("a longer one is shown from twenty characters before the place where it parts", () => {
    const head = "0123456789".repeat(10);
    const shown = head.slice(-20);
    expect(differencesText([differ(`${head}X`, `${head}Y${"z".repeat(100)}`)])).toBe(
      `params.a was …${shown}X" and is …${shown}Y${"z".repeat(39)}…`,
    );
  });

  test("that parts at once is shown from its beginning; one long text is enough to cut both", () => {
    const long = "x".repeat(100);
    expect(differencesText([differ("y", long)])).toBe(`params.a was "y" and is "${"x".repeat(59)}…`);
    expect(differencesText([differ(long, "y")])).toBe(`params.a was "${"x".repeat(59)}… and is "y"`);
  });

  test("a text that only goes on is shown to its end", () => {
    const head = "x".repeat(100);
    expect(differencesText([differ(head, `${head}yz`)])).toBe(
      `params.a was …${"x".repeat(20)}" and is …${"x".repeat(20)}yz"`,
    );
  });

  test("a character of two halves is never cut in two", () => {
    const [a, b] = [`${"🦊".repeat(60)}a`, `${"🦊".repeat(60)}b`];
    for (const pad of ["", "x"]) {
      const text = differencesText([differ(pad + a, pad + b)]);
      expect(text.isWellFormed()).toBe(true);
    }
  });
});
