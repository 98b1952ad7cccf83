// config migrate: a configuration of the Python original becomes one of today, and keeps what people wrote into it.
import { chmod, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { at, rig } from "./rig.ts";

const here = rig();

const OLD = `# of the night shift
log_level: WARNING # until the move is done

# where runs were kept
persistence:
  backend: sqlite
  sqlite:
    db_path: /var/lib/gleitzeit/workflows.db

execution:
  # two cores
  max_concurrent_tasks: 4   # no more
  default_timeout: 60
# what there is to call
providers:
  # of the model server
  ollama: {url: "http://127.0.0.1:11434"}
  python: {enabled: true}
  mine: {type: module, module: ./mine.js}
# of batches
batch:
  results_directory: ./results
# the end
`;

const NEW = `# of the night shift
log_level: warn # until the move is done

# where runs were kept
store: sqlite:/var/lib/gleitzeit/gleitzeit.db

execution:
  # two cores
  max_parallel_tasks: 4 # no more
  default_timeout: 60
# what there is to call
providers:
  # of the model server
  mine: {type: module, module: ./mine.js}
# of batches

# the end
`;

const migrate = (...argv: readonly string[]) => here().gleitzeit(["config", "migrate", ...argv]);
const text = (): Promise<string> => readFile(join(here().folder, "gleitzeit.yaml"), "utf8");

test("old keys become those of today; comments and order stay; a copy is kept, for the same eyes", async () => {
  const file = await here().file("gleitzeit.yaml", OLD);
  await chmod(file, 0o600);
  const { exit, json } = await migrate("--json");
  expect(exit).toBe(0);
  expect(json).toMatchObject({ file, written: true, backup: `${file}.backup`, problems: [] });
  expect(await text()).toBe(NEW);
  expect(await readFile(`${file}.backup`, "utf8")).toBe(OLD);
  for (const each of [file, `${file}.backup`]) expect((await stat(each)).mode & 0o777).toBe(0o600);
  expect((await here().gleitzeit(["config", "validate"])).exit).toBe(0);
  const again = await migrate();
  expect(again).toMatchObject({ exit: 0, out: `${file}: up to date\n` });
  expect((await readdir(here().folder)).toSorted()).toEqual(["gleitzeit.yaml", "gleitzeit.yaml.backup"]);
});

test("each old key is told with its place, and the lines that differ are shown; --dry-run writes nothing", async () => {
  const file = await here().file("gleitzeit.yaml", OLD);
  const { exit, out } = await migrate("--dry-run");
  expect(exit).toBe(0);
  expect(out.split("\n").slice(0, 6)).toEqual([
    `${file}:2:1: rewritten \`log_level\` \`WARNING\` is \`warn\` now`,
    `${file}:5:1: rewritten \`persistence\` is \`store: sqlite:/var/lib/gleitzeit/gleitzeit.db\` now; what the old database holds is not read`,
    `${file}:12:3: rewritten \`execution.max_concurrent_tasks\` is \`execution.max_parallel_tasks\` now`,
    `${file}:17:3: dropped \`providers.ollama\` is left out: a server of models is \`{type: ollama, url: URL}\` now, or GLEITZEIT_OLLAMA_URL names it`,
    `${file}:18:3: dropped \`providers.python\` is left out: Python is always there; \`execution.python\` says how scripts run`,
    `${file}:21:1: dropped \`batch\` is left out: say \`max_file_size\` and \`max_parallel\` in the document's \`batch\`, and --output FILE where results go`,
  ]);
  expect(out).toContain("\n-   max_concurrent_tasks: 4   # no more\n+   max_parallel_tasks: 4 # no more\n");
  expect(out).toContain(`\n${file}: nothing was written\n`);
  expect(await text()).toBe(OLD);
  expect(await readdir(here().folder)).toEqual(["gleitzeit.yaml"]);
});

test("an unknown key is reported where it stands, and then nothing is written", async () => {
  const file = await here().file("gleitzeit.yaml", `${OLD}exekution: {}\n`);
  const { exit, json } = await migrate("--json");
  expect(exit).toBe(3);
  expect(json).toMatchObject({ written: false, backup: null, error: { code: "CONFIGURATION_ERROR" } });
  expect(at(json, "problems")).toEqual([
    {
      code: "CONFIGURATION_ERROR",
      message: "unknown key `exekution`: did you mean `execution`?",
      path: "exekution",
      file,
      line: 24,
      column: 1,
    },
  ]);
  expect(at(json, "findings")).toHaveLength(6);
  const { out, err } = await migrate();
  expect(out).toContain("unknown key `exekution`");
  expect(err).toContain("nothing was written, it would not be valid");
  expect(await text()).toBe(`${OLD}exekution: {}\n`);
});

test.each([
  ["persistence: {backend: memory}\n", 'store: "memory:"\n'],
  ["persistence: {backend: redis, redis: {url: redis://x}}\nlog_level: info\n", "log_level: info\n"],
  ["persistence: {backend: sqlite}\nlog_level: info\n", "log_level: info\n"],
  ["persistence: {sqlite: {db_path: a/gleitzeit.db}}\n", "store: sqlite:a/gleitzeit-store.db\n"],
  ["store: 'sqlite:x.db'\npersistence: {sqlite: {db_path: y.db}}\n", "store: 'sqlite:x.db'\n"],
  ["execution: {max_concurrent_tasks: 2, max_parallel_tasks: 3}\n", "execution: {max_parallel_tasks: 3}\n"],
  ["providers: {mcp: {enabled: true}}\nlog_level: info\n", "log_level: info\n"],
])("%j becomes %j", async (old, now) => {
  await here().file("gleitzeit.yaml", old);
  expect(await migrate("--no-backup")).toMatchObject({ exit: 0 });
  expect(await text()).toBe(now);
  expect(await readdir(here().folder)).toEqual(["gleitzeit.yaml"]);
});

test("a copy that was made before stays, and passwords are not shown", async () => {
  const old = "persistence: {backend: redis, password: hunter2}\nlog_level: INFO\n";
  const file = await here().file("old.yaml", old);
  await here().file("old.yaml.backup", "mine");
  const { exit, out } = await migrate(file);
  expect(exit).toBe(0);
  expect(out).not.toContain("hunter2");
  expect(out).toContain(`written; as it was: ${file}.2.backup`);
  expect(await readFile(`${file}.backup`, "utf8")).toBe("mine");
});

test("a file that is not there, and one that is no YAML, are told", async () => {
  expect(await migrate("none.yaml")).toMatchObject({
    exit: 3,
    err: expect.stringContaining("there is no file"),
  });
  expect(await migrate()).toMatchObject({ exit: 3, err: expect.stringContaining("config.yaml") });
  const bad = await migrate(await here().file("bad.yaml", "a: [1\nb: }"));
  expect(bad).toMatchObject({ exit: 3, err: expect.stringContaining("nothing was written") });
});
