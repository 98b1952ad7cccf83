// `providers test`: what is as it must be passes, and each check finds what it is there for.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { processGroups } from "../../../src/adapters/processes/index.ts";
import { isList, isObject, type Json, type JsonObject } from "../../../src/domain/index.ts";
import { at, rig } from "./rig.ts";

const here = rig();

const root = fileURLToPath(new URL("../../../", import.meta.url));
const PIER = join(root, "test/adapters/providers/jsonrpc/pier-server.mjs");
const SHELL = join(root, "examples/external-shell/provider.sh");
const PYTHON = join(root, "examples/external-python/provider.py");
const PATH = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "" };

const tested = (...argv: readonly string[]) =>
  here().gleitzeit(["providers", "test", "--json", ...argv], { env: PATH });

/** Names of the checks that came out so. */
function named(json: JsonObject, status: string): readonly string[] {
  const checks: Json = json.checks ?? [];
  const all = isList(checks) ? checks.filter(isObject) : [];
  return all.flatMap(({ name, status: found }) =>
    found === status && typeof name === "string" ? [name] : [],
  );
}

const detailOf = (json: JsonObject, check: string): unknown => {
  const checks: Json = json.checks ?? [];
  const found = isList(checks) ? checks.filter(isObject).find(({ name }) => name === check) : undefined;
  return found?.detail;
};

const ALL = [
  ...["start", "describe", "health", "examples", "works", "bad-params", "unknown-method", "text", "huge"],
  ...["at-once", "garbage", "notices", "cancel", "stdout", "ends"],
];

test("the provider in shell passes every check", async () => {
  const { exit, json } = await tested("--command", "sh", SHELL);
  expect(named(json, "failed"), JSON.stringify(json)).toEqual([]);
  expect(named(json, "passed")).toEqual(ALL);
  expect(exit).toBe(0);
});

test("the provider in Python passes every check, as a program and over HTTP", async (context) => {
  if (spawnSync("python3", ["--version"]).status !== 0) return context.skip("there is no python3 on PATH");
  const program = await tested("--command", "python3", PYTHON);
  expect(named(program.json, "failed"), JSON.stringify(program.json)).toEqual([]);
  expect(named(program.json, "passed")).toEqual(ALL);
  const processes = processGroups();
  try {
    const url = await new Promise<string>((resolve, reject) => {
      const onStdout = (bytes: Uint8Array): void => {
        const [address] = /http:\/\/\S+/.exec(Buffer.from(bytes).toString()) ?? [];
        if (address !== undefined) resolve(address);
      };
      const python = { command: "python3", args: [PYTHON, "--http", "0"], env: PATH, cwd: here().folder };
      processes.spawn({ ...python, onStdout }).catch(reject);
    });
    const { exit, json } = await tested("--url", url);
    expect(named(json, "failed"), JSON.stringify(json)).toEqual([]);
    expect(named(json, "skipped")).toEqual(["stdout", "ends"]);
    expect(exit).toBe(0);
  } finally {
    await processes.closeAll();
  }
});

test.each([
  ["gone", "start", /ended: exit code 9|no longer reads/],
  ["mute", "describe", /no such method/],
  ["future", "describe", /speaks version 7 of the provider protocol/],
  ["wordless", "describe", /methods\.knot\.description/],
  ["bare", "examples", /^knot has no example$/],
  ["odd-example", "examples", /^knot: params\.ends: expected integer$/],
  ["unfit", "works", /^knot: result\.knots: expected integer$/],
  ["careless", "bad-params", /^knot with no `ends` was answered with a result/],
  ["eager", "unknown-method", /a call of a method that is not there was answered with a result: null/],
  ["latin", "text", /Gr\?\?e/],
  ["forgetful", "text", /came back as nothing/],
  ["short", "huge", /of an echo of 1048576 characters 1\d{3} came back/],
  ["mixes", "at-once", /^request 0: request 0 came back as request 1$/],
  ["fragile", "garbage", /half a message was answered not: .* ended: exit code/],
  ["vague", "garbage", /a message without a method was answered with -1/],
  ["polite", "notices", /no such notice.* was answered: what\?/],
  ["ill", "health", /^it is unhealthy/],
  ["dizzy", "health", /Invalid option/],
  ["prints", "stdout", /^Welcome to the pier!$/],
  ["angry", "ends", /exit code 1/],
])("one that is %s fails `%s`", async (fault, check, detail) => {
  const { exit, json } = await tested("--command", process.execPath, PIER, fault);
  expect(exit).toBe(check === "start" ? 5 : 1);
  expect(named(json, "failed"), JSON.stringify(json)).toContain(check);
  expect(detailOf(json, check)).toMatch(detail);
});

test("what takes time to find out: stuck, deaf to a cancellation, staying after the end", async () => {
  const found = await Promise.all(
    ["stuck", "deaf", "stays"].map((fault) =>
      tested("--timeout", "6", "--command", process.execPath, PIER, fault),
    ),
  );
  const [stuck, deaf, stays] = found.map(({ json }) => json);
  expect(detailOf(stuck ?? {}, "cancel")).toMatch(/^health, while a call is under way: .* within 6 seconds$/);
  expect(detailOf(deaf ?? {}, "cancel")).toMatch(/not answered within 5 seconds of its cancellation/);
  expect(detailOf(stays ?? {}, "ends")).toBe("it had to be ended: SIGKILL");
});

test("a text for people says what to do", async () => {
  const argv = ["providers", "test", "--command", process.execPath, PIER, "careless"];
  const { out, exit } = await here().gleitzeit(argv, { env: PATH });
  expect(exit).toBe(1);
  expect(out).toContain("✗ bad-params");
  expect(out).toContain("→ check the params of every call");
  expect(out).toMatch(/14 passed, 1 failed, 0 skipped\n$/);
});

test("endpoints of the configuration are held to what it says of them, and other providers to what holds for all", async () => {
  const program = `command: ${JSON.stringify(process.execPath)}, args: [${JSON.stringify(PIER)}]`;
  await here().file(
    "gleitzeit.yaml",
    `providers:
  pier: {type: jsonrpc, protocol: pier/v1, ${program}}
  plain: {type: jsonrpc, ${program}}
  declared: {type: jsonrpc, protocol: d/v1, ${program}, methods: {health: {description: d, examples: [{}]}}}
`,
  );
  for (const name of ["pier", "plain", "declared"]) {
    const { exit, json } = await tested(name);
    expect(named(json, "failed"), JSON.stringify(json)).toEqual([]);
    expect(exit).toBe(0);
    expect(named(json, "passed").includes("describe"), name).toBe(name === "pier");
    expect(named(json, "passed").includes("works"), name).toBe(name !== "plain");
  }
  for (const name of ["echo", "http", "mcp"]) {
    const { exit, json } = await tested(name);
    expect(named(json, "failed"), JSON.stringify(json)).toEqual([]);
    expect(exit).toBe(0);
  }
  const unknown = await tested("peer");
  expect(unknown.exit).toBe(4);
  expect(at(unknown.json, "error.message")).toBe("there is no provider `peer`: did you mean `pier`?");
});

test.each([[[]], [["a", "--url", "http://127.0.0.1:1/"]], [["--url", "ftp://x"]]])(
  "wrong usage: %j",
  async (argv) => {
    expect((await tested(...argv)).exit).toBe(2);
  },
);

test("nobody at an address is exit 5", async () => {
  const { exit, json } = await tested("--url", "http://127.0.0.1:1/");
  expect(exit).toBe(5);
  expect(detailOf(json, "start")).toMatch(/nothing listens there/);
  expect(named(json, "skipped")).toContain("works");
});
