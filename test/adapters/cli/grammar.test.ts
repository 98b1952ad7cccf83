import { expect, test } from "vitest";
import { packagesLoadedWith } from "../../architecture/imports.ts";
import { parse, sourcesIn } from "../../architecture/source.ts";
import { at, rig } from "./rig.ts";

const here = rig();

const COMMANDS = [
  "run",
  "exec",
  "batch",
  "init",
  "validate",
  "list",
  "show",
  "timeline",
  "why",
  "failures",
  "events",
  "logs",
  "status",
  "cancel",
  "pause",
  "resume",
  "retry",
  "worker",
  "serve",
  "keys",
  "keys create",
  "keys list",
  "keys rotate",
  "keys revoke",
  "signal",
  "approve",
  "reject",
  "workflows",
  "workflows register",
  "workflows list",
  "workflows show",
  "providers",
  "providers list",
  "providers methods",
  "providers health",
  "config",
  "config show",
  "config validate",
  "config path",
  "doctor",
  "completion",
];

test.each(["", ...COMMANDS])("`%s --help` shows what it takes and an example", async (command) => {
  const words = command.split(" ").filter((word) => word !== "");
  const { exit, out, err } = await here().gleitzeit([...words, "--help"]);
  expect({ exit, err }).toEqual({ exit: 0, err: "" });
  expect(out).toContain(`Usage: gleitzeit ${words.join(" ")}`.trimEnd());
  expect(out).toMatch(/Examples:\n {2}\$ (?:source <\()?gleitzeit /);
  for (const option of ["--json", "--quiet", "--verbose", "--no-color", "--store", "--version", "--help"]) {
    expect(out).toContain(option);
  }
});

test("the overview lists every command", async () => {
  const { out } = await here().gleitzeit(["--help"]);
  for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^ {2}${command.split(" ")[0]}\\b`, "m"));
});

test("--version is the version, and nothing else", async () => {
  expect(await here().gleitzeit(["--version"])).toMatchObject({ exit: 0, out: "9.9.9\n", err: "" });
  expect((await here().gleitzeit(["--version", "--json"])).json).toEqual({ version: "9.9.9" });
});

test("help is one document with --json", async () => {
  const { exit, json } = await here().gleitzeit(["run", "--help", "--json"]);
  expect(exit).toBe(0);
  expect(json.help).toContain("Usage: gleitzeit run");
});

test.each([
  [["rnu", "x.yaml"], "did you mean run", /unknown command 'rnu'\s+\(Did you mean run/i],
  [["run"], "missing", /missing required argument/],
  [["run", "a.yaml", "b.yaml"], "too many", /too many arguments/],
  [["serve", "--tenant", "me"], "a later feature", /unknown option '--tenant'/],
  [["list", "--error", "TASK_TIMOUT"], "suggestion", /--error: .*did you mean `TASK_TIMEOUT`/],
  [["list", "--stuck", "soon"], "duration", /--stuck/],
  [["failures", "--by", "day"], "by", /--by: must be one of code, task, model, workflow/],
  [["exec", "x", "--context", "[1]"], "no object", /--context: must be a JSON object/],
  [["exec", " "], "no code", /there is no code to run/],
  [
    ["batch", ".", "--method", "echo/echo", "--output", "x.txt"],
    "suffix",
    /--output ends in \.json, \.csv or \.md/,
  ],
  [["batch", ".", "--method", "echo/echo", "--vision"], "both", /--vision and --method/],
  [["init", "x", "--type", "rust"], "type", /--type: must be one of python, llm, mcp, mixed, approval/],
  [["retry"], "no run", /name a run, or say --all --error CODE/],
  [["retry", "--all"], "no code", /name a run, or say --all --error CODE/],
  [["retry", "abc", "--all", "--error", "TASK_TIMEOUT"], "both", /name a run, or say --all/],
  [["--server", "http://x/y", "list"], "no server", /takes where a server is/],
  [["serve", "--port", "65536"], "port", /--port: must be a whole number from 0 to 65535/],
  [["keys", "create", "--role", "king"], "role", /--role: must be one of viewer, operator/],
  [["run", "x.yaml", "--inputt", "a=b"], "suggestion", /Did you mean .*--input/],
  [["run", "x.yaml", "--id"], "value missing", /argument missing/],
  [["config", "unset"], "no such command", /unknown command 'unset'/],
  [["events"], "no run", /name a run, or say --all/],
  [["events", "abc", "--all"], "both", /name a run, or say --all/],
  [["list", "--limit", "0"], "limit", /--limit: must be a whole number from 1 to 500/],
  [["list", "--limit", "501"], "limit", /--limit/],
  [["list", "--status", "done"], "status", /--status: must be one of pending, running/],
  [["list", "--since", "yesterday"], "since", /--since: must be an instant/],
  [["list", "--cursor", "v9.x"], "cursor", /--cursor/],
] as const)("%j is wrong usage: %s", async (argv, _, message) => {
  const text = await here().gleitzeit(argv);
  expect(text).toMatchObject({ exit: 2, out: "" });
  expect(text.err).toMatch(message);
  const { exit, json } = await here().gleitzeit([...argv, "--json"]);
  expect(exit).toBe(2);
  expect(at(json, "error.code")).toBe("USAGE_ERROR");
  expect(json.problems).toEqual([]);
});

test("without a command there is help on stderr, and exit 2", async () => {
  const { exit, out, err } = await here().gleitzeit([]);
  expect({ exit, out }).toEqual({ exit: 2, out: "" });
  expect(err).toContain("Usage: gleitzeit");
  expect((await here().gleitzeit(["providers"])).exit).toBe(2);
});

test("starting up loads the parser of the command line and nothing heavier", () => {
  const sources = sourcesIn("src");
  expect([...packagesLoadedWith("src/main.ts", sources)].filter((name) => !name.startsWith("node:"))).toEqual(
    ["commander"],
  );
  const heavier = parse("src/main.ts", 'import "./compose.ts";');
  expect([
    ...packagesLoadedWith("src/main.ts", [...sources.filter(({ path }) => path !== "src/main.ts"), heavier]),
  ]).toContain("zod");
});

test("colours only where they are wanted", async () => {
  const esc = String.fromCharCode(27);
  const list = (argv: readonly string[], color: boolean) =>
    here().gleitzeit(["config", "show", ...argv], { color });
  expect((await list([], true)).out).toContain(esc);
  expect((await list(["--no-color"], true)).out).not.toContain(esc);
  expect((await list([], false)).out).not.toContain(esc);
});
