// Output that others read: complete, pure, and given up quietly when nobody reads on.
import { execFile } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { gleitzeit, place, started } from "./command.ts";

const here = place();

const task = (i: number): string =>
  `  - {id: t${i}, method: echo/echo, params: {message: "${"x".repeat(400)}"}}\n`;
const MANY = `name: Many\ntasks:\n${Array.from({ length: 600 }, (_, i) => task(i)).join("")}`;

test("| head ends it, with exit 0 and not a word", async () => {
  await writeFile(join(here().folder, "many.yaml"), MANY);
  expect((await gleitzeit(here(), ["run", "many.yaml", "--quiet"])).exit).toBe(0);
  const running = started(here(), ["events", "--all", "--json"]);
  const { stdout } = running.child;
  if (!stdout) throw new Error("no stdout");
  await once(stdout, "data");
  stdout.destroy();
  const { exit, signal, stderr } = await running.ended;
  expect({ exit, signal, stderr }).toEqual({ exit: 0, signal: null, stderr: "" });
});

test("a large document reaches a slow reader whole", async () => {
  await writeFile(join(here().folder, "many.yaml"), MANY);
  const { exit, stdout } = await gleitzeit(here(), ["run", "many.yaml", "--json"]);
  expect(exit).toBe(0);
  expect(Object.keys(JSON.parse(stdout).tasks)).toHaveLength(600);
});

test("standard input is read where it is asked for", async () => {
  const document =
    'name: In\ninputs: {n: {type: integer}}\ntasks:\n  - {id: a, method: echo/echo, params: {message: "${inputs.n}"}}\n';
  await writeFile(join(here().folder, "in.yaml"), document);
  const { exit, stdout } = await gleitzeit(here(), ["run", "in.yaml", "--inputs", "-", "--json"], {
    input: '{"n": 7}',
  });
  expect(exit).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ outputs: { a: { response: 7 } } });
});

test("with --json every exit prints exactly one document on stdout", async () => {
  await writeFile(join(here().folder, "bad.yaml"), "name: [\n");
  const argvs = [
    [0, "list"],
    [0, "--version"],
    [2, "nonsense"],
    [2, "list", "--limit", "x"],
    [3, "run", "bad.yaml"],
    [3, "validate", "bad.yaml"],
    [3, "list", "--store", "redis:x"],
    [4, "run", "nowhere.yaml"],
    [4, "show", "nobody"],
    [5, "list", "--store", "sqlite:bad.yaml"],
  ] as const;
  for (const [exit, ...argv] of argvs) {
    const ended = await gleitzeit(here(), [...argv, "--json"]);
    expect([argv, ended.exit]).toEqual([argv, exit]);
    const value: unknown = JSON.parse(ended.stdout);
    if (exit > 0)
      expect(value).toEqual(
        expect.objectContaining({ error: expect.any(Object), problems: expect.any(Array) }),
      );
  }
});

const ONE = "name: One\ntasks:\n  - {id: a, method: echo/echo, params: {message: hi}}\n";

test("output that has no room is a failure with a reason, not a crash, and the run stands", async () => {
  await writeFile(join(here().folder, "one.yaml"), ONE);
  const { exit, stderr } = await gleitzeit(here(), ["run", "one.yaml", "--quiet"], {
    redirected: "> /dev/full",
  });
  expect(exit).toBe(5);
  expect(stderr).toMatch(/^error PERSISTENCE_WRITE_FAILED: standard output cannot be written: ENOSPC.*\n$/);
  const { items } = JSON.parse((await gleitzeit(here(), ["list", "--json"])).stdout);
  expect(items).toEqual([expect.objectContaining({ status: "succeeded" })]);
  expect(await readdir(join(here().home, "owners", "gleitzeit.db"))).toEqual([]);
});

test("without anybody to tell, on a full or a closed stderr, the result is as good", async () => {
  await writeFile(join(here().folder, "one.yaml"), ONE);
  for (const redirected of ["2> /dev/full", "2>&-", "2> nobody"]) {
    if (redirected.endsWith("nobody")) await unread(join(here().folder, "nobody"));
    const { exit, stdout } = await gleitzeit(here(), ["run", "one.yaml", "--json"], { redirected });
    expect([redirected, exit, JSON.parse(stdout).status]).toEqual([redirected, 0, "succeeded"]);
  }
});

/** A pipe that somebody opened for reading, and closes as soon as something is in it. */
async function unread(path: string): Promise<void> {
  await promisify(execFile)("mkfifo", [path]);
  const reader = createReadStream(path, { highWaterMark: 1 });
  reader.once("data", () => reader.destroy());
}
