// config set: the file keeps what people wrote into it, and nothing is written that would not be valid.
import { chmod, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { at, rig } from "./rig.ts";

const here = rig();

const FILE = `# of the night shift
log_level: error # until the move is done
execution:
  # two cores
  max_parallel_tasks: 4
  python: {memory: 64m}
`;
const set = (...argv: readonly string[]) => here().gleitzeit(["config", "set", ...argv, "--json"]);
const text = async (): Promise<string> => readFile(join(here().folder, "gleitzeit.yaml"), "utf8");

test("changes one value, and keeps comments and everything else as it was", async () => {
  const file = await here().file("gleitzeit.yaml", FILE);
  expect(await set("execution.max_parallel_tasks", "8")).toMatchObject({
    exit: 0,
    json: { file, setting: "execution.max_parallel_tasks", before: 4, after: 8 },
  });
  expect(await text()).toBe(FILE.replace("max_parallel_tasks: 4", "max_parallel_tasks: 8"));
  expect((await set("log_level", "info")).exit).toBe(0);
  expect((await set("limits.result", "8MiB")).json).toMatchObject({ before: null, after: "8MiB" });
  expect(await text()).toContain("log_level: info # until the move is done\n");
  const { json } = await here().gleitzeit(["config", "show", "--json"]);
  expect(json.settings).toContainEqual({ path: "limits.result", value: "8MiB", source: `${file}:8` });
  expect(await readdir(here().folder)).toEqual(["gleitzeit.yaml"]);
});

test("who could not read the file before still cannot", async () => {
  await chmod(await here().file("gleitzeit.yaml", FILE), 0o600);
  expect((await set("log_level", "info")).exit).toBe(0);
  expect((await stat(join(here().folder, "gleitzeit.yaml"))).mode & 0o777).toBe(0o600);
});

test("makes the file of the home where there is none", async () => {
  expect((await set("execution.python", '{"isolation": "task"}')).exit).toBe(0);
  expect(await readFile(join(here().home, "config.yaml"), "utf8")).toContain("isolation: task");
});

test.each([
  [["log_level", "loud"], "log_level"],
  [["log_lvel", "info"], "did you mean `log_level`?"],
  [["log_level.deep", "info"], "is a single value"],
  [["store", "esdb://me:hunter2@host"], "would stand in clear"],
  [["providers.mine.options.api_key", "hunter2"], "would stand in clear"],
])("%j is refused, and the file stays", async (argv, message) => {
  await here().file("gleitzeit.yaml", FILE);
  const { exit, json, out } = await set(...argv);
  expect({ exit, code: at(json, "error.code") }).toEqual({ exit: 3, code: "CONFIGURATION_ERROR" });
  expect(at(json, "error.message")).toContain(message);
  expect(out).not.toContain("hunter2");
  expect(await text()).toBe(FILE);
});
