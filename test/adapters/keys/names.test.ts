import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { namesIn } from "../../../src/adapters/keys/index.ts";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "gz-names-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const actor = (id: string) => ({ type: "cli", id }) as const;

test("a name is found by the actor's id, also by the next process", async () => {
  const folder = join(home, "names");
  await namesIn(folder).remember(actor("a1"), "alice");
  await namesIn(folder).remember(actor("b2"), "böb 🦆");
  expect(await namesIn(folder).nameOf("a1")).toBe("alice");
  expect(await namesIn(folder).nameOf("b2")).toBe("böb 🦆");
  expect(await namesIn(folder).nameOf("c3")).toBeUndefined();
});

test("a name can be erased, and one that changed is kept as it is now", async () => {
  const names = namesIn(join(home, "names"));
  await names.remember(actor("a1"), "alice");
  await names.remember(actor("a1"), "alicia");
  expect(await names.nameOf("a1")).toBe("alicia");
  await names.forget("a1");
  await names.forget("a1");
  expect(await names.nameOf("a1")).toBeUndefined();
  expect(await readdir(join(home, "names"))).toEqual([]);
});

test("only the owner reads the directory, and an odd id does not leave it", async () => {
  const folder = join(home, "names");
  await namesIn(folder).remember(actor("../../escaped"), "mallory");
  expect(await readdir(home)).toEqual(["names"]);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(await namesIn(folder).nameOf("../../escaped")).toBe("mallory");
});

test("a damaged entry is said so, and the next use writes it anew", async () => {
  const names = namesIn(home);
  await writeFile(join(home, "a1.json"), "{");
  await expect(names.nameOf("a1")).rejects.toMatchObject({ code: "PERSISTENCE_INTEGRITY_ERROR" });
  await names.remember(actor("a1"), "alice");
  expect(await names.nameOf("a1")).toBe("alice");
});
