// However a program writes a secret into what it says, and wherever it is cut: it is found.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { errorInfo } from "../../src/domain/index.ts";
import { scrubOf } from "../../src/engine/secrets/scrub.ts";
import { scrubbedChunks } from "../../src/engine/secrets/scrubbed-chunks.ts";

const secret = fc
  .string({ unit: "grapheme", minLength: 6, maxLength: 40 })
  .filter((text) => text.trim().length >= 6);
const around = fc.string({ maxLength: 12 });

const percent = (char: string): string => `%${char.charCodeAt(0).toString(16).toUpperCase()}`;
const base64 = (text: string): string => Buffer.from(text).toString("base64");

const FORMS: readonly (readonly [string, (text: string) => string])[] = [
  ["as it is", (text) => text],
  ["in JSON", (text) => JSON.stringify(text).slice(1, -1)],
  ["in JSON within JSON", (text) => JSON.stringify(JSON.stringify(text).slice(1, -1)).slice(1, -1)],
  ["in an address", encodeURIComponent],
  [
    "in a path",
    (text) =>
      encodeURIComponent(text)
        .replaceAll("%2F", "/")
        .replace(/[!'()*]/g, percent),
  ],
  ["in small letters", (text) => encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase())],
  ["in a form", (text) => new URLSearchParams({ x: text }).toString().slice(2)],
  ["in base64", base64],
  ["in base64 for addresses", (text) => Buffer.from(text).toString("base64url")],
  ["in hex", (text) => Buffer.from(text).toString("hex")],
];

describe("a secret", () => {
  test.each(FORMS)("%s is struck out of any text", (_, form) => {
    fc.assert(
      fc.property(secret, around, around, (value, before, after) => {
        const written = form(value.toWellFormed());
        const { text } = scrubOf([value]);
        expect(text(written)).toBe("***");
        expect(text(before + written + after)).not.toContain(written);
      }),
    );
  });

  test("as the host of an address is struck out in small letters, too", () => {
    expect(scrubOf(["My-Token.Key"]).text(`no answer of ${new URL("http://My-Token.Key/x")}`)).toBe(
      "no answer of http://***/x",
    );
  });

  test("in base64 behind and before anything else leaves no more than its ends share with others", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 12, maxLength: 40 }), around, around, (value, before, after) => {
        const clean = scrubOf([value]).text(base64(`${before}:${value}:${after}`));
        expect(clean).toContain("***");
        const left = clean.split("***").map((part) => Buffer.from(part, "base64").toString("latin1"));
        expect(left.join("")).not.toContain(value.slice(2, -2));
      }),
    );
  });

  test("of several lines is struck out line by line, and without the blanks around it", () => {
    const { text } = scrubOf(["-----BEGIN KEY-----\nMIIEvQIBADAN\nBgkqhkiG9w0B\n", " padded value "]);
    expect(text("first MIIEvQIBADAN, then BgkqhkiG9w0B; padded value")).toBe("first ***, then ***; ***");
  });

  test("in pieces is struck out of live chunks; everything else comes through, in order", () => {
    fc.assert(
      fc.property(secret, around, around, fc.array(fc.nat(6)), (value, before, after, cuts) => {
        const scrub = scrubOf([value]);
        const whole = before + value + after + value;
        let seen = "";
        const chunks = scrubbedChunks(scrub, ({ text }) => {
          seen += text;
        });
        let at = 0;
        for (const length of [...cuts, whole.length]) {
          chunks.emit({ kind: "stdout", text: whole.slice(at, at + length) });
          at += length;
        }
        chunks.end();
        expect(seen).not.toContain(value);
      }),
    );
    let seen = "";
    const plain = scrubbedChunks(scrubOf(["abcdefgh"]), ({ text }) => {
      seen += text;
    });
    for (const char of "ab abcd abcdefg, abcdefgh!") plain.emit({ kind: "stdout", text: char });
    plain.end();
    expect(seen).toBe("ab abcd abcdefg, ***!");
  });

  test("that is cut at the end leaves no beginning of it", () => {
    const { cut } = scrubOf(["correct horse battery"]);
    expect(cut("said correct horse bat")).toBe("said ***");
    expect(cut("said corr")).toBe("said corr");
    expect(cut("correct horse battery")).toBe("***");
  });

  test.each([
    ["the server answered 400: -- correct horse bat …", "the server answered 400: -- *** …"],
    ["correct horse… and more", "***… and more"],
    ['it said "correct horse"... and more', 'it said "***"... and more'],
    [
      "Unexpected token 'c', \"correct ho\"... is not valid JSON",
      "Unexpected token 'c' in what is not valid JSON",
    ],
    ['token \'x\', ..."orse battery, x"\n, "... is not valid JSON', "token 'x' in what is not valid JSON"],
    ["Unexpected token 'x', \"xorse\" is not valid JSON", "Unexpected token 'x' in what is not valid JSON"],
    ["correct… horse", "***… horse"],
    ["corr… ends", "corr… ends"],
  ])("that is cut in the middle of a message leaves no part of it: %s", (said, clean) => {
    expect(scrubOf(["correct horse battery"]).cut(said)).toBe(clean);
  });

  test("cut anywhere by what reads JSON, of which V8 quotes the place, leaves no six characters of it", () => {
    const parts = Array.from({ length: 16 }, (_, at) => "correct horse battery".slice(at, at + 6));
    for (let before = 0; before < 60; before += 1) {
      const answer = `{"a": "${"-".repeat(before)}" correct horse battery${"#".repeat(before)}`;
      let said = "";
      try {
        JSON.parse(answer);
      } catch (error) {
        said = String(error);
      }
      expect(said).toMatch(/JSON/);
      const { message } = scrubOf(["correct horse battery"]).error(errorInfo("PROVIDER_ERROR", said));
      expect(parts.filter((part) => message.includes(part))).toEqual([]);
    }
  });

  test("in output that says of itself that it was cut leaves no beginning of it; whole output stays as it is", () => {
    const { result } = scrubOf(["correct horse battery"]);
    expect(result({ output: "a correct h", output_truncated: true })).toEqual({
      output: "a ***",
      output_truncated: true,
    });
    expect(result({ output: "a correct h" })).toEqual({ output: "a correct h" });
  });
});
