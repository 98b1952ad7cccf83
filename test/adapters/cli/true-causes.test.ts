// What ended a run is told wherever the run is shown, also beside failures that did not end it.
import { expect, test } from "vitest";
import { rig, text } from "./rig.ts";

const here = rig();

const TOLERATED = `
name: Tolerated
tasks:
  - {id: fine, method: echo/echo, params: {message: hello}}
  - {id: broken, method: echo/echo, on_failure: continue, params: {message: "\${fine.nowhere}"}}
outputs: {said: "\${fine.response}", more: "\${fine.also.nowhere}"}
`;

test("a missing output is what failed the run, not the failure that was allowed", async () => {
  const flow = await here().file("flow.yaml", TOLERATED);
  const { exit, json } = await here().gleitzeit(["run", flow, "--json"]);
  expect(exit).toBe(1);
  expect(json).toMatchObject({
    status: "failed",
    error: { code: "WORKFLOW_EXECUTION_FAILED", cause: { details: { path: "outputs.more" } } },
    tasks: { broken: { status: "failed", error: { details: { path: "params.message" } } } },
  });
  const { out } = await here().gleitzeit(["show", text(json, "runId")]);
  const [own, allowed] = [out.indexOf("WORKFLOW_EXECUTION_FAILED"), out.indexOf("TASK_PARAMETER_ERROR")];
  expect(own).toBeGreaterThan(0);
  expect(allowed).toBeGreaterThan(own);
  expect(out).toContain("outputs.more: `${fine.also.nowhere}`");
});

test("where every task succeeded, a retry is not offered as the remedy", async () => {
  const flow = await here().file("flow.yaml", TOLERATED.replace(/.*id: broken.*\n/, ""));
  const { err } = await here().gleitzeit(["run", flow]);
  expect(err).toContain("outputs.more");
  expect(err).not.toContain("gleitzeit retry");
});
