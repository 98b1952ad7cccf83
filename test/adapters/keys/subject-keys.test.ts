// Keys of subjects on disk: one for each, used by all processes, gone for all of them at once.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { erasureList, keyEncryption, subjectKeys } from "../../../src/adapters/keys/index.ts";
import type { SubjectKeys } from "../../../src/engine/ports/index.ts";

const ANNA = "a".repeat(64);
const BEN = "b".repeat(64);
const AT = { tenant: "main", stream: "run-main.x", revision: 0, type: "RunSubmitted" };

let home = "";
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "gleitzeit-subjects-"));
});
afterEach(() => rm(home, { recursive: true }));

type Given = {
  readonly named?: string;
  readonly env?: { readonly [name: string]: string };
  readonly isAll?: boolean;
  readonly inLog?: readonly string[];
};

const keys = ({ named, env = {}, isAll = false, inLog = [] }: Given = {}): SubjectKeys =>
  subjectKeys({
    folder: join(home, "subjects"),
    erasures: erasureList({
      ...{ file: join(home, "erasures.jsonl"), warn: () => undefined },
      exclusively: (_, work) => work(),
    }),
    encryption: () =>
      keyEncryption({
        named,
        file: join(home, "subjects.kek"),
        folder: home,
        env,
        mayMake: async () => true,
      }),
    isAll,
    erasedInLog: async () => new Set(inLog),
  });

const made = async (from: SubjectKeys, subject: string) => {
  const key = await from.keyFor("main", subject);
  if (!key) throw new Error("no key");
  return key;
};
const text = (words: string): Uint8Array => Buffer.from(words);
const fileOf = (subject: string): string => join(home, "subjects", `main.${subject}.json`);

test("processes that ask at once get one key, in a file that only its owner reads, wrapped", async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => made(keys(), ANNA)));
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  const [first, other] = all;
  const sealed = first?.seal(text("secret"), AT);
  expect(sealed && Buffer.from(other?.open(sealed, AT) ?? []).toString()).toBe("secret");
  expect((await stat(fileOf(ANNA))).mode & 0o777).toBe(0o600);
  expect((await made(keys(), BEN)).id).not.toBe(first?.id);
  expect(await readdir(join(home, "subjects"))).toHaveLength(2);
});

test("without a subject nothing is sealed, unless all is to be", async () => {
  expect(await keys().keyFor("main", undefined)).toBeUndefined();
  const key = await keys({ isAll: true }).keyFor("main", undefined);
  expect(key?.id).toMatch(/^tenant\.[0-9a-f]{16}$/);
  expect((await keys().keyOf("main", key?.id ?? ""))?.id).toBe(key?.id);
});

test("a destroyed key is gone for a process that had it open; another's stays; the next is another one", async () => {
  const here = keys();
  const { id } = await made(here, ANNA);
  const ben = await made(here, BEN);
  expect(await keys().destroy("main", ANNA)).toEqual([id]);
  expect(await here.keyOf("main", id)).toBeUndefined();
  expect((await here.keyOf("main", ben.id))?.id).toBe(ben.id);
  expect(await keys().destroy("main", ANNA)).toEqual([id]);
  const next = await made(here, ANNA);
  expect(next.id).not.toBe(id);
  expect(await keys().keyOf("main", id)).toBeUndefined();
  expect(await keys().destroy("main", ANNA)).toEqual([id, next.id]);
});

test("a key file that is put back from a backup is destroyed again before it is used, and so is one that only the log knows of", async () => {
  const { id } = await made(keys(), ANNA);
  const backup = await readFile(fileOf(ANNA));
  await keys().destroy("main", ANNA);
  await writeFile(fileOf(ANNA), backup);
  expect(await keys().keyOf("main", id)).toBeUndefined();
  await expect(readFile(fileOf(ANNA))).rejects.toThrow(/ENOENT/);

  await writeFile(fileOf(ANNA), backup);
  await rm(join(home, "erasures.jsonl"));
  expect(await keys({ inLog: [id] }).keyOf("main", id)).toBeUndefined();
  await expect(readFile(fileOf(ANNA))).rejects.toThrow(/ENOENT/);
});

test("a missing key that nobody erased is an error, and never made anew", async () => {
  const { id } = await made(keys(), ANNA);
  await rm(fileOf(ANNA));
  await expect(keys().keyOf("main", id)).rejects.toThrow(
    /nothing says that it was erased: put that folder back/,
  );
  await expect(keys().keyOf("main", "../../etc/passwd.0123456789abcdef")).rejects.toThrow(/is not in/);
});

test("the wrapping key comes from a file or the environment; another one, or a damaged file, is told from an erasure", async () => {
  const env = { KEK: Buffer.alloc(32, 7).toString("base64") };
  const { id } = await made(keys({ named: "env:KEK", env }), ANNA);
  expect((await keys({ named: "env:KEK", env }).keyOf("main", id))?.id).toBe(id);
  const hex = { KEK: Buffer.alloc(32, 7).toString("hex") };
  expect((await keys({ named: "env:KEK", env: hex }).keyOf("main", id))?.id).toBe(id);
  const other = { KEK: Buffer.alloc(32, 8).toString("base64") };
  for (const given of [{}, { named: "env:KEK", env: other }]) {
    await expect(keys(given).keyOf("main", id)).rejects.toThrow(/wrapped with another key/);
  }
  await expect(keys({ named: "env:KEK" }).keyOf("main", id)).rejects.toThrow(/KEK.* is not set/);
  await expect(keys({ named: "env:KEK", env: { KEK: "short" } }).keyOf("main", id)).rejects.toThrow(
    /32 bytes/,
  );
  await writeFile(fileOf(ANNA), "{}");
  await expect(keys({ named: "env:KEK", env }).keyOf("main", id)).rejects.toThrow(/damaged/);
});

test("a wrapped key does not stand for another subject", async () => {
  const { id } = await made(keys(), ANNA);
  await writeFile(fileOf(BEN), await readFile(fileOf(ANNA)));
  await expect(keys().keyFor("main", BEN)).rejects.toThrow(/was altered/);
  expect((await keys().keyOf("main", id))?.id).toBe(id);
});

test("a damaged list of erasures is not read as an empty one", async () => {
  const { id } = await made(keys(), ANNA);
  await writeFile(join(home, "erasures.jsonl"), "{\n");
  await expect(keys().keyOf("main", id)).rejects.toThrow(/list of keys that were destroyed, is damaged/);
});

test("a file that was half destroyed when its process died counts as destroyed, and is taken away by whoever goes on", async () => {
  const { id } = await made(keys(), ANNA);
  const line = { tenant: "main", subject: ANNA, keyId: id };
  await writeFile(join(home, "erasures.jsonl"), `${JSON.stringify(line)}\n`); // is written first
  await writeFile(fileOf(ANNA), Buffer.alloc(200, 7));
  expect(await keys().keyOf("main", id)).toBeUndefined();
  expect(await keys().destroy("main", ANNA, [id])).toContain(id);
  expect(await readdir(join(home, "subjects"))).toEqual([]);
});
