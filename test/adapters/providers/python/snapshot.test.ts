import { createHash } from "node:crypto";
import {
  chmod,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { processGroups } from "../../../../src/adapters/processes/index.ts";
import { snapshots } from "../../../../src/adapters/sandbox/snapshot.ts";
import { GleitzeitError } from "../../../../src/domain/index.ts";
import type { Log, Processes } from "../../../../src/engine/ports/index.ts";
import { imagesFolder as cacheFolder } from "../../../images.ts";
import { silent } from "../call-context.ts";
import { type Sandbox, sandbox } from "./sandbox.ts";

let folder = "";
const boxes: Sandbox[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "snapshot-"));
});
afterEach(async () => {
  await Promise.all(boxes.splice(0).map((box) => box.close()));
  await chmod(folder, 0o700);
  await rm(folder, { recursive: true });
});

const open = (options: Parameters<typeof sandbox>[0] = {}): Sandbox => {
  const box = sandbox({ interpreters: 1, spares: 0, cacheFolder: folder, ...options });
  boxes.push(box);
  return box;
};

/** What the log was told in earnest. */
function listening() {
  const heard: string[] = [];
  const log: Log = { ...silent, warn: (_fields, message) => void heard.push(message) };
  return { heard, log };
}

const KEY = { name: "python", key: "key" };
const image = new TextEncoder().encode("a memory image");
const whole = Buffer.concat([createHash("sha256").update(image).digest(), image]);

describe("an image", () => {
  test("is made once, for whoever asks, and found again", async () => {
    let made = 0;
    const make = async () => {
      made += 1;
      return image;
    };
    const first = snapshots(join(folder, "new", "cache"), KEY, make, silent);
    const files = await Promise.all([first.file(), first.file(), first.file()]);
    expect(new Set(files)).toEqual(new Set([join(folder, "new", "cache", "python-key.snapshot")]));
    expect(await readFile(files[0] ?? "")).toEqual(whole);
    await snapshots(join(folder, "new", "cache"), KEY, make, silent).file();
    expect(made).toBe(1);
    await snapshots(join(folder, "new", "cache"), { name: "python", key: "other" }, make, silent).file();
    expect(made).toBe(2);
  });

  test("is always whole, also when several make it at once", async () => {
    const making = Array.from({ length: 8 }, () => snapshots(folder, KEY, async () => image, silent).file());
    for (const file of await Promise.all(making)) expect(await readFile(file ?? "")).toEqual(whole);
    expect(await readdir(folder)).toEqual(["python-key.snapshot"]);
  });

  test("that was discarded is made again", async () => {
    const images = snapshots(folder, KEY, async () => image, silent);
    const file = (await images.file()) ?? "";
    await writeFile(file, "damaged");
    await images.discard(file);
    expect(await readdir(folder)).toEqual([]);
    expect(await images.file()).toBe(file);
    expect(await readFile(file)).toEqual(whole);
  });

  test("of other versions stays for a while, and what was never finished goes", async () => {
    const old = new Date("2020-01-01");
    for (const name of ["a", "b", "c", "d", "e", "f"]) {
      await writeFile(join(folder, `python-${name}.snapshot`), name);
      await utimes(
        join(folder, `python-${name}.snapshot`),
        old,
        new Date(old.getTime() + name.charCodeAt(0)),
      );
    }
    for (const [name, at] of [
      ["x", old],
      ["y", new Date()],
    ] as const) {
      await writeFile(join(folder, `python-a.snapshot.${name}.tmp`), "half");
      await utimes(join(folder, `python-a.snapshot.${name}.tmp`), at, at);
    }
    await writeFile(join(folder, "else.txt"), "not ours");
    await snapshots(folder, KEY, async () => image, silent).file();
    expect((await readdir(folder)).toSorted()).toEqual([
      "else.txt",
      "python-a.snapshot.y.tmp",
      "python-d.snapshot",
      "python-e.snapshot",
      "python-f.snapshot",
      "python-key.snapshot",
    ]);
  });

  test("that cannot be kept is done without, and that is said", async () => {
    await writeFile(join(folder, "file"), "");
    const { heard, log } = listening();
    expect(await snapshots(join(folder, "file"), KEY, async () => image, log).file()).toBeUndefined();
    const failing = () => Promise.reject(new GleitzeitError("PROVIDER_NOT_AVAILABLE", "no"));
    expect(await snapshots(folder, KEY, failing, log).file()).toBeUndefined();
    expect(heard).toEqual(
      Array(2).fill("no snapshot of an interpreter can be kept: interpreters start slowly"),
    );
    expect(await readdir(folder)).toEqual(["file"]);
    expect(await snapshots(undefined, KEY, failing, log).file()).toBeUndefined();
  });
});

/** The name of the shared image, so that none has to be made: the child is allowed to read it. */
async function borrowed(): Promise<string> {
  const real = processGroups();
  const read: string[] = [];
  const processes: Processes = {
    ...real,
    spawn(program) {
      read.push(...program.args.filter((arg) => arg.endsWith(".snapshot")));
      return real.spawn(program);
    },
  };
  await open({ cacheFolder, processes }).result("result = 1");
  return basename(read.at(-1) ?? "");
}

describe("an interpreter", () => {
  test.each([
    ["cut short", (file: string) => truncate(file, 1000)],
    ["empty", (file: string) => truncate(file, 0)],
    [
      "changed in one place",
      async (file: string) => {
        const bytes = await readFile(file);
        bytes[5_000_000] = (bytes[5_000_000] ?? 0) ^ 1;
        await writeFile(file, bytes);
      },
    ],
  ])("finds an image that is %s, has it made again, and starts", async (_how, damage) => {
    const { heard, log } = listening();
    const name = await borrowed();
    const file = join(folder, name);
    await writeFile(file, await readFile(join(cacheFolder, name)));
    await damage(file);
    const box = open({ log });
    expect(await box.result("result = 'works'")).toBe("works");
    expect(heard).toEqual(["a damaged snapshot of an interpreter is made again"]);
    const bytes = await readFile(file);
    expect(createHash("sha256").update(bytes.subarray(32)).digest()).toEqual(bytes.subarray(0, 32));
  });

  test("starts from an image behind a link", async () => {
    const name = await borrowed();
    await mkdir(join(folder, "real"));
    await writeFile(join(folder, "real", name), await readFile(join(cacheFolder, name)));
    await symlink(join(folder, "real"), join(folder, "link"));
    const { heard, log } = listening();
    expect(await open({ cacheFolder: join(folder, "link"), log }).result("result = 1")).toBe(1);
    expect(heard).toEqual([]);
  });

  test("starts without any image where none can be kept", async () => {
    await writeFile(join(folder, "file"), "");
    const { heard, log } = listening();
    expect(
      await open({ cacheFolder: join(folder, "file"), log }).result(
        "import statistics\nresult = statistics.mean([1, 2])",
      ),
    ).toBe(1.5);
    expect(heard).toEqual(["no snapshot of an interpreter can be kept: interpreters start slowly"]);
  });

  test("has a random state of its own", async () => {
    const code =
      "import random, uuid, os\nresult = [random.random(), random.getrandbits(64) % 2**53, str(uuid.uuid4()), os.urandom(4).hex()]";
    const answers = [await open({ cacheFolder }).result(code), await open({ cacheFolder }).result(code)];
    const [a, b] = answers.map((answer) => (Array.isArray(answer) ? answer : []));
    expect(a).toHaveLength(4);
    for (const [i, value] of (a ?? []).entries()) expect(value).not.toEqual(b?.[i]);
  });
});
