import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { listBatch } from "../../../src/adapters/files/index.ts";
import type { Batch } from "../../../src/domain/index.ts";
import { type Disk, disk, refusal } from "./folders.ts";

let at: Disk;
beforeEach(async () => {
  at = await disk();
  for (const name of ["b.txt", "a.txt", "c.long.txt", "skip.md", "2024/deep.txt", ".hidden.txt"]) {
    await at.put(`doc/notes/${name}`);
  }
});
afterEach(() => at.remove());

const list = (batch: Batch) => listBatch(at.folders, batch);

describe("the files of a batch", () => {
  test("files only, sorted, the pattern `*` unless given", async () => {
    const all = ["notes/a.txt", "notes/b.txt", "notes/c.long.txt", "notes/skip.md"];
    expect(await list({ directory: "notes" })).toEqual(all);
    expect(await list({ directory: "notes", pattern: "*.txt" })).toEqual(all.slice(0, 3));
    expect(await list({ directory: "notes", pattern: "**/*.txt" })).toEqual([
      "notes/2024/deep.txt",
      ...all.slice(0, 3),
    ]);
    expect(await list({ directory: "./notes/", pattern: "a.*" })).toEqual(["notes/a.txt"]);
  });

  test("sorted by code point of the relative path, not as UTF-16 would have it", async () => {
    for (const name of ["Z", "a", "é", "\uFF5E", "💧", "a-b", "a/b", "a.b"])
      await at.put(`doc/odd/${name === "a" ? "a0" : name}`);
    expect(await list({ directory: "odd", pattern: "**" })).toEqual(
      ["Z", "a-b", "a.b", "a/b", "a0", "é", "\uFF5E", "💧"].map((name) => `odd/${name}`),
    );
  });

  test("the directory is the document's, else the working one's, and may be the folder itself", async () => {
    await at.put("work/other/x.txt");
    await at.put("work/notes/elsewhere.txt");
    await at.put("doc/top.txt");
    expect(await list({ directory: "other" })).toEqual(["other/x.txt"]);
    expect(await list({ directory: "notes", pattern: "a*" })).toEqual(["notes/a.txt"]);
    expect(await list({ directory: "." })).toEqual(["top.txt"]);
    expect(await list({ directory: join(at.folders.document, "notes"), pattern: "a*" })).toEqual([
      "notes/a.txt",
    ]);
  });

  test("files one by one, in the order given", async () => {
    expect(await list({ files: ["notes/b.txt", "notes/a.txt"] })).toEqual(["notes/b.txt", "notes/a.txt"]);
    expect(await list({ directory: "notes", files: ["b.txt", "2024/deep.txt"] })).toEqual([
      "notes/b.txt",
      "notes/2024/deep.txt",
    ]);
  });

  test("links to files inside count", async () => {
    await at.link("doc/notes/d.txt", "a.txt");
    expect(await list({ directory: "notes", pattern: "d*" })).toEqual(["notes/d.txt"]);
  });
});

describe("what is refused", () => {
  test.each<readonly [Batch, RegExp]>([
    [{ directory: "none" }, /the batch directory "none" does not exist in the document's folder nor/],
    [{ directory: "notes/a.txt" }, /the batch directory "notes\/a\.txt" is a file/],
    [{ directory: "../out" }, /leads out of the folder/],
    [{ directory: "/etc" }, /lies outside/],
    [{ directory: "link" }, /symbolic link that leads outside/],
    [{ directory: "notes", pattern: "*.csv" }, /no file in "notes" matches "\*\.csv"/],
    [{ directory: "notes", pattern: "../*" }, /must stay below its directory/],
    [{ directory: "notes", pattern: "/etc/*" }, /must stay below/],
    [{ directory: "notes", max_file_size: 11 }, /notes\/b\.txt|larger than `max_file_size`/],
    [{ files: ["notes/none.txt"] }, /the file "notes\/none\.txt" of the batch does not exist/],
    [{ files: ["notes"] }, /of the batch is a directory/],
    [{ directory: "notes", files: ["../../out/x"] }, /leads out/],
    [{ files: ["notes/a.txt", "./notes/a.txt"] }, /lists "notes\/a\.txt" twice/],
    [{}, /neither a `directory` nor `files`/],
  ])("%j", async (batch, reason) => {
    await at.put("out/x");
    await at.link("doc/link", at.outside);
    expect(await refusal(list(batch))).toMatch(/^WORKFLOW_VALIDATION_FAILED /);
    expect(await refusal(list(batch))).toMatch(reason);
  });

  test("files over the limit, by name and number", async () => {
    await at.put("doc/notes/large.txt", "x".repeat(1001));
    await at.put("doc/notes/larger.txt", "x".repeat(2000));
    const refused = await refusal(list({ directory: "notes", max_file_size: 1000 }));
    expect(refused).toMatch(
      /notes\/large\.txt and 1 more: larger than `max_file_size`, 1000 bytes; raise it/,
    );
  });

  test("a link that leads to a file outside", async () => {
    await at.link("doc/notes/e.txt", await at.put("out/secret.txt"));
    expect(await refusal(list({ directory: "notes" }))).toMatch(
      /notes\/e\.txt is a symbolic link that leads outside/,
    );
  });
});
