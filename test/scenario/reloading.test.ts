// A configuration that is changed while calls are under way: none of them is lost, and none goes where nobody is any more.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sqliteStore } from "../../src/adapters/event-store/index.ts";
import { poolEventIn } from "../../src/adapters/providers/pool/recorded.ts";
import { isObject, type Json, providerStream } from "../../src/domain/index.ts";
import { type FakeModels, fakeModels, type Waiting } from "../adapters/providers/llm/fake-models.ts";
import { ollamaProtocol } from "../adapters/providers/llm/protocols.ts";
import { place, type Started, started } from "./command.ts";

const here = place();
let servers: Readonly<Record<"a" | "b" | "c", FakeModels>>;
beforeEach(async () => {
  const [a, b, c] = await Promise.all([1, 2, 3].map(() => fakeModels(ollamaProtocol)));
  if (!a || !b || !c) throw new Error("three servers");
  servers = { a, b, c };
});
afterEach(async () => {
  await Promise.all(Object.values(servers).map((server) => server.close()));
});

type Name = keyof typeof servers;
const fleetOf = (...names: readonly Name[]): string => `providers:
  fleet:
    type: ollama
    default_model: drip
    health_check: {enabled: false}
    instances: [${names.map((name) => `{url: "${servers[name].url}", name: ${name}}`).join(", ")}]
`;

/** As an editor writes: beside it, and onto it. */
async function configured(text: string): Promise<string> {
  const file = join(here().folder, "gleitzeit.yaml");
  await writeFile(`${file}.new`, text);
  await rename(`${file}.new`, file);
  return file;
}

const MANY = `name: Many
tasks:
  - id: all
    method: llm/chat
    for_each: [${Array.from({ length: 100 }, (_, i) => `"${i}"`).join(", ")}]
    max_parallel: 8
    params: {prompt: "\${item}"}
    retry: {max_attempts: 1}
`;

const held = async (name: Name, count: number): Promise<readonly Waiting[]> => {
  const all: Waiting[] = [];
  while (all.length < count) all.push(await servers[name].waiting());
  return all;
};

/** From now on whatever is asked there is answered at once. */
const answering = (name: Name): void => {
  const next = (): void =>
    void servers[name].waiting().then((waiting) => {
      waiting.end();
      next();
    });
  next();
};

async function manyRunning(): Promise<Started> {
  await configured(fleetOf("a", "b"));
  await writeFile(join(here().folder, "many.yaml"), MANY);
  return started(here(), ["run", "many.yaml", "--id", "m", "--json"]);
}

const document = (text: string) => {
  const value: Json = JSON.parse(text);
  if (!isObject(value)) throw new Error(text);
  return value;
};

async function providerEvents(): Promise<readonly string[]> {
  const store = await sqliteStore({ path: join(here().home, "gleitzeit.db"), random: Math.random });
  try {
    const all = await store.events.read(providerStream("fleet"), 0, 500);
    return all.map(poolEventIn).map(({ type, data }) => `${type} ${data.instance}`);
  } finally {
    await store.events.close();
  }
}

test("SIGHUP during a hundred calls: none fails, none begins at who was removed, and the log knows who there is", async () => {
  const running = await manyRunning();
  const underWay = [...(await held("a", 4)), ...(await held("b", 4))];
  await configured(fleetOf("a", "c"));
  running.child.kill("SIGHUP");
  await running.saw("providers changed");
  expect(servers.b.heard.length).toBe(4);
  answering("a");
  answering("c");
  for (const waiting of underWay) waiting.end();
  const { exit, stdout, stderr } = await running.ended;
  expect(exit, stderr).toBe(0);
  expect(document(stdout).status).toBe("succeeded");
  const heard = [servers.a, servers.b, servers.c].map((server) => server.heard.length);
  expect(heard[1]).toBe(4);
  expect(heard[2]).toBeGreaterThan(0);
  expect(heard.reduce((sum, count) => sum + count, 0)).toBe(100);
  expect(await providerEvents()).toEqual([
    "InstanceAdded a",
    "InstanceAdded b",
    "InstanceRemoved b",
    "InstanceAdded c",
  ]);
});

test("a file that is not valid is refused by its name and line, and the calls go on as they were", async () => {
  const running = await manyRunning();
  const underWay = [...(await held("a", 4)), ...(await held("b", 4))];
  const file = await configured(fleetOf("a", "c").replace("type: ollama", "type: olama"));
  running.child.kill("SIGHUP");
  await running.saw("the configuration was not taken over, what was in force stays");
  answering("a");
  answering("b");
  for (const waiting of underWay) waiting.end();
  const { exit, stderr } = await running.ended;
  expect(exit, stderr).toBe(0);
  expect(stderr).toContain(`${file}:3`);
  expect(servers.c.heard).toEqual([]);
});

test("a server notices by itself that its file became another one, and ends without anything left open", async () => {
  await configured("providers: {}\n");
  const serving = started(here(), ["serve", "--port", "0"]);
  await serving.saw("is served on");
  await configured(fleetOf("a"));
  await serving.saw('"added":["fleet"]');
  await configured("log_level: info\n");
  serving.child.kill("SIGHUP");
  await serving.saw('"removed":["fleet"]');
  await serving.saw('"settings":["log_level"]');
  serving.child.kill("SIGHUP");
  await serving.saw('"msg":"the configuration was read again: no provider changed"'); // a line of that level
  serving.child.kill("SIGTERM");
  const { exit, stderr } = await serving.ended;
  expect(exit, stderr).toBe(0);
  expect(await providerEvents()).toEqual([
    expect.stringMatching("InstanceAdded"),
    expect.stringMatching("InstanceRemoved"),
  ]);
});

test("SIGHUP ten times in a row: what counts at once does, what does not is named, and no call is lost", async () => {
  await configured(`${fleetOf("a")}execution: {max_parallel_tasks: 2}\n`);
  await writeFile(join(here().folder, "many.yaml"), MANY);
  const running = started(here(), ["run", "many.yaml", "--id", "m", "--json"]);
  const first = await held("a", 2);
  const other = "execution: {max_parallel_tasks: 5, default_timeout: 200}\nlimits: {result: 1MiB}\n";
  await configured(fleetOf("a") + other);
  for (let i = 0; i < 10; i += 1) running.child.kill("SIGHUP");
  const more = await held("a", 3); // while nothing has ended
  await running.saw('"settings":["execution.max_parallel_tasks"]');
  await running.saw('"settings":["execution.default_timeout","limits.result"]');
  answering("a");
  for (const waiting of [...first, ...more]) waiting.end();
  const { exit, stdout, stderr } = await running.ended;
  expect(exit, stderr).toBe(0);
  expect(document(stdout).status).toBe("succeeded");
  expect(servers.a.heard.length).toBe(100);
  expect(stderr).toMatch(/max_parallel_tasks.*these settings changed, and count from now on/);
  expect(stderr).toMatch(/limits\.result.*count from the next start on/);
});

const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

test("a terminal that is closed ends the run that was started on it, in good order", async () => {
  await configured(fleetOf("a"));
  await writeFile(join(here().folder, "many.yaml"), MANY);
  const command = `exec "${process.execPath}" "${MAIN}" run many.yaml 2> told.txt`;
  const onTerminal = spawn("/bin/sh", ["-c", 'exec script -qec "$0" /dev/null', command], {
    cwd: here().folder,
    env: { PATH: process.env.PATH, HOME: here().home, GLEITZEIT_HOME: here().home },
    stdio: ["pipe", "ignore", "inherit", "pipe"],
  });
  await held("a", 8);
  const outlives = onTerminal.stdio[3];
  if (!outlives) throw new Error("no pipe that lasts as long as the run");
  const over = once(outlives, "close");
  outlives.on("data", () => undefined);
  onTerminal.kill("SIGKILL");
  await over;
  expect(await readFile(join(here().folder, "told.txt"), "utf8")).toMatch(/handed back/);
  expect(await readdir(join(here().home, "owners", "gleitzeit.db"))).toEqual([]);
});
