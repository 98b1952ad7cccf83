// Two workers on one file, runs submitted from two processes at once: each run once, all complete, also when a worker is killed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect } from "vitest";
import { z } from "zod";
import { gleitzeit, type Place, started } from "./command.ts";

const child = new URL("submit-child.mjs", import.meta.url).pathname;

async function submitted(path: string, prefix: string, count: number): Promise<readonly string[]> {
  const running = spawn(process.execPath, [child, path, prefix, String(count)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [out] = await Promise.all([text(running.stdout), once(running, "close")]);
  return out.split("\n").filter((line) => line !== "");
}

const Event = z.object({
  stream: z.string(),
  type: z.string(),
  data: z.object({ task: z.string().optional() }),
});

/** `kill`: the first worker, once it has ended so many runs. */
export async function errands(here: Place, count: number, kill?: number): Promise<void> {
  const path = join(here.home, "gleitzeit.db");
  await gleitzeit(here, ["doctor", "--quiet"]); // the store and its key are there before both submit to it
  const workers = [1, 2].map(() => started(here, ["worker"]));
  await Promise.all(workers.map(({ saw }) => saw("drives what nobody else drives")));
  const [first, second] = workers;
  let seen = 0;
  first?.child.stdout?.on("data", (lines: string) => {
    seen += lines.split("\n").length - 1;
    if (kill !== undefined && seen >= kill) first.child.kill("SIGKILL");
  });
  const runs = (await Promise.all(["left", "right"].map((one) => submitted(path, one, count)))).flat();
  expect(new Set(runs).size).toBe(2 * count);
  await allSucceeded(here, runs.length);
  held((await gleitzeit(here, ["events", "--all", "--json"])).stdout, runs);
  for (const worker of [second, kill === undefined ? first : undefined]) {
    worker?.child.kill("SIGTERM");
    if (worker) expect((await worker.ended).exit).toBe(0);
  }
}

async function allSucceeded(here: Place, count: number): Promise<void> {
  for (;;) {
    const { stdout } = await gleitzeit(here, ["status", "--json"]);
    const { runs } = z.object({ runs: z.record(z.string(), z.number()) }).parse(JSON.parse(stdout));
    expect(runs.failed ?? 0).toBe(0);
    if (runs.succeeded === count) return;
  }
}

/** No task that had ended ran again, whoever drove the run. */
function held(stdout: string, runs: readonly string[]): void {
  const events = stdout
    .trim()
    .split("\n")
    .map((line) => Event.parse(JSON.parse(line)));
  for (const run of runs) {
    const own = events.filter(({ stream }) => stream.endsWith(run));
    const done = own.filter(({ type }) => type === "TaskSucceeded").map(({ data }) => data.task);
    expect(done.toSorted(), run).toEqual(["back", "go", "rest"]);
    expect(own.at(-1)?.type).toBe("RunSucceeded");
  }
}
