// The list of erasures after whoever wrote to it died in the middle of a line, or the disk was full.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { erasureList } from "../../../src/adapters/keys/index.ts";

let home = "";
const said: string[] = [];
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "gz-erasures-"));
  said.length = 0;
});
afterEach(() => rm(home, { recursive: true, force: true }));

const fileOf = (): string => join(home, "erasures.jsonl");
const list = () =>
  erasureList({ file: fileOf(), exclusively: (_, work) => work(), warn: (one) => void said.push(one) });
const entry = (keyId: string) => ({ tenant: "mäin", subject: "s", keyId });
const lineOf = (keyId: string): string => `${JSON.stringify(entry(keyId))}\n`;
const linesIn = async (): Promise<readonly string[]> =>
  (await readFile(fileOf(), "utf8")).split("\n").filter((one) => one !== "");
const damaged = { code: "PERSISTENCE_INTEGRITY_ERROR", message: expect.stringContaining("is damaged") };

test("cut off anywhere in its last line, it has all lines before, and takes the next", async () => {
  const whole = Buffer.from(`${lineOf("one")}${lineOf("two")}`);
  const start = Buffer.byteLength(lineOf("one"));
  const letter = whole.lastIndexOf("ä") + 1; // in the middle of its two bytes
  for (const end of [
    start,
    start + 1,
    letter,
    letter + 9,
    whole.length - 2,
    whole.length - 1,
    whole.length,
  ]) {
    await writeFile(fileOf(), whole.subarray(0, end));
    said.length = 0;
    const isWhole = end >= whole.length - 1; // without its line break it is all there
    expect([await list().has("one"), await list().has("two")]).toEqual([true, isWhole]);
    expect(said).toEqual([]); // who reads changes nothing
    await list().add(entry("three"));
    expect(await linesIn()).toEqual(
      (isWhole ? ["one", "two", "three"] : ["one", "three"]).map((one) => lineOf(one).trim()),
    );
    expect(said).toHaveLength(isWhole || end === start ? 0 : 1);
  }
});

test("zeros at its end, as a machine leaves them that lost its power, are cut off, too", async () => {
  await writeFile(fileOf(), Buffer.concat([Buffer.from(lineOf("one")), Buffer.alloc(40)]));
  expect(await list().has("one")).toBe(true);
  await list().add(entry("two"));
  expect(await linesIn()).toHaveLength(2);
});

test.each([
  ["a line in the middle that is none", `${lineOf("one").slice(0, 9)}\n${lineOf("two")}`],
  ["a last line that is none, ended", `${lineOf("one")}{"tenant":\n`],
  ["something else at its end", `${lineOf("one")}{"tenant":"main"}`],
  ["a line that was lost between two", `${lineOf("one").trim()}${lineOf("two")}`],
])("%s is damage: nothing is read and nothing added", async (_, text) => {
  await writeFile(fileOf(), text);
  await expect(list().has("one")).rejects.toMatchObject(damaged);
  await expect(list().add(entry("three"))).rejects.toMatchObject(damaged);
  expect(await readFile(fileOf(), "utf8")).toBe(text);
});

test("one that was changed and is as long as before is read anew", async () => {
  const here = list();
  await writeFile(fileOf(), lineOf("one"));
  expect(await here.has("one")).toBe(true);
  await rm(fileOf());
  await writeFile(fileOf(), lineOf("two"));
  expect([await here.has("one"), await here.has("two")]).toEqual([false, true]);
});

const CHILD = fileURLToPath(new URL("erasing-child.mjs", import.meta.url));

/** In a shell that lets files grow to so many blocks of 512 bytes. */
const adding = (keyId: string, blocks: number | "unlimited") =>
  new Promise<string>((resolve) => {
    const words = [process.execPath, CHILD, fileOf(), keyId];
    execFile("/bin/sh", ["-c", `ulimit -f ${blocks}; exec "$@"`, "sh", ...words], (error, stdout) =>
      resolve(error ? "died" : stdout),
    );
  });

test("a process that dies in the middle of its write leaves a list that goes on", async (context) => {
  if (process.platform === "win32") context.skip("has no limit to the size of files");
  const before = lineOf("k".repeat(512 - Buffer.byteLength(lineOf("")) - 20));
  await writeFile(fileOf(), before);
  expect(await adding("cut", 1)).toBe("died");
  const torn = await readFile(fileOf(), "utf8");
  expect(torn.startsWith(before) && torn.length > before.length && !torn.endsWith("\n")).toBe(true);
  expect(await list().has("cut")).toBe(false);
  expect(await adding("again", "unlimited")).toMatch(/ended in the middle of a line.*\nadded\n/);
  expect(await list().has("again")).toBe(true);
  expect(await linesIn()).toHaveLength(2);
});
