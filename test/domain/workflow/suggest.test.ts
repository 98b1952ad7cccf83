// What was probably meant: near enough to be a slip of the hand, and never what was written.
import { describe, expect, test } from "vitest";
import { didYouMean } from "../../../src/domain/index.ts";

describe("a word that is not known", () => {
  test.each<[string, readonly string[], string]>([
    ["tets", ["test"], "test"],
    ["etst", ["test"], "test"],
    ["tesst", ["test"], "test"],
    ["tst", ["test"], "test"],
    ["tast", ["test"], "test"],
    ["TEST", ["test"], "test"],
    ["max_retries", ["maxRetries"], "maxRetries"],
    ["max retries", ["max-retries"], "max-retries"],
    ["retry_config", ["retry"], "retry"],
    ["para", ["parameters"], "parameters"],
    ["ab", ["ba"], "ba"],
    ["depandensies", ["dependencies", "independent"], "dependencies"],
  ])("%s, of %j, was meant to be %s", (word, known, meant) => {
    expect(didYouMean(word, known)).toBe(`: did you mean \`${meant}\`?`);
  });

  test.each<[string, readonly string[]]>([
    ["abc", ["xyz"]],
    ["abc", ["cab"]],
    ["abcd", ["badc"]],
    ["ca", ["abc"]],
    ["tes", ["parameters"]],
    ["par", ["parameters"]],
    ["workflow", ["tasks"]],
    ["abcdefghijkl", ["mnopefghijkl"]],
    ["test", ["test"]],
    ["test", []],
  ])("%s, of %j, was none of them", (word, known) => {
    expect(didYouMean(word, known)).toBe("");
  });

  test("is the nearest of several, and of those as near the first", () => {
    expect(didYouMean("outputs", ["output_x", "output"])).toBe(": did you mean `output_x`?");
    expect(didYouMean("signal", ["sign", "signals"])).toBe(": did you mean `sign`?");
    expect(didYouMean("cabinet", ["cabbages", "cabinets"])).toBe(": did you mean `cabinets`?");
    expect(didYouMean("tesst", ["tess", "test"])).toBe(": did you mean `tess`?");
    expect(didYouMean("tesr", ["tess", "test"])).toBe(": did you mean `tess`?");
  });

  test("of more than a hundred characters is not looked for, nor among more than two thousand", () => {
    const word = "x".repeat(100);
    expect(didYouMean(word, [`${word}y`])).toBe(`: did you mean \`${word}y\`?`);
    expect(didYouMean(`${word}x`, [`${word}xy`])).toBe("");
    const many = Array.from({ length: 2000 }, (_, i) => (i === 0 ? "test" : `${i}`));
    expect(didYouMean("tets", many)).toBe(": did you mean `test`?");
    expect(didYouMean("tets", [...many, "one more"])).toBe("");
  });

  test("is never a text that is longer by more than a hundred", () => {
    const known = "retry".padEnd(105, "x");
    expect(didYouMean("retry", [known])).toBe(`: did you mean \`${known}\`?`);
    expect(didYouMean("retry", [`${known}x`])).toBe("");
  });
});
