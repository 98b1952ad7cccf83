import fc from "fast-check";
import { expect, test } from "vitest";
import { duration, fitted, line, lines, padded, width } from "../../../../src/adapters/cli/view/text.ts";

const ESC = String.fromCharCode(27);
const C1 = String.fromCharCode(0x9b);

test.each([
  ["colours", `${ESC}[31mred${ESC}[0m`, "red"],
  ["the window's title", `${ESC}]0;owned${String.fromCharCode(7)}text`, "text"],
  ["a title that does not end", `${ESC}]0;owned`, ""],
  ["clearing the screen", `a${ESC}[2Jb${ESC}[1;1Hc`, "abc"],
  ["the one-byte forms", `a${C1}2Jb`, "ab"],
  ["other sequences", `a${ESC}cb${ESC}(0c`, "abc"],
  ["a lone escape at the end", `a${ESC}`, "a"],
  ["bells and backspaces", "a\u0007b\u0008c", "a\ufffdb\ufffdc"],
  ["text that is turned around", "a\u202eb\u2066c", "a\ufffdb\ufffdc"],
  ["line breaks of other systems", "a\r\nb\rc", "a\nb\nc"],
])("%s do not get through", (_, text, shown) => {
  expect(lines(text)).toBe(shown);
});

test("nothing that a terminal acts upon gets through, whatever comes", () => {
  const dangerous = fc.string({
    unit: fc.constantFrom("\u001b", "\u009b", "[", "]", "2", "J", "m", "\u0007", "a", "\n", "\u009c", "P"),
  });
  fc.assert(
    fc.property(fc.oneof(dangerous, fc.string({ unit: "binary" })), (text) => {
      expect(lines(text)).not.toMatch(/[^\P{Cc}\t\n]|[\u202a-\u202e\u2066-\u2069]/u);
      expect(line(text)).not.toMatch(/\p{Cc}/u);
      expect(lines(lines(text))).toBe(lines(text));
    }),
  );
});

test("one line stays one line", () => {
  expect(line("a\n\n  b\tc")).toBe("a ⏎ b c");
});

test.each([
  ["abc", 3],
  ["日本", 4],
  ["한국", 4],
  ["\u1112\u1161\u11ab", 2],
  ["e\u0301", 1],
  ["a\u0300\u0301\u0302", 1],
  ["é", 1],
  ["नमस्ते", 4],
  ["ก็", 1],
  ["🦆", 2],
  ["❤️", 2],
  ["👍🏽", 2],
  ["🇩🇪", 2],
  ["1️⃣", 2],
  ["👩‍🚀", 2],
  ["👨‍👩‍👧", 2],
  ["\u200bzero", 4],
  ["①☎…", 3],
])("%s takes as many columns as a terminal shows: %d", (text, columns) => {
  expect(width(text)).toBe(columns);
  expect(fitted(`${text}x`, columns)).not.toMatch(/\u200d…|^\u0301/);
});

test("a fitted line is never wider than it may be, and says that something is missing", () => {
  expect(fitted("harbour", 7)).toBe("harbour");
  expect(fitted("harbour", 6)).toBe("harbo…");
  expect(fitted("日本語", 5)).toBe("日本…");
  expect(fitted("日本語", 4)).toBe("日…");
  expect(fitted("x", 0)).toBe("");
  expect(fitted("👨‍👩‍👧👨‍👩‍👧", 3)).toBe("👨‍👩‍👧…");
  expect(fitted("e\u0301e\u0301e\u0301", 2)).toBe("e\u0301…");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat({ max: 30 }), (text, columns) => {
      expect(width(fitted(text, columns))).toBeLessThanOrEqual(Math.max(columns, 0));
    }),
  );
});

test("padded to a width", () => {
  expect(padded("日本", 6)).toBe("日本  ");
  expect(padded("abc", 2)).toBe("abc");
});

test.each([
  [0, "0 ms"],
  [999, "999 ms"],
  [1000, "1.0 s"],
  [59_900, "59.9 s"],
  [59_960, "1 min 00 s"],
  [185_000, "3 min 05 s"],
  [7_800_000, "2 h 10 min"],
  [273_600_000, "3 d 4 h"],
])("%d ms are %s", (millis, text) => {
  expect(duration(millis)).toBe(text);
});
