import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Disk, disk, refusal } from "./folders.ts";

let at: Disk;
beforeEach(async () => {
  at = await disk();
});
afterEach(() => at.remove());

describe("texts that may name a file", () => {
  test("count when they do, and are no file otherwise", async () => {
    await at.put("doc/data/a b.txt");
    await at.put("work/é.txt");
    const mentioned = [
      "data/a b.txt",
      "é.txt",
      "hello world",
      "",
      ".",
      "/",
      "..",
      "data",
      "\n",
      "a\0b",
      "{}",
      "~",
    ];
    expect(Object.keys(await at.texts({ mentioned }))).toEqual(["data/a b.txt", "é.txt"]);
  });
});

describe("a JavaScript module", () => {
  test("brings what it imports, and what that imports, wherever it lies within the folders", async () => {
    await at.put(
      "doc/scripts/main.js",
      'import { a } from "./lib/a.js";\nimport "../shared/b.mjs";\nimport "./gone.js";',
    );
    await at.put("doc/scripts/lib/a.js", 'export * from "../main.js";\nexport { default } from "./d.json";');
    await at.put("doc/scripts/lib/d.json", "{}");
    await at.put("doc/shared/b.mjs", 'import("../../outside.js")');
    await at.put("outside.js", "secret");
    await at.put("doc/scripts/other.js", "");
    expect(Object.keys(await at.texts({ modulesOf: ["scripts/main.js"] })).toSorted()).toEqual([
      "scripts/lib/a.js",
      "scripts/lib/d.json",
      "scripts/main.js",
      "shared/b.mjs",
    ]);
  });
});

describe("globs", () => {
  test("bring what matches, in order, hidden files only when a dot says so", async () => {
    for (const name of ["b.csv", "a.csv", "deep/er/c.csv", ".hidden.csv", ".git/x.csv", "d.txt"])
      await at.put(`doc/${name}`);
    expect(Object.keys(await at.texts({ globs: ["**/*.csv"] }))).toEqual(["a.csv", "b.csv", "deep/er/c.csv"]);
    expect(Object.keys(await at.texts({ globs: ["deep/**", "*.txt"] }))).toEqual(["deep/er/c.csv", "d.txt"]);
    expect(Object.keys(await at.texts({ globs: [".*.csv", ".git/*"] }))).toEqual([
      ".hidden.csv",
      ".git/x.csv",
    ]);
  });

  test("ask the working directory only where the document's folder has no match", async () => {
    await at.put("doc/a.csv");
    await at.put("work/b.csv");
    await at.put("work/c.txt");
    expect(Object.keys(await at.texts({ globs: ["*.csv", "*.txt"] }))).toEqual(["a.csv", "c.txt"]);
  });

  test("may match nothing, but a plain name must exist", async () => {
    expect(await at.capture({ globs: ["*.csv", "none/**"] })).toEqual([]);
    expect(await refusal(at.capture({ globs: ["data.csv"] }))).toMatch(/"data\.csv" does not exist/);
    await at.put("doc/[odd].txt");
    expect(Object.keys(await at.texts({ globs: ["[odd].txt"] }))).toEqual(["[odd].txt"]);
  });

  test("stay below the folder, whatever they say and wherever links lead", async () => {
    const secret = await at.put("out/secret.csv");
    expect(await refusal(at.capture({ globs: ["../out/*"] }))).toMatch(/without `\.\.`/);
    expect(await refusal(at.capture({ globs: [`${at.outside}/*`] }))).toMatch(/must be a glob below/);
    await at.link("doc/folder", at.outside);
    expect(await at.capture({ globs: ["**/*.csv", "**"] })).toEqual([]);
    await at.link("doc/link.csv", secret);
    expect(await refusal(at.capture({ globs: ["*.csv"] }))).toMatch(
      /link\.csv is a symbolic link that leads outside/,
    );
    expect(await refusal(at.capture({ globs: ["folder/*"] }))).toMatch(/leads outside/);
  });
});

describe("a script's modules", () => {
  test("come along, and theirs, from the script's own folder", async () => {
    await at.put("doc/scripts/main.py", "import os, helper as h\nfrom package.part import thing\n");
    await at.put("doc/scripts/helper.py", "def f():\n    import deep\n");
    await at.put("doc/scripts/deep.py", "import helper, main");
    await at.put("doc/scripts/package/__init__.py", "");
    await at.put("doc/scripts/package/part.py", "import beside");
    await at.put("doc/scripts/package/data.txt");
    await at.put("doc/scripts/beside.py", "");
    await at.put("doc/scripts/unused.py", "");
    await at.put("doc/os.py", "");
    await at.put("work/scripts/json.py", "");
    expect(
      Object.keys(await at.texts({ required: ["scripts/main.py"], modulesOf: ["scripts/main.py"] })),
    ).toEqual([
      "scripts/main.py",
      "scripts/helper.py",
      "scripts/package/__init__.py",
      "scripts/package/part.py",
      "scripts/deep.py",
      "scripts/beside.py",
    ]);
  });

  test("of a script at the top, and one behind a link", async () => {
    await at.put("doc/main.py", "import helper, outside");
    await at.put("doc/helper.py", "");
    await at.link("doc/outside.py", await at.put("out/outside.py", ""));
    expect(Object.keys(await at.texts({ modulesOf: ["main.py"] }))).toEqual(["main.py", "helper.py"]);
  });
});
