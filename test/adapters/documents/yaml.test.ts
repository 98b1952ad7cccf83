import { describe, expect, test } from "vitest";
import { compose } from "../../../src/adapters/documents/yaml-compose.ts";
import { paramsOf, read, saidOf, withParams } from "./catalog.ts";

const minimal = "name: Test\ntasks:\n  - method: echo/echo\n";

describe("YAML 1.2", () => {
  test.each([
    [
      "yes and no are texts",
      ["a: yes", "b: no", "c: on", "d: off"],
      { a: "yes", b: "no", c: "on", d: "off" },
    ],
    [
      "dates are texts",
      ["a: 2024-01-31", "b: 2024-01-31T12:00:00Z"],
      { a: "2024-01-31", b: "2024-01-31T12:00:00Z" },
    ],
    [
      "numbers",
      ["a: 1", "b: -1.5e3", "c: 0x1F", "d: 0o17", "e: 010"],
      { a: 1, b: -1500, c: 31, d: 15, e: 10 },
    ],
    ["sixties are texts", ["a: 1:30", "b: 12e"], { a: "1:30", b: "12e" }],
    ["nulls and booleans", ["a: null", "b: ~", "c:", "d: true"], { a: null, b: null, c: null, d: true }],
    [
      "texts of all kinds",
      ['a: "x\\ty"', "b: 'it''s'", "c: |", "  one", "  two", "d: >", "  a", "  b"],
      { a: "x\ty", b: "it's", c: "one\ntwo\n", d: "a b\n" },
    ],
    ["NaN is a text", ["a: NaN", "b: Infinity"], { a: "NaN", b: "Infinity" }],
    ["flow style", ["a: {b: [1, {c: d}], 'e f': g}"], { a: { b: [1, { c: "d" }], "e f": "g" } }],
    [
      "anchors and aliases",
      ["a: &x {b: [1]}", "c: *x", "d: [*x, *x]"],
      { a: { b: [1] }, c: { b: [1] }, d: [{ b: [1] }, { b: [1] }] },
    ],
    ["an anchor that is used anew", ["a: &x 1", "b: *x", "c: &x 2", "d: *x"], { a: 1, b: 1, c: 2, d: 2 }],
    ["quoted keys of any kind", ['"1": a', "'<<': b", '"null": c'], { "1": "a", "<<": "b", null: "c" }],
    ["keys that look like placeholders", ["$blob: a", "$$erased: b"], { $blob: "a", $$erased: "b" }],
    ["keys of inherited names", ["constructor: a", "toString: b"], { constructor: "a", toString: "b" }],
  ])("%s", (_, lines, expected) => {
    expect(paramsOf(...lines)).toEqual(expected);
  });

  test.each([
    ["a byte order mark", `\uFEFF${minimal}`],
    ["line ends of Windows", minimal.replaceAll("\n", "\r\n")],
    ["comments and markers", `# c\n---\n# c\n${minimal}# c\n...\n# c\n`],
    ["its own version", `%YAML 1.2\n---\n${minimal}`],
    ["the root on the marker's line", "--- {name: Test, tasks: [{method: echo/echo}]}"],
  ])("%s is taken", (_, text) => {
    expect(saidOf(text)).toEqual([]);
  });
});

describe("what is refused, with its place", () => {
  test.each([
    ["", "1:1 PARSE_ERROR the document is empty"],
    [" \n\n ", "1:1 PARSE_ERROR the document is empty"],
    ["# only\n  # comments\n---\n", "1:1 PARSE_ERROR the document holds nothing but comments"],
    ["null\n", "1:1 WORKFLOW_VALIDATION_FAILED a workflow document is a map"],
    [`${minimal}---\n${minimal}`, "4:1 PARSE_ERROR a second document begins here: keep one in a file"],
    ["name: Test\ntasks:\n\t- method: echo/echo\n", "3:1 PARSE_ERROR a tab cannot indent: use spaces"],
    ["%YAML 1.1\n---\na: yes\n", "1:1 PARSE_ERROR directives such as `%YAML 1.1` are not read: remove it"],
    ["%TAG ! x\n---\na: 1\n", "1:1 PARSE_ERROR directives such as `%TAG ! x` are not read: remove it"],
    ["a: b: c\n", "1:4 PARSE_ERROR a second `: ` in one line: put the text in quotes"],
    ['a: "open\n', /PARSE_ERROR missing closing "quote/],
    ["a: [1, 2\n", /PARSE_ERROR flow sequence in block collection must be .* end with a \]/],
    ["a: 1\n b: 2\n", /PARSE_ERROR/],
    ["]", /PARSE_ERROR unexpected flow-seq-end token/],
  ])("%j", (text, expected) => {
    const [first] = saidOf(text);
    if (typeof expected === "string") expect(first).toContain(expected);
    else expect(first).toMatch(expected);
  });

  test.each([
    [["a: !!str 5"], "5:16 PARSE_ERROR tags such as `tag:yaml.org,2002:str` are not read"],
    [["a: !mine x"], "5:16 PARSE_ERROR tags such as `!mine` are not read"],
    [["a: !!binary aGk="], "PARSE_ERROR tags such as `tag:yaml.org,2002:binary` are not read"],
    [["a: !!timestamp 2024-01-31"], "PARSE_ERROR tags such as"],
    [["a: !!set {x}"], "PARSE_ERROR tags such as"],
    [["a: !!python/object:os.system x"], "PARSE_ERROR tags such as"],
    [["a: &x {b: 1}", "c:", "  <<: *x"], "7:9 PARSE_ERROR merge keys (`<<`) are not read"],
    [["1: a"], '5:7 PARSE_ERROR a key must be a text: put it in quotes ("1")'],
    [["true: a"], 'PARSE_ERROR a key must be a text: put it in quotes ("true")'],
    [["? [a]", ": b"], "PARSE_ERROR a key must be a text"],
    [["a: *nobody"], "5:10 PARSE_ERROR the alias `*nobody` has no anchor before it"],
    [["a: &x [*x]"], "5:14 PARSE_ERROR the alias `*x` stands inside what it repeats"],
    [["a: 1", "b: 2", "a: 3"], "7:7 PARSE_ERROR duplicate key `a`: it stands in line 5 already"],
    [
      ["a: 9007199254740993"],
      "5:10 WORKFLOW_VALIDATION_FAILED integer 9007199254740992 is beyond 2^53 − 1; write it as a string",
    ],
    [["a: .inf"], "5:10 WORKFLOW_VALIDATION_FAILED Infinity is not JSON"],
    [["a: .nan"], "5:10 WORKFLOW_VALIDATION_FAILED NaN is not JSON"],
    [["a: 1e999"], "5:10 WORKFLOW_VALIDATION_FAILED Infinity is not JSON"],
    [['a: "\\ud800"'], "5:10 WORKFLOW_VALIDATION_FAILED text with a lone surrogate"],
    [["__proto__: a"], "5:7 WORKFLOW_VALIDATION_FAILED `__proto__` cannot be a key"],
    [["a: {b: {__proto__: {admin: true}}}"], "5:15 WORKFLOW_VALIDATION_FAILED `__proto__` cannot be a key"],
  ])("%j", (lines, expected) => {
    const found = saidOf(withParams(...lines));
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(expected);
  });

  test("a duplicate does not hide what else is wrong", () => {
    expect(saidOf("name: A\nname: B\ntasks:\n  - method: echo/echo\n    tiemout: 5\n")).toEqual([
      "2:1 PARSE_ERROR duplicate key `name`: it stands in line 1 already",
      "5:5 WORKFLOW_VALIDATION_FAILED unknown key `tiemout`: did you mean `timeout`?",
    ]);
  });
});

describe("hostile documents cost little", () => {
  const levels = (count: number): readonly string[] => [
    `[`.repeat(count),
    `${"[".repeat(count)}${"]".repeat(count)}`,
    "{a: ".repeat(count),
    "- ".repeat(count),
    "? ".repeat(count),
    Array.from({ length: Math.min(count, 400) }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
  ];

  test.each(levels(100_000).map((text) => [text.slice(0, 10), text]))(
    "nesting without an end: %s",
    (_, text) => {
      expect(saidOf(text)[0]).toMatch(/PARSE_ERROR nested deeper than 200 levels/);
    },
  );

  test("two hundred levels may be too many for a value, but are read without harm", () => {
    const nested = `${"[".repeat(150)}1${"]".repeat(150)}`;
    expect(paramsOf(`a: ${nested}`)).toEqual({ a: JSON.parse(nested) });
    expect(saidOf(`name: x\ntasks: ${"[".repeat(198)}${"]".repeat(198)}`)[0]).toMatch(
      /must be a map, not a list/,
    );
  });

  test("an alias bomb", () => {
    const bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
    for (let i = 1; i < 30; i++)
      bomb.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(", ")}]`,
      );
    expect(saidOf(withParams(...bomb))[0]).toMatch(/^9:\d+ PARSE_ERROR the alias `\*a3` repeats too much/);
  });

  test("aliases that nest without an end", () => {
    const deep = ["a0: &a0 [x]"];
    for (let i = 1; i < 400; i++) deep.push(`a${i}: &a${i} [*a${i - 1}]`);
    expect(saidOf(withParams(...deep))[0]).toMatch(
      /PARSE_ERROR the alias `\*a\d+` repeats too much|nested deeper/,
    );
  });

  test.each([
    ["closing brackets", "]".repeat(300_000)],
    ["commas", `[${",".repeat(300_000)}`],
    ["anchors", "&a ".repeat(100_000)],
    ["tags", "! ".repeat(100_000)],
    ["bad escapes", `a: "${"\\q".repeat(300_000)}"`],
    ["tabs", `a:\n${"\tb: c\n".repeat(50_000)}`],
    ["texts in a row", '"a" '.repeat(50_000)],
    ["directives", "%A\n".repeat(300_000)],
    ["documents", "---\n".repeat(300_000)],
  ])("mistakes by the thousand: %s", (_, text) => {
    const found = saidOf(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(20);
  });

  test("keys by the thousand, all alike or all different", () => {
    expect(saidOf("a: 1\n".repeat(20_000)).length).toBeLessThan(200);
    const keys = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join("\n");
    expect(saidOf(keys).length).toBeLessThanOrEqual(1001);
  });

  test("too many parts are refused before they are all read", () => {
    const text = `a: [${"1,".repeat(1000)}]`;
    expect(compose(text).problems).toEqual([]);
    expect(compose(text, 1000).problems).toEqual([
      { message: expect.stringMatching(/too many parts for YAML; write it as JSON/), at: expect.any(Number) },
    ]);
  });
});

test("an alias shows the place of what it names", () => {
  const text = "name: A\ntasks:\n  - &t {id: a, method: echo/echo}\n  - *t\n";
  expect(saidOf(text)).toEqual([expect.stringMatching(/^3:13 .*duplicate task id `a`/)]);
  expect(read(text).definition).toBeUndefined();
});
