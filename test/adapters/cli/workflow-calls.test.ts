// What a task calls by a registered name.
import { expect, test } from "vitest";
import { readDefinition } from "../../../src/domain/index.ts";
import { at, ECHO, rig } from "./rig.ts";

const here = rig();

const tariff = (version: string, factor: number): string => `name: Tariff
version: "${version}"
inputs: {seats: {type: integer}}
tasks:
  - {id: price, method: mcp/tool.multiply, params: {a: "\${inputs.seats}", b: ${factor}}}
outputs: {price: "\${price.result}"}
`;

const caller = (workflow: string, inputs = "{seats: 3}"): string => `name: Booking
tasks:
  - {id: ask, workflow: ${workflow}, inputs: ${inputs}}
outputs: {price: "\${ask.price}"}
`;

const register = async (name: string, content: string) => {
  const path = await here().file(name, content);
  return here().gleitzeit(["workflows", "register", path, "--json"]);
};

test("a task calls one by name: what it stands for when the run is submitted, or the version it names", async () => {
  await register("t.yaml", tariff("1", 10));
  const newest = await here().file("newest.yaml", caller("tariff"));
  await register("booking.yaml", caller("Tariff"));
  await register("t.yaml", tariff("2", 20));
  const pinned = await here().file("pinned.yaml", caller("tariff@1"));
  for (const [what, price] of [
    [newest, 60],
    ["booking", 60],
    [pinned, 30],
  ] as const) {
    const { exit, json } = await here().gleitzeit(["run", what, "--json"]);
    expect([exit, at(json, "outputs.price")], what).toEqual([0, price]);
  }
});

test("an unknown name says what was probably meant, wherever it stands", async () => {
  await register("t.yaml", tariff("1", 10));
  const meant = expect.stringContaining("did you mean `Tariff`?");
  const none = { error: { code: "WORKFLOW_NOT_FOUND", message: meant } };
  for (const argv of [
    ["run", "tarif"],
    ["workflows", "show", "tarif"],
    ["run", "tarif@1"],
  ]) {
    expect(await here().gleitzeit([...argv, "--json"])).toMatchObject({ exit: 4, json: none });
  }
  const version = await here().gleitzeit(["run", "tariff@3", "--json"]);
  expect(version.json).toMatchObject({ error: { message: "`Tariff` has no version `3`; there are 1" } });
  const wrong = await here().file("b.yaml", caller("tarif"));
  for (const command of [["validate"], ["run"], ["workflows", "register"]]) {
    const { exit, json } = await here().gleitzeit([...command, wrong, "--json"]);
    const problem = { code: "WORKFLOW_NOT_FOUND", message: meant, line: 3, column: 25 };
    expect([exit, json], command.join(" ")).toMatchObject([3, { problems: [problem] }]);
  }
});

test("inputs of a call by name are checked before anything runs", async () => {
  await register("t.yaml", tariff("1", 10));
  const wrong = await here().file("b.yaml", caller("tariff", "{seats: many, class: 1}"));
  const { exit, json } = await here().gleitzeit(["validate", wrong, "--json"]);
  expect(exit).toBe(3);
  expect(json.problems).toMatchObject([
    { line: 3, message: expect.stringContaining("class") },
    { line: 3, message: expect.stringContaining("seats") },
  ]);
});

test("what leads back to itself is refused, through names as well", async () => {
  await register("a.yaml", ECHO.replace("Small talk", "A"));
  const calling = (name: string, other: string) => `name: ${name}\ntasks:\n  - {id: t, workflow: ${other}}\n`;
  await register("b.yaml", calling("B", "a"));
  const round = await register("a.yaml", calling("A", "b"));
  expect(round.exit).toBe(3);
  expect(round.json).toMatchObject({
    error: {
      code: "WORKFLOW_CIRCULAR_DEPENDENCY",
      message: expect.stringContaining("leads back to the workflow"),
    },
  });
});

test("200 levels are refused before anything runs, also through names", { timeout: 60_000 }, async () => {
  const driving = await here().parts().driving();
  for (let n = 0; n < 200; n += 1) {
    const task = n === 199 ? { id: "t", method: "echo/echo" } : { id: "t", workflow: `w${n + 1}` };
    const definition = readDefinition({ name: `w${n}`, tasks: [task] });
    await driving.engine.register({ tenant: driving.tenant, definition, files: [] }, driving.actor);
  }
  const refused = await here().gleitzeit(["run", "w0", "--json"]);
  expect(refused.exit).toBe(3);
  expect(refused.json).toMatchObject({
    error: {
      code: "WORKFLOW_CIRCULAR_DEPENDENCY",
      message: "`w1` leads 199 levels deep, and runs are nested 100 levels deep at most",
    },
  });
  expect((await here().gleitzeit(["list", "--json"])).json.items).toEqual([]);
  const { exit, json } = await here().gleitzeit(["run", "w150", "--json"]);
  expect([exit, json.status]).toEqual([0, "succeeded"]);
});
