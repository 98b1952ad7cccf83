// `kill -9` at thirty places of a run of thirty tasks; `resume` in a new process; the end is what it would have been.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

const main = new URL("../../dist/main.js", import.meta.url).pathname;

/** A fan-out, a fan-in, a chain, a tolerated failure, a failure with what depends on it. */
const workflow = {
  name: "Killed",
  max_parallel_tasks: 3,
  tasks: [
    { id: "source", method: "echo/echo", params: { message: "start", n: 7 } },
    ...Array.from({ length: 12 }, (_, i) => ({
      id: `branch${i}`,
      method: "mcp/tool.multiply",
      params: { a: "${source.n}", b: i },
    })),
    {
      id: "meet",
      method: "mcp/tool.concat",
      params: { strings: Array.from({ length: 12 }, (_, i) => `\${branch${i}.response}`) },
    },
    ...Array.from({ length: 12 }, (_, i) => ({
      id: `link${i}`,
      method: "mcp/tool.echo",
      params: { message: `\${${i === 0 ? "meet" : `link${i - 1}`}.response}.` },
    })),
    { id: "lost", method: "echo/echo", on_failure: "continue", params: { message: "${source.nothing}" } },
    { id: "aware", method: "echo/echo", params: { message: "${lost.error.code}" } },
    { id: "broken", method: "echo/echo", params: { message: "${meet.nothing}" } },
    { id: "after", method: "echo/echo", dependencies: ["broken"] },
  ],
};

const Document = z.object({
  runId: z.string(),
  status: z.string(),
  tasks: z.record(
    z.string(),
    z.object({ status: z.string(), result: z.unknown(), error: z.object({ code: z.string() }).nullable() }),
  ),
});
const Event = z.object({
  type: z.string(),
  revision: z.number(),
  data: z.object({ task: z.string().optional() }),
});

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "gleitzeit-killed-"));
  await writeFile(join(folder, "workflow.json"), JSON.stringify(workflow));
});
afterAll(() => rm(folder, { recursive: true }));

function gleitzeit(args: readonly string[], home: string) {
  const env = { PATH: process.env.PATH ?? "", GLEITZEIT_HOME: join(folder, home), NO_COLOR: "1" };
  return spawn(process.execPath, [main, ...args], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
}

async function output(args: readonly string[], home: string): Promise<string> {
  const child = gleitzeit(args, home);
  const [out] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return out;
}

/** What must be the same however often the process was killed: not ids, instants, durations, attempts. */
function essence(json: string) {
  const { status, tasks } = Document.parse(JSON.parse(json));
  const ends = Object.entries(tasks).map(([id, { status: end, result, error }]) => [
    id,
    end,
    result,
    error?.code,
  ]);
  return { status, ends };
}

/** Runs until so many lines of progress have come, then kills; true if the run was still under way. */
async function killAfter(lines: number, home: string): Promise<boolean> {
  const child = gleitzeit(["run", "workflow.json", "--id", "killed"], home);
  const closed = once(child, "close");
  let seen = 0;
  for await (const _ of createInterface({ input: child.stderr })) {
    seen += 1;
    if (seen === lines) child.kill("SIGKILL");
  }
  const [code] = await closed;
  return code === null;
}

async function eventsOf(home: string) {
  const lines = (await output(["events", "killed", "--json"], home)).trim().split("\n");
  return lines.map((line) => Event.parse(JSON.parse(line)));
}

const tasksOf = (events: readonly z.infer<typeof Event>[], type: string) =>
  events.filter((event) => event.type === type).map(({ data }) => data.task);

test("a run that is killed and resumed ends as one that was not", { timeout: 240_000 }, async () => {
  const calm = essence(await output(["run", "workflow.json", "--id", "killed", "--json"], "calm"));
  expect(calm.ends).toHaveLength(30);
  expect(calm.status).toBe("failed");
  let cut = 0;
  const storm = async (place: number): Promise<void> => {
    const home = `home-${place}`;
    const wasCut = await killAfter(place, home);
    const before = wasCut ? tasksOf(await eventsOf(home), "TaskSucceeded") : [];
    if (wasCut) cut += 1;
    const again =
      wasCut && before.length > 0 ? ["resume", "killed"] : ["run", "workflow.json", "--id", "killed"];
    expect(essence(await output([...again, "--json"], home)), `killed after ${place} lines`).toEqual(calm);
    const events = await eventsOf(home);
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, i) => i));
    const done = tasksOf(events, "TaskSucceeded");
    expect(new Set(done).size, "a completed task ran twice").toBe(done.length);
  };
  for (let place = 1; place <= 59; place += 4) await Promise.all([storm(place), storm(place + 2)]);
  expect(cut).toBeGreaterThan(10);
});
