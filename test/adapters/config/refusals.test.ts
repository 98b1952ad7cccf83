import { join } from "node:path";
import { expect, test } from "vitest";
import { ground, load, problemsOf, write } from "./places.ts";

const here = ground();

const refused = async (text: string) => {
  await write(here().work, "gleitzeit.yaml", text);
  return problemsOf(load(here()));
};

test("every unknown key and bad value is named with its line, and what was probably meant", async () => {
  const problems = await refused(
    "log_lvel: info\nexecution:\n  max_parallel_task: 3\n  default_timeout: soon\n  python:\n    memory: much\n",
  );
  const file = join(here().work, "gleitzeit.yaml");
  expect(problems).toHaveLength(4);
  expect(problems).toEqual(
    expect.arrayContaining([
      {
        code: "CONFIGURATION_ERROR",
        message: "unknown key `log_lvel`: did you mean `log_level`?",
        path: "log_lvel",
        file,
        line: 1,
        column: 1,
      },
      expect.objectContaining({
        message: "unknown key `execution.max_parallel_task`: did you mean `max_parallel_tasks`?",
        line: 3,
        column: 3,
      }),
      expect.objectContaining({ message: expect.stringContaining("`execution.default_timeout`"), line: 4 }),
      expect.objectContaining({ message: expect.stringContaining("expected a size"), line: 6 }),
    ]),
  );
});

test.each([
  [
    "providers:\n  local: {type: podman}\n",
    "its `type` is `ollama`, `openai`, `anthropic`, `mcp`, `jsonrpc`, `http`, `docker` or `module`",
  ],
  [
    "providers:\n  local: {type: ollama, strategy: rondom}\n",
    "expected one of least_loaded, round_robin, random,",
  ],
  ["providers:\n  local: {type: ollama, ulr: x}\n", "unknown key `providers.local.ulr`"],
  ["providers:\n  local: {type: ollama, url: 127.0.0.1:11434}\n", "expected an address"],
  ["providers:\n  local: {type: ollama, url: http://me:hunter2@host}\n", "without a user name or password"],
  [
    "providers:\n  local: {type: openai, instances: [{url: http://a, name: x}, {url: http://b, name: x}]}\n",
    "two instances have one `name`",
  ],
  ["providers:\n  local: {type: openai, url: http://a, instances: [{url: http://b}]}\n", "or instead of it"],
  [
    "providers:\n  files: {type: mcp}\n",
    "`providers.files.command`: expected one of `command`, `url` and `tools_dir`",
  ],
  [
    "providers:\n  files: {type: mcp, command: x, url: http://a}\n",
    "`providers.files.command`: expected either `command`, `url` or `instances`",
  ],
  [
    "providers:\n  files: {type: mcp, url: http://a, env: {A: b}}\n",
    "`providers.files.env`: stands beside `command` only",
  ],
  [
    "providers:\n  files: {type: mcp, command: x, headers: {a: b}}\n",
    "`providers.files.headers`: stands beside `url` only",
  ],
  ["providers:\n  builtin: {type: mcp, command: x}\n", "`builtin` is the built-in MCP server's name"],
  ["flags: {beta: true}\n", "unknown key `flags.beta`"],
  ["flags: {submision: false}\n", "unknown key `flags.submision`: did you mean `submissions`?"],
  ["flags: {webhooks: 'off'}\n", "`flags.webhooks`: expected boolean"],
  ["store: postgres://user:hunter2@db/x\n", "stores of kind `postgres` are not available"],
  ["store: sqlit:x.db\n", "did you mean `sqlite`"],
  ['store: "sqlite:"\n', "needs a path"],
  ["store: memory:x\n", "takes no path"],
  ["store: gleitzeit.db\n", "expected a store"],
  ["store: 7\n", "expected string"],
  ["execution: {python: {mode: dokcer}}\n", "execution.python.mode"],
  ["execution: {python: {allow_process: 1}}\n", "execution.python.allow_process"],
  ["providers:\n  d: {type: docker, image: '../x'}\n", "expected the name of an image"],
  ["providers:\n  d: {type: docker, memory: 1m}\n", "expected 16m at least"],
  ["providers:\n  d: {type: docker, memory: lots}\n", "expected a size"],
  ["providers:\n  d: {type: docker, cpus: 0}\n", "providers.d.cpus"],
  ["providers:\n  d: {type: docker, pool: -1}\n", "providers.d.pool"],
  ["providers:\n  d: {type: docker, host: /run/docker.sock}\n", "expected `unix:///PATH/OF/docker.sock`"],
  ["providers:\n  d: {type: docker, host: 'tcp://me:hunter2@host:1'}\n", "or `tcp://HOST:PORT`"],
  ["providers:\n  d: {type: docker, privileged: true}\n", "unknown key `providers.d.privileged`"],
  ["providers:\n  d: {type: docker, binds: [/]}\n", "unknown key `providers.d.binds`"],
  ["execution: {max_parallel_tasks: 0}\n", "execution.max_parallel_tasks"],
  ["execution: {max_parallel_tasks: 2.5}\n", "execution.max_parallel_tasks"],
  ["execution: 4\n", "`execution`"],
  ["limits: {result: -1}\n", "expected a size"],
  ["execution: {default_timeout: 0}\n", "over 0"],
  ["- a list\n", "a map of settings"],
  ["just text\n", "a map of settings"],
  ["log_level: info\nlog_level: warn\n", "unique"],
  ["log_level: [\n", "gleitzeit.yaml"],
  ["__proto__: {polluted: true}\n", "unknown key `__proto__`"],
  [
    "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*c, *c]\ne: &e [*d, *d]\nf: &f [*e, *e]\ng: [*f, *f]\n",
    "",
  ],
])("%j is refused", async (text, message) => {
  const problems = await refused(text);
  expect(problems.map((one) => `${one.file ?? ""} ${one.message}`).join("\n")).toContain(message);
  expect(problems.every(({ line }) => line !== undefined)).toBe(true);
  expect(JSON.stringify(problems)).not.toContain("hunter2");
});

test("what the environment says wrongly is told by the variable's name", async () => {
  const env = {
    GLEITZEIT_LOG_LEVEL: "loud",
    GLEITZEIT_EXECUTION__MAX_PARALLEL_TASKS: "many",
    GLEITZEIT_EXECUTION__MAX_PARALEL_TASKS: "4",
    GLEITZEIT_LOGLEVEL: "info",
  };
  const messages = (await problemsOf(load(here(), env))).map(({ message }) => message);
  expect(messages).toHaveLength(4);
  expect(messages).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^GLEITZEIT_LOG_LEVEL: .*log_level/),
      expect.stringMatching(/^GLEITZEIT_EXECUTION__MAX_PARALLEL_TASKS: .*expected number/),
      "GLEITZEIT_EXECUTION__MAX_PARALEL_TASKS: no such setting: did you mean `GLEITZEIT_EXECUTION__MAX_PARALLEL_TASKS`?",
      "GLEITZEIT_LOGLEVEL: no such setting: did you mean `GLEITZEIT_LOG_LEVEL`?",
    ]),
  );
});

test("variables of other programs are left alone, and an empty one says nothing", async () => {
  const env = {
    GLEITZEIT_FIXTURES: "/x",
    GLEITZEIT_TEST_ESDB_URL: "esdb://x",
    PATH: "/bin",
    GLEITZEIT_STORE: "",
  };
  expect((await load(here(), env)).values.store).toContain("gleitzeit.db");
});

test("a flag is told by its name", async () => {
  const problems = await problemsOf(load(here(), {}, { store: "ftp://x" }));
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^--store: `store`: unknown kind/),
  ]);
});

test("a file that is no text is refused as such", async () => {
  await write(here().work, "gleitzeit.yaml", "log_level: info\n");
  const { writeFile } = await import("node:fs/promises");
  await writeFile(join(here().work, "gleitzeit.yaml"), new Uint8Array([0xff, 0xfe, 0x00]));
  await expect(load(here())).rejects.toMatchObject({
    code: "CONFIGURATION_ERROR",
    message: expect.stringContaining("cannot be read"),
  });
});

test("a file without an end is refused", async () => {
  await expect(load(here(), { GLEITZEIT_CONFIG: "/dev/zero" })).rejects.toThrow("more than 1048576 bytes");
});
