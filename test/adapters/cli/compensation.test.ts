// What is shown of a run that undid what its tasks did.
import { expect, test } from "vitest";
import { rig } from "./rig.ts";

const here = rig({ withImages: true });

const UNDONE = `name: Undone
tasks:
  - {id: hall, method: echo/echo, params: {message: booked}, compensate: {method: echo/echo, params: {message: "free: \${hall}"}}}
  - {id: band, method: echo/echo, dependencies: [hall], compensate: {method: echo/echo, params: {message: "\${band.fee}"}}}
  - {id: dance, method: python/execute, params: {code: "1/0"}, dependencies: [band]}
`;

test("show, why, the timeline and the lines of progress tell what was undone, and what could not be", async () => {
  const flow = await here().file("flow.yaml", UNDONE);
  const { exit, err } = await here().gleitzeit(["run", flow, "--id", "dance"]);
  expect(exit).toBe(1);
  expect(err).toContain("run has failed: what its tasks did is undone\n");
  expect(err).toContain("compensate:hall: succeeded");
  const run = "dance";

  const { json } = await here().gleitzeit(["show", run, "--json"]);
  expect(json).toMatchObject({
    status: "failed",
    compensation: { outcome: "failed", tasks: 2, succeeded: 1, failed: 1 },
    tasks: {
      hall: { status: "succeeded", undone: true },
      "compensate:hall": { method: "echo/echo", compensates: "hall", result: { response: "free: booked" } },
      "compensate:band": { status: "failed", error: { code: "TASK_PARAMETER_ERROR" } },
    },
    error: { message: expect.stringContaining("1 of 2 compensations failed") },
  });
  const shown = (await here().gleitzeit(["show", run])).out;
  expect(shown).toMatch(/hall +✓ succeeded +1 .* undone/);
  const undoing = (await here().gleitzeit(["show", run, "--task", "compensate:hall", "--json"])).json;
  expect(undoing).toMatchObject({ task: { params: { message: "free: booked" } } });

  const why = (await here().gleitzeit(["why", run])).out;
  expect(why).toContain("What these did was undone: hall.");
  expect(why).toContain("compensate:band failed before it started: TASK_PARAMETER_ERROR");
  expect((await here().gleitzeit(["why", run, "hall"])).out).toBe(
    "hall succeeded, and what it did was undone by compensate:hall.\n",
  );
  const { json: line } = await here().gleitzeit(["timeline", run, "--json"]);
  expect(line).toMatchObject({ tasks: [{}, {}, {}, { id: "compensate:band" }, { id: "compensate:hall" }] });

  const revisions = (await here().gleitzeit(["events", run, "--json"])).lines;
  const begun = revisions.find(({ type }) => type === "RunCompensating")?.revision;
  const then = await here().gleitzeit(["show", run, "--at", JSON.stringify(begun), "--json"]);
  expect(then.json).toMatchObject({
    status: "compensating",
    tasks: { "compensate:band": { status: "waiting" } },
    error: { code: "WORKFLOW_EXECUTION_FAILED", cause: { code: "TASK_EXECUTION_FAILED" } },
  });
});
