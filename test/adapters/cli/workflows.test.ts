// workflows register|list|show, and what is registered as it is run and called by name.
import { rm } from "node:fs/promises";
import { expect, test } from "vitest";
import { at, ECHO, rig, text } from "./rig.ts";

const here = rig();

const tariff = (version: string, factor: number): string => `name: Tariff
version: "${version}"
inputs: {seats: {type: integer}}
tasks:
  - {id: price, method: mcp/tool.multiply, params: {a: "\${inputs.seats}", b: ${factor}}}
outputs: {price: "\${price.result}"}
`;

const register = async (name: string, content: string) => {
  const path = await here().file(name, content);
  return here().gleitzeit(["workflows", "register", path, "--json"]);
};

test("a registered workflow runs by its name or id, and without its file", async () => {
  const made = await register("tariff.yaml", tariff("1", 10));
  expect(made).toMatchObject({ exit: 0, json: { created: true, id: "tariff", version: "1", current: true } });
  await rm(`${here().folder}/tariff.yaml`);
  for (const name of ["tariff", "Tariff", "tariff@1", "Tariff@1"]) {
    const { exit, json } = await here().gleitzeit(["run", name, "--input", "seats=4", "--json"]);
    expect([exit, at(json, "outputs.price")], name).toEqual([0, 40]);
    expect(at(json, "workflow.hash")).toBe(made.json.hash);
  }
});

test("every version is kept; the last one registered is what the name stands for, also an old one again", async () => {
  const first = await register("t.yaml", tariff("1", 10));
  await register("t.yaml", tariff("2", 20));
  expect((await register("t.yaml", tariff("2", 20))).json).toMatchObject({ created: false, version: "2" });
  const price = async (name: string) =>
    at((await here().gleitzeit(["run", name, "--input", "seats=1", "--json"])).json, "outputs.price");
  expect([await price("tariff"), await price("tariff@1"), await price("tariff@2")]).toEqual([20, 10, 20]);
  expect(await price(`tariff@${text(first.json, "hash").slice(0, 20)}`)).toBe(10);
  expect((await register("t.yaml", tariff("1", 10))).json).toMatchObject({ created: true });
  expect(await price("tariff")).toBe(10);
  const { json } = await here().gleitzeit(["workflows", "show", "tariff", "--json"]);
  expect(json).toMatchObject({
    version: "1",
    source: tariff("1", 10),
    definition: { name: "Tariff" },
    versions: [
      { version: "1", current: true },
      { version: "2", current: false },
      { version: "1", current: false },
    ],
  });
  const old = await here().gleitzeit(["workflows", "show", "tariff", "--version", "2"]);
  expect(old).toMatchObject({ exit: 0, out: expect.stringContaining("version 2") });
  expect(old.out).toContain("not the current one");
  const { json: list } = await here().gleitzeit(["workflows", "list", "--json"]);
  expect(list).toMatchObject({ items: [{ id: "tariff", version: "1", versions: 3 }], nextCursor: null });
});

test("scripts and called documents are those of the registration, whatever becomes of the files", async () => {
  const parts = {
    "lib/answer.js": "export const answer = 42;",
    "s.js": 'import { answer } from "./lib/answer.js"; result = answer;',
  };
  for (const [path, content] of Object.entries(parts)) await here().file(path, content);
  await here().file(
    "inner.yaml",
    "name: Inner\ntasks:\n  - {id: js, method: javascript/execute, params: {file: s.js}}\n",
  );
  const outer =
    'name: Outer\nfiles: [lib/*.js]\ntasks:\n  - {id: part, workflow: inner.yaml}\noutputs: {n: "${part.js.result}"}\n';
  const inner = await register("outer.yaml", outer);
  expect(inner.exit, inner.out).toBe(0);
  await here().file("s.js", "result = 1;");
  for (const path of ["inner.yaml", "outer.yaml"]) await rm(`${here().folder}/${path}`);
  const { json } = await here().gleitzeit(["run", "outer", "--json"]);
  expect(at(json, "outputs.n")).toBe(42);
});

test("what a script says makes another version, what a comment says does not", async () => {
  const document = "name: Js\ntasks:\n  - {id: js, method: javascript/execute, params: {file: s.js}}\n";
  await here().file("s.js", "result = 1;");
  const first = await register("js.yaml", document);
  expect((await register("js.yaml", `# well\n${document}`)).json).toMatchObject({ created: false });
  await here().file("s.js", "result = 2;");
  const second = await register("js.yaml", document);
  expect(second.json).toMatchObject({ created: true, hash: first.json.hash });
  expect(second.json.contentHash).not.toBe(first.json.contentHash);
});

test("a registered batch takes what is in its folder when it runs", async () => {
  const batch = `name: Letters
type: batch
batch: {directory: letters}
template: {method: echo/echo, params: {message: read}}
`;
  await here().file("letters/a.txt", "a");
  await register("letters.yaml", batch);
  await here().file("letters/b.txt", "b");
  const { json } = await here().gleitzeit(["run", "letters", "--json"]);
  expect(Object.keys(json.tasks ?? {})).toEqual(["process-a-txt-0", "process-b-txt-1"]);
});

test("two names that make one id are told apart by an id of their own", async () => {
  await register("a.yaml", ECHO.replace("Small talk", "Café"));
  const clash = await register("b.yaml", ECHO.replace("Small talk", "Cafe"));
  expect(clash).toMatchObject({ exit: 3, json: { error: { code: "WORKFLOW_VALIDATION_FAILED" } } });
  const own = await register("b.yaml", ECHO.replace("name: Small talk", "name: Cafe\nid: cafe-2"));
  expect(own).toMatchObject({ exit: 0, json: { id: "cafe-2", name: "Cafe" } });
  const other = await here().gleitzeit(["workflows", "show", "cafe-2", "--json"]);
  expect(other.json).toMatchObject({ name: "Cafe" });
});

test("nothing is registered in an empty store, and nothing is made by asking", async () => {
  expect(await here().gleitzeit(["workflows", "list", "--json"])).toMatchObject({
    exit: 0,
    json: { items: [], nextCursor: null },
  });
  expect((await here().gleitzeit(["workflows", "list"])).out).toContain("workflows register");
  expect(await here().gleitzeit(["run", "nothing", "--json"])).toMatchObject({ exit: 4 });
});
