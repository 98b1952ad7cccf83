import { createHmac } from "node:crypto";
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fileKeys, memoryKeys } from "../../../src/adapters/keys/index.ts";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "gz-keys-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const folder = () => join(home, "keys", "gleitzeit.db");
const unused = async () => false;
const used = async () => true;

test("the key is made with the store: 32 bytes that only their owner reads", async () => {
  await fileKeys({ folder: folder(), isUsed: unused });
  expect(await readdir(folder())).toEqual(["main.key"]);
  const file = join(folder(), "main.key");
  expect(await readFile(file)).toHaveLength(32);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await stat(folder())).mode & 0o777).toBe(0o700);
});

test("it stays: the same name gives the same answer tomorrow, another store another one", async () => {
  const today = await fileKeys({ folder: folder(), isUsed: unused });
  const tomorrow = await fileKeys({ folder: folder(), isUsed: used });
  const other = await fileKeys({ folder: join(home, "other"), isUsed: unused });
  expect(tomorrow.hmac("main", "run", "nightly")).toBe(today.hmac("main", "run", "nightly"));
  expect(other.hmac("main", "run", "nightly")).not.toBe(today.hmac("main", "run", "nightly"));
});

test("HMAC-SHA256 over the parts, joined by line breaks, in lower-case hex", async () => {
  const keys = await fileKeys({ folder: folder(), isUsed: unused });
  const key = await readFile(join(folder(), "main.key"));
  const expected = createHmac("sha256", key).update("run\nnightly").digest("hex");
  expect(keys.hmac("main", "run", "nightly")).toBe(expected);
  expect(keys.hmac("main", "request", "nightly")).not.toBe(expected);
});

test("a store that was used is not given a new key", async () => {
  await expect(fileKeys({ folder: folder(), isUsed: used })).rejects.toMatchObject({
    code: "PERSISTENCE_INTEGRITY_ERROR",
    message: expect.stringContaining(join(folder(), "main.key")),
  });
  await expect(stat(folder())).rejects.toThrow("ENOENT");
});

test("a key of the wrong length is refused, never padded or replaced", async () => {
  await fileKeys({ folder: folder(), isUsed: unused });
  const file = join(folder(), "main.key");
  await writeFile(file, "short");
  await expect(fileKeys({ folder: folder(), isUsed: unused })).rejects.toMatchObject({
    code: "PERSISTENCE_INTEGRITY_ERROR",
  });
  expect(await readFile(file, "utf8")).toBe("short");
});

test("many who make it at once share one, and leave nothing else behind", async () => {
  const all = await Promise.all(
    Array.from({ length: 20 }, () => fileKeys({ folder: folder(), isUsed: unused })),
  );
  expect(new Set(all.map((keys) => keys.hmac("main", "run", "x"))).size).toBe(1);
  expect(await readdir(folder())).toEqual(["main.key"]);
});

test("a folder that may not be written to is said so", async (context) => {
  await chmod(home, 0o500);
  const writable = await writeFile(join(home, "probe"), "").then(
    () => true,
    () => false,
  );
  if (writable) context.skip("permissions do not bind this user");
  await expect(fileKeys({ folder: folder(), isUsed: unused })).rejects.toMatchObject({
    code: "AUTHORIZATION_FAILED",
  });
});

test("an unknown tenant has no key", () => {
  expect(() => memoryKeys().hmac("other", "run", "x")).toThrow("no key for tenant other");
});

test("keys in memory differ from process to process", () => {
  expect(memoryKeys().hmac("main", "run", "x")).not.toBe(memoryKeys().hmac("main", "run", "x"));
});
