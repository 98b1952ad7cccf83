import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { globMatches } from "../../../src/adapters/files/index.ts";

describe("globs", () => {
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ["*", ["a", "a.txt", "é"], ["a/b", ".a", ""]],
    ["*.txt", ["a.txt", "a.b.txt"], ["a.md", "a.txt.md", "b/a.txt", ".txt"]],
    ["**", ["a", "a/b/c.txt"], [".a", "a/.b", ".a/b"]],
    ["**/*.txt", ["a.txt", "a/b.txt", "a/b/c.txt"], ["a.md", ".x/a.txt", "a/.txt"]],
    ["a/**", ["a/b", "a/b/c"], ["b/a", "ab/c"]],
    ["a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["a/bb", "b"]],
    ["a?c", ["abc", "a💧c"], ["ac", "abbc"]],
    ["[a-c]x", ["ax", "cx"], ["dx", "x"]],
    ["[!a-c]x", ["dx", "-x"], ["ax", "x"]],
    ["[]a]x", ["]x", "ax"], ["bx"]],
    ["[ab", ["[ab"], ["a"]],
    ["{a,b}.txt", ["a.txt", "b.txt"], ["c.txt", "{a,b}.txt"]],
    ["{a,b{c,d}}/x", ["a/x", "bc/x", "bd/x"], ["b/x", "c/x"]],
    ["x{,.bak}", ["x", "x.bak"], ["x."]],
    ["{a}", ["{a}"], ["a"]],
    ["\\*.txt", ["*.txt"], ["a.txt"]],
    ["\\{a,b\\}", ["{a,b}"], ["a"]],
    [".*", [".a"], ["a"]],
    [".git/*", [".git/config"], ["git/config"]],
    ["./a/*.txt", ["a/b.txt"], ["b.txt"]],
    ["a b (1).txt", ["a b (1).txt"], ["a b 1.txt"]],
  ])("%s", (pattern, matching, others) => {
    for (const path of matching) expect(globMatches(pattern, path), path).toBe(true);
    for (const path of others) expect(globMatches(pattern, path), path).toBe(false);
  });

  test("a name without wildcards matches itself alone", () => {
    const name = fc.string({ unit: fc.constantFrom("a", "b", ".", "-", " ", "é", "(", "+", "$", "^", "|") });
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(globMatches(`x${a}`, `x${a}`)).toBe(true);
        expect(globMatches(`x${a}`, `x${b}`)).toBe(a === b);
      }),
    );
  });

  test("stars agree with the plain meaning of stars", () => {
    const unit = fc.constantFrom("a", "b", "*");
    const plain = (pattern: string, text: string): boolean => {
      if (pattern === "") return text === "";
      if (pattern[0] === "*")
        return plain(pattern.slice(1), text) || (text !== "" && plain(pattern, text.slice(1)));
      return text[0] === pattern[0] && plain(pattern.slice(1), text.slice(1));
    };
    fc.assert(
      fc.property(
        fc.string({ unit, minLength: 1, maxLength: 7 }).filter((pattern) => pattern !== "**"),
        fc.string({ unit: fc.constantFrom("a", "b"), minLength: 1, maxLength: 8 }),
        (pattern, text) => {
          expect(globMatches(pattern, text)).toBe(plain(pattern, text));
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("patterns that bring others to their knees are answered", () => {
    expect(globMatches("*a".repeat(50), "a".repeat(255))).toBe(true);
    expect(globMatches(`${"*a".repeat(50)}b`, "a".repeat(255))).toBe(false);
    expect(globMatches(`${"**/".repeat(40)}x`, "a/".repeat(40))).toBe(false);
    expect(globMatches("{a,b}".repeat(40), "a".repeat(40))).toBe(false);
    expect(globMatches("{".repeat(1000), "a")).toBe(false);
  });
});
