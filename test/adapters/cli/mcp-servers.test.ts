// Documents that call servers of the configuration, from the command line to a program and back.
import process from "node:process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { at, rig } from "./rig.ts";

const here = rig({ withImages: true });

const SCRIPT = fileURLToPath(new URL("../providers/mcp/harbour-server.mjs", import.meta.url));

const program = (more = ""): string =>
  `{type: mcp, command: ${JSON.stringify(process.execPath)}, args: [${JSON.stringify(SCRIPT)}, "-", stdio]${more}}`;

const configured = (servers: string): Promise<string> =>
  here().file("gleitzeit.yaml", `providers:\n${servers}`);

const DOCUMENT = `name: Harbour
tasks:
  - id: greet
    method: mcp/tool.echo
    params: {server: harbour, message: ahoy}
  - id: own
    method: mcp/tool.echo
    params: {message: "\${greet.response}!"}
  - id: sum
    method: mcp/tool.add
    provider: harbour
    params: {a: 1, b: "\${own.length}", unit: km}
  - id: tools
    method: mcp/tools/list
    params: {server: harbour}
`;

test("a document reaches a server by `server` and by `provider`, and the built-in one by neither", async () => {
  await configured(`  harbour: ${program()}\n`);
  const file = await here().file("harbour.yaml", DOCUMENT);
  const { exit, json, err } = await here().gleitzeit(["run", file, "--json"]);
  expect(err).not.toMatch(/error/);
  expect(exit).toBe(0);
  expect(at(json, "tasks.greet.result")).toEqual({ response: "ahoy" });
  expect(at(json, "tasks.own.result")).toEqual({ response: "ahoy!", echoed: true, length: 5 });
  expect(at(json, "tasks.sum.result.response")).toBe("6");
  expect(at(json, "tasks.tools.result")).toMatchObject({
    tools: expect.arrayContaining([expect.objectContaining({ name: "hold" })]),
  });
});

test("a server sees the variables that are named, PATH and HOME, and nothing else", async () => {
  await configured(`  harbour: ${program(', env: {TOKEN: "key ${secret.HARBOUR_KEY}", PLAIN: "1"}')}\n`);
  const file = await here().file(
    "look.yaml",
    "name: Look\ntasks:\n  - {id: look, method: mcp/tool.environment, params: {server: harbour}}\n",
  );
  const env = { PATH: process.env.PATH ?? "", HOME: here().home, HARBOUR_KEY: "s3cret", OTHER: "no" };
  const { exit, json } = await here().gleitzeit(["run", file, "--json"], { env });
  expect(exit).toBe(0);
  expect(at(json, "tasks.look.result.names")).toEqual(["HOME", "PATH", "PLAIN", "TOKEN"]);
  expect(at(json, "tasks.look.result.token")).toBe("key ***");
  expect(at(json, "tasks.look.result.cwd")).toMatch(/work$/);
  const without = await here().gleitzeit(["run", file, "--json"]);
  expect(without.exit).not.toBe(0);
  expect(at(without.json, "tasks.look.error")).toMatchObject({
    code: "CONFIGURATION_ERROR",
    message:
      "provider `harbour` needs a secret: set the environment variable HARBOUR_KEY, or `gleitzeit secrets set HARBOUR_KEY`",
  });
});

test("its variables and headers are masked where the configuration is shown, but for where they come from", async () => {
  await configured(
    `  harbour: ${program(', env: {TOKEN: "in clear", KEY: "${secret.KEY}"}')}\n  far: {type: mcp, url: "http://127.0.0.1:1/mcp", headers: {authorization: "Bearer clear"}}\n`,
  );
  const { out } = await here().gleitzeit(["config", "show", "--json"]);
  expect(out).not.toMatch(/clear/);
  expect(out).toContain("${secret.KEY}");
});

test("providers health and methods show it, and one that cannot be reached", async () => {
  await configured(
    `  harbour: ${program()}\n  nowhere: {type: mcp, command: ./no-such-program}\n  far: {type: mcp, url: "http://127.0.0.1:1/mcp"}\n`,
  );
  const health = await here().gleitzeit(["providers", "health", "--json"]);
  expect(at(health.json, "items")).toEqual(
    expect.arrayContaining([
      { provider: "harbour", protocol: "mcp/v1", status: "healthy", detail: "harbour 1.2.3, 17 tools" },
      expect.objectContaining({
        provider: "nowhere",
        status: "unhealthy",
        detail: expect.stringContaining("./no-such-program cannot be started"),
      }),
      expect.objectContaining({
        provider: "far",
        status: "unhealthy",
        detail: expect.stringContaining("nothing listens there"),
      }),
    ]),
  );
  const methods = await here().gleitzeit(["providers", "methods", "mcp", "--json"]);
  expect(methods.out).toContain('"tool.*"');
});

test("a tool that the server does not have, and arguments that do not fit, are refused before anything runs", async () => {
  await configured(`  harbour: ${program()}\n`);
  const file = await here().file(
    "wrong.yaml",
    `name: Wrong
tasks:
  - {id: fine, method: mcp/tool.echo, params: {message: hi}}
  - {id: typo, method: mcp/tool.ad, params: {server: harbour, a: 1, b: 2}}
  - {id: args, method: mcp/tool.add, provider: harbour, params: {a: one, b: "\${fine.length}", c: 1}}
`,
  );
  const { exit, err } = await here().gleitzeit(["run", file]);
  expect(exit).not.toBe(0);
  expect(err).toContain("tasks[1].method: the server has no tool `ad`: did you mean `add`?");
  expect(err).toContain("(and 2 more)");
  const { json } = await here().gleitzeit(["list", "--json"]);
  expect(at(json, "items")).toEqual([]);
});

test("a server that cannot be reached fails its task, not the others", async () => {
  await configured("  nowhere: {type: mcp, command: ./no-such-program}\n");
  const file = await here().file(
    "far.yaml",
    `name: Far
tasks:
  - {id: fine, method: mcp/tool.echo, params: {message: hi}}
  - {id: far, method: mcp/tool.echo, params: {server: nowhere, message: hi}}
`,
  );
  const { exit, json } = await here().gleitzeit(["run", file, "--json"]);
  expect(exit).not.toBe(0);
  expect(at(json, "tasks.fine.status")).toBe("succeeded");
  expect(at(json, "tasks.far.error.code")).toBe("CONFIGURATION_ERROR");
});

test("an unknown server is refused with those there are", async () => {
  await configured(`  harbour: ${program()}\n`);
  const file = await here().file(
    "other.yaml",
    "name: Other\ntasks:\n  - {id: x, method: mcp/tool.echo, params: {server: harbor, message: hi}}\n",
  );
  const { out, err } = await here().gleitzeit(["validate", file]);
  expect(`${out}${err}`).toContain("expected one of the servers here: `builtin`, `harbour`");
});

test("a tool of the built-in server that is misspelt is not handed to a server outside", async () => {
  await configured(`  harbour: ${program()}\n`);
  const named = (more: string): Promise<string> =>
    here().file(
      "typo.yaml",
      `name: Typo\ninputs: {given: {type: string, default: harbour}}\ntasks:\n  - {id: x, method: mcp/tool.ecoh, ${more}}\n`,
    );
  for (const params of ["{message: hi}", '{message: "${inputs.given}"}']) {
    const { exit, out, err } = await here().gleitzeit(["validate", await named(`params: ${params}`)]);
    expect(exit).toBe(3);
    expect(`${out}${err}`).toContain("unknown method `mcp/tool.ecoh`: did you mean `tool.echo`?");
  }
  for (const meant of [
    "params: {server: harbour}",
    "provider: harbour",
    'params: {server: "${inputs.given}"}',
  ])
    expect((await here().gleitzeit(["run", await named(meant)])).err).not.toContain("unknown method");
  const own = await here().file("own.yaml", "name: O\ntasks:\n  - {id: x, method: mcp/tool.echo_twice}\n");
  expect((await here().gleitzeit(["validate", own])).exit).toBe(0);
});
