// Ctrl-C and its like: the command ends in good order, leaves nothing behind, and what it left goes on later.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isObject, type Json, type JsonObject } from "../../src/domain/index.ts";
import { gleitzeit, place, started } from "./command.ts";

const here = place({ withImage: true });

const SLEEPER = `name: Sleeper
tasks:
  - id: before
    method: echo/echo
    params: {message: once}
  - id: slow
    method: python/execute
    dependencies: [before]
    params: {code: "import time; print('asleep'); time.sleep(3); result = 'awake'"}
  - id: after
    method: echo/echo
    params: {message: "\${slow}"}
`;

const document = (stdout: string): JsonObject => {
  const value: Json = JSON.parse(stdout);
  if (!isObject(value)) throw new Error(stdout);
  return value;
};

/** Interpreters that live: their command lines name the home that their memory image is in. */
async function interpreters(home = here().imageHome ?? here().home): Promise<readonly string[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "gone")),
  );
  return lines.filter((line) => line.includes(home));
}

async function interrupted(signal: NodeJS.Signals) {
  const { folder, home } = here();
  await writeFile(join(folder, "sleeper.yaml"), SLEEPER);
  const running = started(here(), ["run", "sleeper.yaml", "--json"], { env: { TMPDIR: folder } });
  await running.saw("slow: running");
  expect(await interpreters()).not.toEqual([]);
  running.child.kill(signal);
  const ended = await running.ended;
  expect(await interpreters()).toEqual([]);
  expect(await readdir(folder)).toEqual(["sleeper.yaml"]);
  expect(await readdir(join(home, "owners", "gleitzeit.db"))).toEqual([]);
  return ended;
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s hands the attempt back, exits 130, and resume finishes the run",
  async (signal) => {
    const { exit, stdout, stderr } = await interrupted(signal);
    expect(exit).toBe(130);
    const { runId, status, error } = document(stdout);
    if (typeof runId !== "string") throw new Error(stdout);
    expect({ status, error }).toEqual({
      status: "running",
      error: expect.objectContaining({ code: "INTERRUPTED" }),
    });
    expect(stderr).toContain("slow: handed back");
    const resumed = await gleitzeit(here(), ["resume", runId, "--json"]);
    expect(resumed.exit).toBe(0);
    expect(document(resumed.stdout)).toMatchObject({
      runId,
      status: "succeeded",
      outputs: { after: { response: "awake" } },
      tasks: { before: { attempts: 1 }, slow: { attempts: 2 } },
    });
  },
);

test("a second Ctrl-C does not wait for anything", async () => {
  await writeFile(join(here().folder, "sleeper.yaml"), SLEEPER);
  const running = started(here(), ["run", "sleeper.yaml"]);
  await running.saw("slow: running");
  running.child.kill("SIGINT");
  running.child.kill("SIGINT");
  expect((await running.ended).exit).toBe(130);
});

test("without an interrupt nothing is left either", async () => {
  const { folder, home } = here();
  await writeFile(join(folder, "sleeper.yaml"), SLEEPER.replace("time.sleep(3)", "pass"));
  const { exit } = await gleitzeit(here(), ["run", "sleeper.yaml", "--quiet"], { env: { TMPDIR: folder } });
  expect(exit).toBe(0);
  expect(await interpreters()).toEqual([]);
  expect(await readdir(folder)).toEqual(["sleeper.yaml"]);
  const kept = ["cache", "checkpoints", "gleitzeit.db", "gleitzeit.db.tiles", "keys", "owners"];
  expect((await readdir(home)).toSorted()).toEqual(kept);
});
