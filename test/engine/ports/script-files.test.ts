import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { possiblePaths, scriptFiles, scriptSourceFiles } from "../../../src/engine/ports/index.ts";

describe("the files a call names", () => {
  test("are its script with its modules, the texts in its values, and its globs", () => {
    const params = {
      file: "scripts/count.py",
      context: { file_path: "data/a.txt", more: [{ deep: ["b.txt", 5, null] }], top: 3 },
      args: ["--in", "c.txt"],
      files: ["assets/**"],
    };
    const needs = scriptFiles(params);
    expect({ ...needs, mentioned: needs.mentioned.toSorted() }).toEqual({
      required: ["scripts/count.py"],
      mentioned: ["--in", "b.txt", "c.txt", "data/a.txt"],
      globs: ["assets/**"],
      modulesOf: ["scripts/count.py"],
    });
  });

  test("are none where nothing is named, and what is not yet known is left out", () => {
    const none = { required: [], mentioned: [], globs: [], modulesOf: [] };
    expect(scriptFiles({ code: "1" })).toEqual(none);
    expect(scriptFiles({ code: "1", context: 5, args: "x", files: { a: 1 }, file: null })).toEqual({
      ...none,
      mentioned: ["x"],
    });
    expect(scriptSourceFiles({ file: "a.py", context: { b: "b.txt" } })).toEqual({
      ...none,
      required: ["a.py"],
      modulesOf: ["a.py"],
    });
  });

  test("are looked for at any depth, within bounds, and never in what cannot be a path", () => {
    expect(possiblePaths([JSON.parse(JSON.stringify({ a: [[["x"]]] })), null, false])).toEqual(["x"]);
    expect(
      scriptFiles({ context: JSON.parse(`{"d":${"[".repeat(500)}"bottom.txt"${"]".repeat(500)}}`) })
        .mentioned,
    ).toEqual(["bottom.txt"]);
    expect(possiblePaths([["a\nb", "", "n".repeat(2_000), "z\0"]])).toEqual([]);
    expect(possiblePaths([Array.from({ length: 50_000 }, (_, i) => `f${i}`)])).toHaveLength(10_000);
  });

  test("are found in any value whatever", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const found = possiblePaths([JSON.parse(JSON.stringify(value))]);
        const text = JSON.stringify(value);
        for (const path of found) expect(text).toContain(JSON.stringify(path).slice(1, -1));
      }),
    );
  });
});
