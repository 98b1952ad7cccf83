import { join } from "node:path";
import { expect, test } from "vitest";
import { at, rig } from "./rig.ts";

const here = rig();

const withInputs = `name: Tickets
inputs:
  seats: {type: integer}
  class: {type: string, default: deck}
tasks:
  - id: price
    method: echo/echo
    params: {message: "\${inputs.seats} x \${inputs.class}", seats: "\${inputs.seats}"}
`;

test("inputs: by declared type, from a file, from standard input, the single ones last", async () => {
  const flow = await here().file("flow.yaml", withInputs);
  await here().file("in.json", '{"seats": 2, "class": "cabin"}');
  await here().file("in.yaml", "seats: 3\n");
  const said = async (args: readonly string[], input = "") =>
    at((await here().gleitzeit(["run", flow, "--json", ...args], { input })).json, "outputs.price.response");
  expect(await said(["--input", "seats=4"])).toBe("4 x deck");
  expect(await said(["--input", "seats=4", "--input", "class=a=b"])).toBe("4 x a=b");
  expect(await said(["--inputs", join(here().folder, "in.json")])).toBe("2 x cabin");
  expect(await said(["--inputs", join(here().folder, "in.yaml"), "--input", "class=x"])).toBe("3 x x");
  expect(await said(["--inputs", "-", "--input", "seats=9"], '{"seats": 1}')).toBe("9 x deck");
});

test.each([
  [["--input", "seats=four"], 3, "must be a whole number"],
  [["--input", "seat=4"], 3, "did you mean `seats`"],
  [[], 3, "is required"],
  [["--input", "seats"], 2, "--input takes name=value"],
  [["--inputs", "nowhere.json"], 3, "there is no such file"],
  [["--inputs", "-"], 3, "cannot be parsed"],
  [["--inputs", "/dev/zero"], 3, "more than 16777216 bytes"],
  [["--input", "seats=1", "--priority", "soon"], 2, "--priority"],
  [["--input", "seats=1", "--timeout", "soon"], 2, "--timeout"],
  [["--input", "seats=1", "--timeout", "0"], 2, "--timeout"],
  [["--input", "seats=1", "--id", "a", "--idempotency-key", "b"], 2, "both name the run"],
  [["--input", "seats=1", "--output", "nowhere/x.json"], 2, "its folder does not exist"],
] as const)("%j is refused", async (args, exit, message) => {
  const flow = await here().file("flow.yaml", withInputs);
  const { exit: found, json } = await here().gleitzeit(["run", flow, "--json", ...args]);
  expect(at(json, "error.message")).toContain(message);
  expect(found).toBe(exit);
  expect(json.problems).toEqual(expect.any(Array));
  expect((await here().gleitzeit(["list", "--json"])).json.items).toEqual([]);
});

test("the same name is the same run: a repeat runs nothing, another request is refused", async () => {
  const flow = await here().file("flow.yaml", withInputs);
  const args = ["run", flow, "--json", "--id", "nightly", "--input", "seats=1"];
  const first = await here().gleitzeit(args);
  const second = await here().gleitzeit(args);
  expect({ ...second.json, position: 0 }).toEqual({ ...first.json, position: 0 });
  expect(first.json.name).toBe("nightly");
  const key = await here().gleitzeit([
    "run",
    flow,
    "--json",
    "--idempotency-key",
    "nightly",
    "--input",
    "seats=1",
  ]);
  expect(key.json.runId).toBe(first.json.runId);
  const other = await here().gleitzeit(["run", flow, "--json", "--id", "nightly", "--input", "seats=2"]);
  expect(other.exit).toBe(3);
  expect(at(other.json, "error.code")).toBe("INVALID_REQUEST");
});
