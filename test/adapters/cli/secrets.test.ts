// The commands of the vault, what is said of missing secrets before a run, and where else secrets may come from.
import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CANARY, everyFile, expectClean } from "./canary.ts";
import { at, rig } from "./rig.ts";

const here = rig();

const keep = (name: string) => here().gleitzeit(["secrets", "set", name, "--json"], { input: `${CANARY}\n` });

describe("the vault's commands", () => {
  test("read the value from standard input, and never show one", async () => {
    expect(await keep("KEY")).toMatchObject({ exit: 0, json: { name: "KEY" } });
    const list = await here().gleitzeit(["secrets", "list"]);
    expect(list.out).toMatch(/^NAME +CREATED +CHANGED\nKEY +20/);
    const rotated = await here().gleitzeit(["secrets", "rotate", "KEY"], { input: "another value" });
    expect(rotated).toMatchObject({ exit: 0, out: expect.stringMatching(/^KEY: rotated, in /) });
    expect(await here().gleitzeit(["secrets", "rotate", "--key", "--json"])).toMatchObject({
      exit: 0,
      json: { vault: join(here().home, "secrets", "vault.json") },
    });
    expect(await here().gleitzeit(["secrets", "delete", "KEY"])).toMatchObject({ exit: 0 });
    expect((await here().gleitzeit(["secrets", "list", "--json"])).json).toEqual({ items: [] });
    for (const { out, err } of [list, rotated]) expectClean(out + err);
  });

  test.each<[readonly string[], string, number]>([
    [["set", "KEY", "the-value-itself"], "", 2],
    [["set", "the value itself"], "x".repeat(9), 2],
    [["set", "KEY"], "", 2],
    [["set", "KEY"], "12345\n", 2],
    [["rotate"], "", 2],
    [["rotate", "KEY", "--key"], "", 2],
    [["rotate", "KEY"], "long enough", 3],
    [["delete", "KEY"], "", 3],
  ])("%j with %j is refused", async (argv, input, exit) => {
    const answer = await here().gleitzeit(["secrets", ...argv], { input });
    expect(answer.exit).toBe(exit);
    expect(answer.out + answer.err).not.toMatch(/12345|the value itself/);
    expect((await here().gleitzeit(["secrets", "list", "--json"])).json).toEqual({ items: [] });
  });

  test("say where secrets are, if not in the vault", async () => {
    await here().file("gleitzeit.yaml", "secrets: {source: env}\n");
    const { exit, err } = await here().gleitzeit(["secrets", "set", "KEY"], { input: CANARY });
    expect(exit).toBe(3);
    expect(err).toContain("`secrets.source: env`");
  });
});

describe("what is missing is said before the run", () => {
  const ASKS = `name: Asks
inputs: {token: {type: string, secret: true, default: KEY}}
tasks:
  - {id: a, method: echo/echo, params: {x: "\${inputs.token}"}}
  - id: b
    method: echo/echo
    params: {x: "\${secret.OTHER}"}
`;

  test("by validate with its place, by run, and nothing is recorded", async () => {
    const file = await here().file("asks.yaml", ASKS);
    const judged = await here().gleitzeit(["validate", file, "--json"]);
    expect(judged.exit).toBe(3);
    expect(judged.json.problems).toEqual([
      {
        code: "CONFIGURATION_ERROR",
        message: "there is no secret `OTHER`: set it with `gleitzeit secrets set OTHER`",
        file,
        line: 7,
        column: 17,
        path: "tasks[1].params.x",
      },
    ]);
    const refused = await here().gleitzeit(["run", file, "--json"]);
    expect(refused.exit).toBe(3);
    expect(at(refused.json, "error.code")).toBe("CONFIGURATION_ERROR");
    await keep("OTHER");
    const typed = await here().gleitzeit(["run", file, "--input", "token=sk-live-4711"]);
    expect(typed.exit).toBe(3);
    expect(typed.err).toContain("input `token` takes the name of a secret");
    expect(typed.out + typed.err).not.toContain("sk-live-4711");
    expect((await here().gleitzeit(["list", "--json"])).json.items).toEqual([]);
    expect(await everyFile(here().home)).not.toContain("sk-live-4711");
    await keep("KEY");
    expect((await here().gleitzeit(["run", file])).exit).toBe(0);
  });

  test("also in a workflow that is called", async () => {
    await here().file("inner.yaml", ASKS);
    const file = await here().file(
      "outer.yaml",
      "name: Outer\ntasks: [{id: a, workflow: inner.yaml, inputs: {token: KEY}}]\n",
    );
    for (const command of ["validate", "run"])
      expect(await here().gleitzeit([command, file])).toMatchObject({
        exit: 3,
        ...(command === "run" && { err: expect.stringContaining("there is no secret `OTHER`") }),
      });
  });

  test("also by who hands the run to others on this machine; not by who only keeps the document", async () => {
    const file = await here().file("asks.yaml", ASKS);
    const refused = await here().gleitzeit(["run", file, "--detach"]);
    expect(refused).toMatchObject({ exit: 3, err: expect.stringContaining("there is no secret `OTHER`") });
    const typed = ["run", file, "--detach", "--input", "token=sk-live-4711"];
    expect(await here().gleitzeit(typed)).toMatchObject({ exit: 3 });
    expect((await here().gleitzeit(["list", "--json"])).json.items).toEqual([]);
    expect(await everyFile(here().home)).not.toContain("sk-live-4711");
    expect((await here().gleitzeit(["workflows", "register", file])).exit).toBe(0);
    for (const name of ["OTHER", "KEY"]) await keep(name);
    expect((await here().gleitzeit(["run", file, "--detach"])).exit).toBe(0);
  });
});

describe("secrets from elsewhere", () => {
  const USES = `name: Uses
tasks: [{id: a, method: echo/echo, params: {x: "\${secret.KEY}", y: "\${env.HARBOUR}"}}]
outputs: {x: "\${a.x}", y: "\${a.y}", z: "\${env.HARBOUR}"}
`;

  test.each(["env", "files"])("%s", async (source) => {
    const file = await here().file("uses.yaml", USES);
    await here().file("run-secrets/KEY", `${CANARY}\n`);
    const where = source === "env" ? "env" : "files:run-secrets";
    await here().file("gleitzeit.yaml", `secrets: {source: "${where}"}\nenv: {allow: [HARBOUR]}\n`);
    const env = { HARBOUR: "Husum", ...(source === "env" && { KEY: CANARY }) };
    const { exit, out, json } = await here().gleitzeit(["run", file, "--json"], { env });
    expect(exit).toBe(0);
    expect(json.outputs).toEqual({ x: "***", y: "Husum", z: "Husum" });
    expectClean(out + (await everyFile(here().home)));
    await writeFile(join(here().folder, "run-secrets/KEY"), "");
    const without = await here().gleitzeit(["validate", file]);
    expect(without.exit).toBe(source === "env" ? 3 : 0);
  });

  test("a variable that nobody allowed is refused with its place", async () => {
    const file = await here().file("uses.yaml", USES);
    await keep("KEY");
    const { exit, json } = await here().gleitzeit(["validate", file, "--json"], {
      env: { HARBOUR: "Husum" },
    });
    expect(exit).toBe(3);
    expect(JSON.stringify(json.problems)).toContain(
      "does not let documents read `HARBOUR`: add it to `env.allow`",
    );
  });

  test("the vault's key may lie elsewhere", async () => {
    await here().file("gleitzeit.yaml", "secrets: {key_file: safe/key}\n");
    await keep("KEY");
    expect(await readdir(join(here().folder, "safe"))).toEqual(["key"]);
    expect((await here().gleitzeit(["secrets", "list", "--json"])).json).toMatchObject({
      items: [{ name: "KEY" }],
    });
  });
});
