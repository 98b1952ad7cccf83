// A run that waits after a failure goes on as it is told to.
import { expect, test } from "vitest";
import { at, rig, text } from "./rig.ts";

const here = rig();
const json = async (...argv: readonly string[]) => here().gleitzeit([...argv, "--json", "--quiet"]);

const DOCUMENT = `
name: Booking
inputs:
  seats: { type: integer, default: 2 }
tasks:
  - { id: list, method: echo/echo, params: { message: open, rows: [1, 2] } }
  - id: book
    method: mcp/tool.add
    on_failure: pause
    params: { a: "\${list.rows[2]}", b: "\${inputs.seats}" }
  - { id: letter, method: echo/echo, params: { message: "row \${book.result}" } }
`;

async function paused() {
  const ran = await json("run", await here().file("booking.yaml", DOCUMENT));
  expect({ exit: ran.exit, status: ran.json.status }).toEqual({ exit: 1, status: "paused" });
  expect(at(ran.json, "tasks.book")).toMatchObject({
    status: "failed",
    error: { code: "TASK_PARAMETER_ERROR" },
  });
  expect(at(ran.json, "tasks.letter.status")).toBe("waiting");
  return text(ran.json, "runId");
}

test("with other params and another input it is called again, in the same run", async () => {
  const run = await paused();
  const went = await json("resume", run, "--set", "tasks.book.params.a=40", "--set", "inputs.seats=3");
  expect({ exit: went.exit, runId: went.json.runId }).toEqual({ exit: 0, runId: run });
  expect(at(went.json, "tasks.book")).toMatchObject({
    status: "succeeded",
    result: { result: 43 },
    error: null,
  });
  expect(at(went.json, "outputs.letter.response")).toBe("row 43");
});

test("with a result given by hand it is not called; a text in it is no reference", async () => {
  const run = await paused();
  const went = await json("resume", run, "--set", 'tasks.book.result={"result": "${x}"}');
  expect(went.exit).toBe(0);
  expect(at(went.json, "tasks.book")).toMatchObject({ status: "succeeded", attempts: 0, given: true });
  expect(at(went.json, "outputs.letter.response")).toBe("row ${x}");
});

test("without a change it fails and waits again; a retry is for runs that have ended", async () => {
  const run = await paused();
  const again = await json("resume", run);
  expect({ exit: again.exit, status: again.json.status }).toEqual({ exit: 1, status: "paused" });
  expect((await json("retry", run)).exit).toBe(3);
  const cancelled = await json("cancel", run);
  expect(cancelled.json.status).toBe("cancelled");
});

test.each([
  ["inputs.seat=1", "unknown input `seat`"],
  ['inputs.seats="x"', "input `seats` must be a whole number"],
  ["tasks.list.result=1", "task `list` is succeeded"],
  ["seats=1", "`seats` cannot be set"],
  ["inputs.seats", "must be PATH=JSON"],
  ["inputs.seats=two", "is no JSON"],
])("--set %s is wrong usage", async (set, message) => {
  const run = await paused();
  const { exit, json: document } = await json("resume", run, "--set", set);
  expect(exit).toBe(2);
  expect(at(document, "error.message")).toContain(message);
  expect((await json("show", run)).json.status).toBe("paused");
});
