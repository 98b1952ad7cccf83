// Every command on a store that lies on a server: the same documents, the same answers.
import { readdirSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Simulator, simulator } from "../adapters/event-store/eventstoredb/simulator/simulator.ts";
import { runCase } from "./case.ts";
import { gleitzeit, type Place, place, started } from "./command.ts";

const cases = fileURLToPath(new URL("../cases", import.meta.url));
const folder = place({ withImage: true });
let server: Simulator | undefined;

beforeEach(async () => {
  server = await simulator({ batch: true });
});
afterEach(() => server?.stop());

const here = (kind?: "esdb" | "esdb+discover"): Place => ({ ...folder(), store: server?.url(kind) ?? "" });

const document = (seconds: number): string => `name: Shared
tasks:
  - {id: first, method: mcp/tool.add, params: {a: 1, b: 2}}
  - {id: slow, method: python/execute, dependencies: [first], params: {code: "import time; print('under way', flush=True); time.sleep(${seconds})"}}
  - {id: last, method: echo/echo, dependencies: [slow], params: {message: "\${first.response}"}}
`;

describe("the project's cases", () => {
  test.each(readdirSync(cases))("%s", async (name) => {
    expect(await runCase(join(cases, name), here())).toEqual([]);
  });
});

/** Each test starts several processes, one after the other. */
const patience = { timeout: 180_000 };

test("every command finds on the server what another one has left there", patience, async () => {
  await writeFile(join(here().folder, "a.yaml"), document(0));
  const ran = await gleitzeit(here("esdb+discover"), ["run", "a.yaml", "--json", "--id", "shared"]);
  expect(ran.exit, ran.stderr).toBe(0);
  for (const [command, says] of [
    [["list"], "Shared"],
    [["show", "shared"], "succeeded"],
    [["events", "shared"], "RunSucceeded"],
    [["events", "--all", "--json"], "TaskScheduled"],
    [["logs", "shared"], "under way"],
    [["status"], `esdb://127.0.0.1:${server?.port}`],
    [["doctor"], `esdb://127.0.0.1:${server?.port} can be written to`],
    [["config", "show"], `esdb://127.0.0.1:${server?.port}`],
  ] as const) {
    const { exit, stdout, stderr } = await gleitzeit(here(), command);
    expect([exit, stdout], `${command.join(" ")}: ${stderr}`).toEqual([0, expect.stringContaining(says)]);
  }
  expect(server?.appends().batch).toBeGreaterThan(0);
});

test("the key lies under the home, and another home is told that it lacks it", async () => {
  await writeFile(join(here().folder, "a.yaml"), document(0));
  await gleitzeit(here(), ["run", "a.yaml", "--quiet"]);
  const kept = join(here().home, "keys", `esdb-127.0.0.1_${server?.port}`);
  expect(await readFile(join(kept, "main.key"))).toHaveLength(32);
  expect(await readdir(here().home)).not.toContain("gleitzeit.db");
  const stranger = { ...here(), home: join(here().folder, "other") };
  const refused = await gleitzeit(stranger, ["run", "a.yaml", "--json"]);
  expect(refused.exit).toBe(5);
  expect(refused.stdout).toContain("PERSISTENCE_INTEGRITY_ERROR");
  expect(refused.stdout).toContain(join("other", "keys", `esdb-127.0.0.1_${server?.port}`, "main.key"));
});

test(
  "a run whose process was killed is gone on with by another once its lease has passed",
  patience,
  async () => {
    await writeFile(join(here().folder, "a.yaml"), document(600));
    const running = started(here(), ["run", "a.yaml", "--id", "killed"]);
    await running.saw("slow: running");
    running.child.kill("SIGKILL");
    await running.ended;
    const resumed = started(here(), ["resume", "killed"]);
    await resumed.saw("slow: running");
    const { stdout } = await gleitzeit(here(), ["events", "killed", "--json"]);
    expect(stdout).toContain("RunOwnerChanged");
    expect(stdout).toContain('"reason":"worker-dead"');
    await gleitzeit(here(), ["cancel", "killed"]);
    expect((await resumed.ended).exit).toBe(1);
  },
);

test("without a server every command ends with 5, and says what may help", async () => {
  const gone = here();
  server?.stop();
  for (const command of [["list"], ["status"], ["run", "a.yaml"]]) {
    await writeFile(join(gone.folder, "a.yaml"), document(0));
    const { exit, stderr } = await gleitzeit(gone, command);
    expect([exit, stderr]).toEqual([5, expect.stringContaining("tls=false")]);
  }
});
