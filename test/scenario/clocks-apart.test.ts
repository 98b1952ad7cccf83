// Two servers on one store whose clocks are twenty minutes apart, and are set to the other's in the middle; then one is killed.
// Nothing is called twice because of it, nothing is lost, and the log says what its clocks said.
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { gleitzeit, place } from "./command.ts";
import { type Serving, serving } from "./serving.ts";

const here = place();
const TEN_MINUTES = 600_000;
const PRELOADED = `--import=${new URL("set-clock.mjs", import.meta.url).href}`;
const TASKS = ["a", "b", "c", "d"];

const documentAt = (port: number): string =>
  [
    "name: Errand\ninputs: {run: {type: string}}\ntasks:",
    ...TASKS.map((id, i) => {
      const before = i > 0 ? `dependencies: [${TASKS[i - 1]}], ` : "";
      const url = `http://127.0.0.1:${port}/\${inputs.run}/${id}`;
      return `  - {id: ${id}, method: http/request, ${before}params: {url: "${url}", method: POST}}`;
    }),
  ].join("\n");

/** Whom the tasks call: it counts, and answers when it is let. */
async function receiver() {
  const calls: string[] = [];
  const held: ServerResponse[] = [];
  const watchers = new Set<() => void>();
  let isHeld = true;
  const server = createServer((request, response) => {
    calls.push(request.url ?? "");
    if (isHeld) held.push(response);
    else response.end("{}");
    for (const look of watchers) look();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it listens on a port");
  return {
    port: address.port,
    calls,
    hold: () => {
      isHeld = true;
    },
    letGo: () => {
      isHeld = false;
      for (const one of held.splice(0)) one.end("{}");
    },
    saw: (count: number): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (calls.length < count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const Run = z.object({ status: z.string() });
const Event = z.object({
  stream: z.string(),
  type: z.string(),
  recordedAt: z.string(),
  data: z.object({ task: z.string().optional() }),
});

/** The same run, however often; with `wait` how it ended. */
async function submitted({ url }: Serving, workflow: string, run: string, wait = 0) {
  const response = await fetch(`${url}/v1/runs?wait=${wait}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ workflow, id: run, inputs: { run } }),
  });
  return Run.parse(await response.json()).status;
}

const eventsOf = async (type: string): Promise<readonly z.infer<typeof Event>[]> =>
  (await gleitzeit(here(), ["events", "--all", "--json", "--type", type])).stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Event.parse(JSON.parse(line)));

test("clocks that stand apart, jump, and the death of one: each task is called once, and once more if it was lost", async () => {
  await writeFile(join(here().folder, "gleitzeit.yaml"), "outbound: {allow: {hosts: [127.0.0.1]}}\n");
  const called = await receiver();
  const document = documentAt(called.port);
  const env = { NODE_OPTIONS: PRELOADED };
  const apart = (from: number, to: number) => ({
    env: { ...env, SET_CLOCK: String(from), SET_CLOCK_TO: String(to) },
  });
  const ahead = await serving(here(), apart(TEN_MINUTES, -TEN_MINUTES));
  const behind = await serving(here(), apart(-TEN_MINUTES, TEN_MINUTES));
  try {
    const [mine, yours, killed] = ["ahead", "behind", "killed"].map((of) =>
      ["1", "2", "3"].map((i) => `${of}-${i}`),
    );
    if (!mine || !yours || !killed) throw new Error("three of each");
    for (const run of mine) await submitted(ahead, document, run);
    for (const run of yours) await submitted(behind, document, run);
    await called.saw(mine.length + yours.length);
    for (const server of [ahead, behind]) server.child.kill("SIGUSR2");
    await Promise.all([ahead.saw(`clock: ${-TEN_MINUTES}`), behind.saw(`clock: ${TEN_MINUTES}`)]);
    called.letGo();
    for (const run of mine) expect(await submitted(behind, document, run, 30)).toBe("succeeded");
    for (const run of yours) expect(await submitted(ahead, document, run, 30)).toBe("succeeded");
    const each = [...mine, ...yours].flatMap((run) => TASKS.map((task) => `/${run}/${task}`));
    expect(called.calls.toSorted()).toEqual(each.toSorted());
    expect(await eventsOf("TaskLost")).toEqual([]);
    expect(await eventsOf("RunOwnerChanged")).toEqual([]);
    const times = (await eventsOf("*")).map(({ recordedAt }) => Date.parse(recordedAt));
    expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(TEN_MINUTES); // the clocks were apart indeed

    called.hold();
    const before = called.calls.length;
    for (const run of killed) await submitted(ahead, document, run);
    await called.saw(before + killed.length);
    ahead.child.kill("SIGKILL");
    await ahead.ended;
    called.letGo();
    for (const run of killed) expect(await submitted(behind, document, run, 30)).toBe("succeeded");
    const lost = (await eventsOf("TaskLost")).map(({ data }) => data.task);
    expect(lost).toEqual(["a", "a", "a"]);
    const again = killed.flatMap((run) => ["a", ...TASKS].map((task) => `/${run}/${task}`));
    expect(called.calls.slice(before).toSorted()).toEqual(again.toSorted());
    behind.child.kill("SIGTERM");
    const { exit, stderr } = await behind.ended;
    expect(exit, stderr).toBe(0);
    const verified = await gleitzeit(here(), ["audit", "verify"]);
    expect(verified.exit, verified.stdout).toBe(0);
    expect(verified.stdout).toContain("back");
  } finally {
    for (const { child } of [ahead, behind]) child.kill("SIGKILL");
    called.close();
  }
});
