import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { erasedNames, namesIn } from "../../../src/adapters/keys/index.ts";

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "gz-names-"));
});
afterEach(() => rm(home, { recursive: true, force: true }));

const directory = (folder: string) =>
  namesIn(
    folder,
    erasedNames({
      ...{ file: join(home, "erased-names.jsonl"), warn: () => undefined },
      exclusively: (_, work) => work(),
    }),
  );
const forgotten = async (names: ReturnType<typeof directory>, id: string): Promise<boolean> => {
  const entry = await names.entryOf(id);
  return entry !== undefined && names.erase(entry);
};
const actor = (id: string) => ({ type: "cli", id }) as const;

test("a name is found by the actor's id, also by the next process", async () => {
  const folder = join(home, "names");
  await directory(folder).remember(actor("a1"), "alice");
  await directory(folder).remember(actor("b2"), "böb 🦆");
  expect(await directory(folder).nameOf("a1")).toBe("alice");
  expect(await directory(folder).nameOf("b2")).toBe("böb 🦆");
  expect(await directory(folder).nameOf("c3")).toBeUndefined();
});

test("a name can be erased, and one that changed is kept as it is now", async () => {
  const names = directory(join(home, "names"));
  await names.remember(actor("a1"), "alice");
  await names.remember(actor("a1"), "alicia");
  expect(await names.nameOf("a1")).toBe("alicia");
  await forgotten(names, "a1");
  await forgotten(names, "a1");
  expect(await names.nameOf("a1")).toBeUndefined();
  expect(await readdir(join(home, "names"))).toEqual([]);
});

test("only the owner reads the directory, and an odd id does not leave it", async () => {
  const folder = join(home, "names");
  await directory(folder).remember(actor("../../escaped"), "mallory");
  expect(await readdir(home)).toEqual(["names"]);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(await directory(folder).nameOf("../../escaped")).toBe("mallory");
});

test("a damaged entry is said so, and the next use writes it anew", async () => {
  const names = directory(home);
  await writeFile(join(home, "a1.json"), "{");
  await expect(names.nameOf("a1")).rejects.toMatchObject({ code: "PERSISTENCE_INTEGRITY_ERROR" });
  await names.remember(actor("a1"), "alice");
  expect(await names.nameOf("a1")).toBe("alice");
});

test("an erased name that is put back is nobody's; the one who comes back has it again", async () => {
  const names = directory(join(home, "names"));
  const file = join(home, "names", "a1.json");
  await names.remember(actor("a1"), "alice");
  const kept = await readFile(file);
  await forgotten(names, "a1");
  await writeFile(file, kept);
  expect(await names.nameOf("a1")).toBeUndefined();
  expect(await readdir(join(home, "names"))).toEqual([]);
  await writeFile(file, kept);
  await names.remember(actor("a1"), "alice");
  expect(await names.nameOf("a1")).toBe("alice");
  expect(await readFile(join(home, "erased-names.jsonl"), "utf8")).not.toContain("alice");
});

test("an entry keeps its id as long as it is of the same person, and one of before has one when it is asked for", async () => {
  const folder = join(home, "names");
  const names = directory(folder);
  await names.remember(actor("a1"), "alice");
  const entry = await names.entryOf("a1");
  await names.remember({ type: "user", id: "a1" }, "alice");
  expect(await names.entryOf("a1")).toBe(entry);
  expect(await names.entryOf("b2")).toBeUndefined();
  await writeFile(join(folder, "b2.json"), JSON.stringify({ type: "cli", name: "ben" }));
  const old = await names.entryOf("b2");
  expect(await names.nameOf("b2")).toBe("ben");
  expect([await names.erase(old ?? ""), await names.erase(old ?? "")]).toEqual([true, false]);
  expect(await readdir(folder)).toEqual(["a1.json"]);
});

test("a damaged entry can be erased all the same, and those of others do not get in the way", async () => {
  const names = directory(home);
  for (const id of ["a1", "b2"]) await writeFile(join(home, `${id}.json`), `{"type":"cli","name":"an`);
  expect(await forgotten(names, "b2")).toBe(true);
  expect(await readdir(home)).toEqual(expect.arrayContaining(["a1.json", "erased-names.jsonl"]));
  expect(await readdir(home)).not.toContain("b2.json");
});
