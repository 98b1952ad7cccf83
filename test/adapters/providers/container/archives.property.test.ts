// Archives in both directions: what is packed is what real `tar` unpacks, and what comes out of a container is plain
// files with plain paths or is refused, whatever its bytes are.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { tarOf } from "../../../../src/adapters/providers/container/tar-pack.ts";
import { unpacked } from "../../../../src/adapters/providers/container/tar-unpack.ts";

const run = promisify(execFile);
const BOUNDS = { mostFiles: 50, mostBytes: 100_000 };

const step = fc.stringMatching(/^[\wäöü-]{1,60}$/);
const path = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => steps.join("/"));
const bytes = fc.uint8Array({ maxLength: 1500 });
const files = fc.uniqueArray(fc.record({ path, bytes }), {
  maxLength: 8,
  selector: ({ path: name }) => name,
});

const asMap = (list: readonly { readonly path: string; readonly bytes: Uint8Array }[]) =>
  new Map(list.map((one) => [one.path, [...one.bytes]]));

const plain = (found: ReadonlyMap<string, Uint8Array>) =>
  new Map([...found].map(([name, content]) => [name, [...content]]));

test("what was packed comes out as it went in", () => {
  fc.assert(
    fc.property(files, (list) => {
      expect(plain(unpacked(tarOf(list), BOUNDS))).toEqual(asMap(list));
    }),
  );
});

test("any bytes are files with paths that lead below, or refused", () => {
  const valid = tarOf([{ path: "a/b", bytes: Buffer.from("text") }]);
  const changes = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 5 });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 3000 }), changes), (given) => {
      const archive = Buffer.from(valid);
      if (Array.isArray(given)) for (const [at, byte] of given) archive[at] = byte;
      try {
        const found = unpacked(Array.isArray(given) ? archive : given, BOUNDS);
        for (const name of found.keys()) expect(name).not.toMatch(/^\/|(?:^|\/)\.\.?(?:\/|$)|\\|\0/);
      } catch (error) {
        expect(error).toMatchObject({ code: "TASK_RESULT_INVALID" });
      }
    }),
  );
});

/** A header as somebody writes it who means no good. */
function entry(name: string, type: string, { size = 0, link = "", prefix = "" } = {}): Buffer {
  const [block = Buffer.alloc(512)] = [
    Buffer.from(tarOf([{ path: "x", bytes: Buffer.alloc(0) }]).subarray(0, 512)),
  ];
  block.fill(0, 0, 100);
  block.write(name, 0);
  block.write(type, 156, "latin1");
  block.write(link, 157);
  block.write(prefix, 345);
  block.write(size.toString(8).padStart(11, "0"), 124, "latin1");
  block.fill(32, 148, 156);
  const sum = block.reduce((all, byte) => all + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, "latin1");
  return block;
}

const END = Buffer.alloc(1024);
const many = Array.from({ length: 51 }, (_, i) => entry(`f${i}`, "0"));

test.each<[string, readonly Buffer[], RegExp]>([
  ["an absolute path", [entry("/etc/passwd", "0")], /leads elsewhere/],
  ["a path upwards", [entry("a/../../b", "0")], /leads elsewhere/],
  ["a path upwards in two parts", [entry("b", "0", { prefix: ".." })], /leads elsewhere/],
  ["a path with a backslash", [entry("a\\b", "0")], /leads elsewhere/],
  ["a folder upwards", [entry("../", "5")], /leads elsewhere/],
  ["a symbolic link", [entry("a", "2", { link: "/" })], /a symbolic link/],
  ["a hard link", [entry("a", "1", { link: "b" })], /a hard link/],
  ["a device", [entry("a", "3")], /a device/],
  ["a disk", [entry("a", "4")], /a device/],
  ["a pipe", [entry("a", "6")], /a named pipe/],
  ["a sparse file", [entry("a", "S")], /no plain file/],
  ["extended headers", [entry("a", "x")], /no plain file/],
  ["a file twice", [entry("a", "0"), entry("a", "0")], /twice/],
  ["a file twice by another name", [entry("a", "0"), entry("./a", "0")], /twice/],
  ["too many files", many, /more than 50 files/],
  ["too many folders", Array.from({ length: 101 }, (_, i) => entry(`d${i}/`, "5")), /more than 50 files/],
  ["too much", [entry("a", "0", { size: 100_001 }), Buffer.alloc(100_352)], /larger than 100000 bytes/],
  ["more than there is", [entry("a", "0", { size: 8 ** 11 - 1 })], /cut off/],
  ["an endless name", [entry("././@LongLink", "L", { size: 2000 }), Buffer.alloc(2048, 97)], /too long/],
  ["a name that is no text", [entry("a", "0").fill(0xff, 0, 3)], /damaged|no text/],
])("%s is refused", (_what, parts, message) => {
  expect(() => unpacked(Buffer.concat([...parts, END]), BOUNDS)).toThrow(message);
});

test("without an end it was cut", () => {
  expect(() => unpacked(entry("a", "0"), BOUNDS)).toThrow(/no end/);
});

test("real tar unpacks what is packed, and what it packs comes out", async () => {
  const folder = await mkdtemp(join(tmpdir(), "gz-tar-"));
  const long = `${"deep/".repeat(30)}name-${"x".repeat(80)}.txt`;
  const list = [
    { path: "a b/ü.txt", bytes: Buffer.from("one\n") },
    { path: long, bytes: Buffer.alloc(513, 7) },
    { path: "empty", bytes: Buffer.alloc(0) },
  ];
  await writeFile(join(folder, "in.tar"), tarOf(list));
  await run("tar", ["-C", folder, "-xf", join(folder, "in.tar")]);
  for (const one of list) expect((await readFile(join(folder, one.path))).equals(one.bytes)).toBe(true);
  const names = ["a b", "deep", "empty"].map((name) => `./${name}`);
  await run("tar", ["-C", folder, "-cf", join(folder, "out.tar"), ...names]);
  expect(plain(unpacked(await readFile(join(folder, "out.tar")), BOUNDS))).toEqual(asMap(list));
  await rm(folder, { recursive: true });
});
