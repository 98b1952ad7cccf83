import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fileCapture } from "../../../src/adapters/files/index.ts";
import { type Disk, disk, needs, refusal } from "./folders.ts";

let at: Disk;
beforeEach(async () => {
  at = await disk();
});
afterEach(() => at.remove());

describe("files that are named", () => {
  test("come with their bytes, size and hash", async () => {
    await at.put("doc/a.bin", "\u0000é");
    const [captured] = await at.capture({ required: ["a.bin"] });
    const hash = createHash("sha256").update("\u0000é").digest("hex");
    expect(captured?.file).toEqual({ path: "a.bin", hash: `sha256-${hash}`, size: 3 });
    expect(Buffer.from(captured?.bytes ?? []).toString()).toBe("\u0000é");
  });

  test("are looked up in the document's folder, then in the working directory", async () => {
    await at.put("doc/both.txt");
    await at.put("work/both.txt");
    await at.put("work/data/only.txt");
    expect(await at.texts({ required: ["both.txt", "data/only.txt"] })).toEqual({
      "both.txt": "doc/both.txt",
      "data/only.txt": "work/data/only.txt",
    });
  });

  test("a folder in the one does not hide a file in the other", async () => {
    await at.put("doc/x/inner.txt");
    await at.put("work/x");
    expect(await at.texts({ required: ["x"] })).toEqual({ x: "work/x" });
  });

  test("absolute paths inside become relative; so do roundabout ones", async () => {
    const inDocument = await at.put("doc/a/b.txt");
    const inWorking = await at.put("work/c.txt");
    expect(Object.keys(await at.texts({ required: [inDocument, inWorking] }))).toEqual(["a/b.txt", "c.txt"]);
    expect(Object.keys(await at.texts({ required: ["./a/../a//b.txt"] }))).toEqual(["a/b.txt"]);
  });

  test("each comes once, however often it is named", async () => {
    const path = await at.put("doc/a.txt");
    const captured = await at.capture({
      required: ["a.txt", "./a.txt"],
      mentioned: ["a.txt", path],
      globs: ["*.txt"],
    });
    expect(captured.map(({ file }) => file.path)).toEqual(["a.txt"]);
  });

  test("links inside are followed, from one folder into the other too", async () => {
    await at.put("work/target.txt");
    await at.link("doc/link.txt", join(at.folders.working, "target.txt"));
    expect(await at.texts({ required: ["link.txt"] })).toEqual({ "link.txt": "work/target.txt" });
  });

  test("the folder itself may be a link", async () => {
    await at.put("doc/a.txt");
    await at.link("out/door", at.folders.document);
    const folders = { document: join(at.outside, "door"), working: at.folders.working };
    const capturing = fileCapture().capture(
      folders,
      needs({ required: [join(at.folders.document, "a.txt")] }),
    );
    expect((await capturing).map(({ file }) => file.path)).toEqual(["a.txt"]);
  });
});

describe("what is refused", () => {
  test.each([
    [
      "missing.txt",
      /TASK_PARAMETER_ERROR the file "missing\.txt" does not exist in the document's folder nor/,
    ],
    ["", /"" is not a path/],
    ["a\0b", /is not a path/],
    ["folder", /"folder" is a directory/],
    ["a.txt/b", /does not exist/],
    ["../out/secret.txt", /leads out of the folder with `\.\.`: write the path from/],
    ["folder/../../out/secret.txt", /leads out of the folder/],
    ["/etc/passwd", /"\/etc\/passwd" lies outside the document's folder and the working directory/],
    ["link.txt", /is a symbolic link that leads outside/],
    ["linked/secret.txt", /is a symbolic link that leads outside/],
    ["twice.txt", /is a symbolic link that leads outside/],
    ["circle", /leads in a circle/],
    ["dangling", /does not exist/],
    ["pipe", /is not a regular file/],
    ["x".repeat(5000), /is not a path/],
    ["x".repeat(300), /does not exist/],
  ])("%s", async (name, reason) => {
    const secret = await at.put("out/secret.txt");
    await at.put("doc/a.txt");
    await at.put("doc/folder/x");
    await at.link("doc/link.txt", secret);
    await at.link("doc/linked", at.outside);
    await at.link("doc/twice.txt", "link.txt");
    await at.link("doc/circle", "circle");
    await at.link("doc/dangling", "nowhere");
    execFileSync("sh", ["-c", 'mkfifo "$0"', join(at.folders.document, "pipe")]);
    expect(await refusal(at.capture({ required: [name] }))).toMatch(reason);
    expect(await refusal(at.capture({ modulesOf: [name] }))).toMatch(reason);
    expect(await at.capture({ mentioned: [name] })).toEqual([]);
  });

  test("an absolute path outside, though it begins like one inside", async () => {
    await at.put("doc/a.txt");
    expect(await refusal(at.capture({ required: [`${at.folders.document}x/a.txt`] }))).toMatch(
      /lies outside/,
    );
    expect(await refusal(at.capture({ required: [at.folders.document] }))).toMatch(/is a directory/);
  });

  test("more than the limit, together, before anything is read", async () => {
    await at.put("doc/a", "x".repeat(600));
    await at.put("doc/b", "x".repeat(401));
    expect(await at.capture({ required: ["a"] }, 600)).toHaveLength(1);
    expect(await refusal(at.capture({ required: ["a"] }, 599))).toMatch(
      /^RESOURCE_EXHAUSTED with a the files .* 599 bytes/,
    );
    expect(await refusal(at.capture({ required: ["a", "b"] }, 1000))).toMatch(/^RESOURCE_EXHAUSTED with b/);
    expect(await refusal(at.capture({ globs: ["*"] }, 1000))).toMatch(/^RESOURCE_EXHAUSTED/);
    expect(await refusal(at.capture({ mentioned: ["a", "b"] }, 1000))).toMatch(/^RESOURCE_EXHAUSTED/);
  });

  test("a file that may not be read", async () => {
    await chmod(await at.put("doc/a.txt"), 0o000);
    await chmod(join(at.folders.document, ".."), 0o755);
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) process.seteuid?.(65_534);
    try {
      expect(await refusal(at.capture({ required: ["a.txt"] }))).toMatch(
        /^AUTHORIZATION_FAILED a\.txt may not be read/,
      );
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  test("what is in a folder that is not there, or that is a file", async () => {
    await at.put("work/a-file", "");
    for (const document of [join(at.outside, "gone"), join(at.folders.working, "a-file")]) {
      const folders = { document, working: at.folders.working };
      for (const needed of [needs({ required: ["a"] }), needs({ globs: ["a"] })])
        expect(await refusal(fileCapture().capture(folders, needed))).toMatch(
          /does not exist in the document's folder nor in the working directory/,
        );
    }
  });
});
