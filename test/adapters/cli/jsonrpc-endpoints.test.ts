// Documents that call endpoints of the configuration, from the command line to a program and back.
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { at, rig } from "./rig.ts";

const here = rig({ withImages: true });

const SCRIPT = fileURLToPath(new URL("../providers/jsonrpc/quay-server.mjs", import.meta.url));

const program = (more = ""): string =>
  `{type: jsonrpc, command: ${JSON.stringify(process.execPath)}, args: [${JSON.stringify(SCRIPT)}, "-", stdio]${more}}`;

const configured = (endpoints: string): Promise<string> =>
  here().file("gleitzeit.yaml", `providers:\n${endpoints}`);

const DOCUMENT = `name: Quay
tasks:
  - id: plain
    method: jsonrpc/call
    params: {endpoint: plain, method: add, params: [1, 2]}
  - id: own
    method: quay/add
    params: {a: "\${plain}", b: 10}
  - id: declared
    method: sums/sum
    params: {a: "\${own}", b: 100}
  - id: also
    method: jsonrpc/call
    provider: quay
    params: {method: echo, params: {text: "\${declared}"}}
`;

const ALL = (): string => `  plain: ${program()}
  quay: ${program(", protocol: quay/v1")}
  sums: ${program(", protocol: sums/v1, methods: {sum: {description: Adds., calls: add, params: {type: object, required: [a, b]}, result: {type: number}}}")}
`;

test("a document reaches endpoints by name, by a protocol of their own, and by methods that are declared", async () => {
  await configured(ALL());
  const file = await here().file("quay.yaml", DOCUMENT);
  const { exit, json, err } = await here().gleitzeit(["run", file, "--json"]);
  expect(err).not.toMatch(/error/);
  expect(exit).toBe(0);
  expect(at(json, "tasks.plain.result")).toBe(3);
  expect(at(json, "tasks.own.result")).toBe(13);
  expect(at(json, "tasks.declared.result")).toBe(113);
  expect(at(json, "tasks.also.result")).toEqual({ text: 113 });
});

test("what a provider does not have, and params that do not fit, are refused before anything runs", async () => {
  await configured(ALL());
  const file = await here().file(
    "wrong.yaml",
    `name: Wrong
tasks:
  - {id: fine, method: quay/greet}
  - {id: typo, method: quay/ad, params: {a: 1, b: 2}}
  - {id: params, method: quay/add, params: {a: one, b: "\${fine.greeting}"}}
`,
  );
  const { exit, err } = await here().gleitzeit(["run", file]);
  expect(exit).toBe(3);
  expect(err).toContain("tasks[1].method: quay/v1 has no method `ad`: did you mean `add`?");
  expect(err).toContain("(and 1 more)");
  expect(err).toContain("expected number");
  const declared = await here().file(
    "declared.yaml",
    "name: D\ntasks:\n  - {id: x, method: sums/sum, params: {a: 1}}\n",
  );
  const validated = await here().gleitzeit(["validate", declared]);
  expect(validated.exit).toBe(3);
  expect(`${validated.out}${validated.err}`).toContain("`b` of `sum`: is missing");
});

test("providers health and methods ask them, and say who cannot be asked", async () => {
  await configured(`${ALL()}  nowhere: {type: jsonrpc, protocol: none/v1, command: ./no-such-program}
  far: {type: jsonrpc, url: "http://127.0.0.1:1/rpc"}
`);
  const health = await here().gleitzeit(["providers", "health", "--json"]);
  expect(at(health.json, "items")).toEqual(
    expect.arrayContaining([
      {
        provider: "quay",
        protocol: "quay/v1",
        protocols: ["quay/v1", "jsonrpc/v1"],
        status: "healthy",
        detail: "quay 1.2.3, 18 methods",
      },
      { provider: "plain", protocol: "jsonrpc/v1", status: "healthy" },
      expect.objectContaining({
        provider: "nowhere",
        protocol: "none/v1",
        status: "unhealthy",
        detail: expect.stringContaining("./no-such-program cannot be started"),
      }),
      expect.objectContaining({ provider: "far", detail: expect.stringContaining("nothing listens there") }),
    ]),
  );
  const shown = await here().gleitzeit(["providers", "health"]);
  for (const name of ["quay", "plain", "nowhere"])
    expect(shown.out.match(new RegExp(`^${name} `, "gm")), name).toHaveLength(1);
  const methods = await here().gleitzeit(["providers", "methods", "quay", "--json"]);
  expect(at(methods.json, "items")).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        method: "add",
        params: expect.objectContaining({ required: ["a", "b"], additionalProperties: false }),
      }),
    ]),
  );
  const none = await here().gleitzeit(["providers", "methods", "none/v1"]);
  expect(none.err).toContain("nowhere does not say what it has: ./no-such-program cannot be started");
  expect(none.out).toContain("none/*");
});

test("a program sees the variables that are named, PATH and HOME, and nothing else", async () => {
  await configured(`  quay: ${program(', env: {TOKEN: "key ${secret.QUAY_KEY}"}')}\n`);
  const look = "name: Look\ntasks:\n  - {id: look, method: jsonrpc/call, params: {method: environment}}\n";
  const file = await here().file("look.yaml", look);
  const env = { PATH: process.env.PATH ?? "", HOME: here().home, QUAY_KEY: "s3cret-key", OTHER: "no" };
  const { exit, json } = await here().gleitzeit(["run", file, "--json"], { env });
  expect(exit).toBe(0);
  expect(at(json, "tasks.look.result.names")).toEqual(["PATH", "HOME", "TOKEN"]);
  expect(at(json, "tasks.look.result.cwd")).toMatch(/work$/);
  const without = await here().gleitzeit(["run", file, "--json"]);
  expect(at(without.json, "tasks.look.error")).toMatchObject({
    code: "CONFIGURATION_ERROR",
    message: expect.stringMatching(/^provider `quay` needs a secret: set the environment variable QUAY_KEY/),
  });
});

test("without an endpoint `jsonrpc/call` says how to declare one", async () => {
  const file = await here().file(
    "call.yaml",
    "name: C\ntasks:\n  - {id: x, method: jsonrpc/call, params: {method: m}}\n",
  );
  const { exit, err } = await here().gleitzeit(["run", file]);
  expect(exit).toBe(3);
  expect(err).toContain(
    "nothing speaks `jsonrpc/v1` of `jsonrpc/call` here: declare an endpoint under `providers`",
  );
});

test.each([
  ["{type: jsonrpc}", "`providers.x.command`: expected either `command`, `url` or `instances`"],
  ['{type: jsonrpc, command: a, url: "http://b.example"}', "expected either `command`, `url` or `instances`"],
  ['{type: jsonrpc, url: "http://b.example", args: [c]}', "`providers.x.args`: stands beside `command` only"],
  [
    "{type: jsonrpc, command: a, methods: {m: {description: d}}}",
    "`providers.x.methods`: stands beside `protocol` only",
  ],
  ["{type: jsonrpc, command: a, protocol: tools}", "expected a protocol such as `tools/v1`"],
  ["{type: jsonrpc, command: a, protocol: workflow/v1}", "is not an endpoint's to speak"],
  ["{type: jsonrpc, command: a, timeout: 0}", "expected a duration over 0"],
])("%s is refused", async (settings, message) => {
  const file = await configured(`  x: ${settings}\n`);
  const { exit, out, err } = await here().gleitzeit(["config", "validate", file]);
  expect(exit).toBe(3);
  expect(`${out}${err}`).toContain(message);
});

test("a schema of the configuration that is none is refused with its place", async () => {
  await configured(
    `  x: ${program(", protocol: x/v1, methods: {m: {description: d, params: {type: 1}}}")}\n`,
  );
  const { exit, err } = await here().gleitzeit(["providers", "list"]);
  expect(exit).toBe(3);
  expect(err).toContain("`providers.x.methods.m.params`: not a JSON Schema");
  for (const argv of [
    ["config", "validate"],
    ["config", "validate", join(here().folder, "gleitzeit.yaml")],
  ]) {
    const { exit: judged, json } = await here().gleitzeit([...argv, "--json"]);
    expect(judged).toBe(3);
    expect(json).toMatchObject({
      error: { code: "CONFIGURATION_ERROR" },
      problems: [
        {
          path: "providers.x.methods.m.params",
          message: expect.stringContaining("not a JSON Schema"),
          file: expect.stringContaining("gleitzeit.yaml"),
          line: 2,
        },
      ],
    });
  }
});
