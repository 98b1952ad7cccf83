import { join } from "node:path";
import { expect, test } from "vitest";
import { checkFile, homeOf, type Settings, shown } from "../../../src/adapters/config/index.ts";
import { ground, load, placesIn, problemsOf, write } from "./places.ts";

const here = ground();

const sources = (settings: Settings) => (path: string) =>
  shown(settings).find((one) => one.path === path)?.source;

test("without anything said, every setting has its default", async () => {
  const settings = await load(here());
  const { values, store, file } = settings;
  expect(file).toBeUndefined();
  expect(store).toEqual({ kind: "sqlite", path: join(here().home, "gleitzeit.db") });
  expect(values).toEqual({
    store: `sqlite:${here().home}/gleitzeit.db`,
    log_level: "warn",
    server: {
      host: "127.0.0.1",
      port: 8080,
      body: "1MiB",
      requests_per_minute: 6000,
      max_delay: 1,
      request_timeout: 60,
    },
    providers: {},
    secrets: { source: "vault" },
    env: { allow: [] },
    fallbacks: {},
    flags: {},
    execution: {
      max_parallel_tasks: 32,
      default_timeout: 300,
      python: { mode: "wasm", isolation: "run", memory: "256MiB", instances: 3, allow_process: false },
      javascript: { isolation: "run", memory: "256MiB", instances: 3 },
    },
    webhooks: {
      timeout: 15,
      retry_schedule: [5, 300, 1800, 7200, 18_000, 36_000, 36_000],
      allow: { hosts: [], cidrs: [] },
    },
    encryption: "off",
    retention: { default: {}, every: "1h", webhooks: {}, workflows: {} },
    audit: { keys: [], witnesses: [], every: 60, allow: { hosts: [], cidrs: [] } },
    outbound: { allow: { hosts: [], cidrs: [] } },
    limits: { document: "10MiB", files: "64MiB", result: "16MiB", output: "1MiB" },
  });
  expect(shown(settings)).toHaveLength(51);
  expect(new Set(shown(settings).map(({ source }) => source))).toEqual(new Set(["default"]));
});

test("GLEITZEIT_HOME is .gleitzeit in the user's home when it is not set, or empty", () => {
  const places = placesIn(here(), { GLEITZEIT_HOME: "" });
  expect(homeOf(places)).toBe(join(here().root, "user", ".gleitzeit"));
});

test("flags over environment over file over defaults, leaf by leaf, each with its source", async () => {
  const text =
    "log_level: error\nstore: memory\nexecution:\n  max_parallel_tasks: 4\n  python: {memory: 64m}\n";
  await write(here().work, "gleitzeit.yaml", text);
  const env = { GLEITZEIT_LOG_LEVEL: "info", GLEITZEIT_EXECUTION__PYTHON__INSTANCES: "2" };
  const settings = await load(here(), env, { store: "sqlite:mine.db" });
  expect(settings.values).toMatchObject({
    store: "sqlite:mine.db",
    log_level: "info",
    execution: { max_parallel_tasks: 4, default_timeout: 300, python: { memory: "64m", instances: 2 } },
  });
  const source = sources(settings);
  const file = join(here().work, "gleitzeit.yaml");
  expect(source("store")).toBe("--store");
  expect(source("log_level")).toBe("GLEITZEIT_LOG_LEVEL");
  expect(source("execution.max_parallel_tasks")).toBe(`${file}:4`);
  expect(source("execution.python.memory")).toBe(`${file}:5`);
  expect(source("execution.python.instances")).toBe("GLEITZEIT_EXECUTION__PYTHON__INSTANCES");
  expect(source("execution.python.isolation")).toBe("default");
});

test("the file beside the working directory comes before the one in the home, a named one before both", async () => {
  await write(here().home, "config.yaml", "log_level: debug\n");
  expect((await load(here())).values.log_level).toBe("debug");
  await write(here().work, "gleitzeit.yaml", "log_level: info\n");
  expect((await load(here())).values.log_level).toBe("info");
  await write(here().work, "other.yaml", "log_level: error\n");
  const named = { GLEITZEIT_CONFIG: join(here().work, "other.yaml") };
  expect((await load(here(), named)).values.log_level).toBe("error");
  await expect(load(here(), { GLEITZEIT_CONFIG: "/nowhere/x.yaml" })).rejects.toThrow("/nowhere/x.yaml");
});

test("an empty file, or one of comments, is a configuration of defaults", async () => {
  await write(here().work, "gleitzeit.yaml", "# nothing yet\n");
  expect((await load(here())).values.log_level).toBe("warn");
});

test("a store's relative path starts from the file that says it, else from the working directory", async () => {
  await write(here().home, "config.yaml", "store: sqlite:data/runs.db\n");
  expect((await load(here())).store).toEqual({ kind: "sqlite", path: join(here().home, "data", "runs.db") });
  const given = await load(here(), { GLEITZEIT_STORE: "sqlite:runs.db" });
  expect(given.store).toEqual({ kind: "sqlite", path: join(here().work, "runs.db") });
});

test.each([
  ["sqlite:/var/x.db", "/var/x.db"],
  ["sqlite:///var/x.db", "/var/x.db"],
  ["sqlite:~/x.db", "user/x.db"],
])("%s is the file %s", async (url, path) => {
  const store = (await load(here(), {}, { store: url })).store;
  const expected = path.startsWith("/") ? path : join(here().root, path);
  expect(store).toEqual({ kind: "sqlite", path: expected });
});

test("a file that is not in force can be checked by itself", async () => {
  await write(here().work, "other.yaml", "log_level: loud\n");
  expect(await checkFile(join(here().work, "other.yaml"), () => undefined)).toMatchObject([
    { line: 1, path: "log_level" },
  ]);
  await write(here().work, "other.yaml", "log_level: info\n");
  expect(await checkFile(join(here().work, "other.yaml"), () => undefined)).toEqual([]);
});

test("a bad value in the file is one also where the environment says another", async () => {
  await write(here().work, "gleitzeit.yaml", "log_level: loud\n");
  const problems = await problemsOf(load(here(), { GLEITZEIT_LOG_LEVEL: "info" }));
  expect(problems).toMatchObject([{ path: "log_level", line: 1 }]);
});
