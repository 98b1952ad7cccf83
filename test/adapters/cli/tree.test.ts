import { expect, test } from "vitest";
import { BROKEN, ECHO, rig, STUCK } from "./rig.ts";

const here = rig();
const esc = String.fromCharCode(27);

test("on a terminal the tree of tasks is drawn, and its last state is left standing above the summary", async () => {
  const flow = await here().file("flow.yaml", BROKEN);
  const { exit, out, err } = await here().gleitzeit(["run", flow], { isTTY: true, columns: 70 });
  expect(exit).toBe(1);
  expect(out).toBe("");
  const last = err.split(`${esc}[0J`).at(-1);
  expect(last).toMatch(
    /^✗ Broken {2}3\/3 {2}\d+ ms\n {2}✓ fine {3}\d+ ms\n {2}✗ lost {3}TASK_PARAMETER_ERROR\n {2}– after {2}skipped because of lost\n/,
  );
  expect(err).not.toContain("fine: running");
});

test("while it goes on the tree is drawn again and again, in place", async () => {
  const flow = await here().file("flow.yaml", STUCK);
  const stop = new AbortController();
  const { exit, err } = await here().gleitzeit(["run", flow], {
    isTTY: true,
    interrupted: stop.signal,
    watch: (text) => {
      if ((text.match(/↻ much/g)?.length ?? 0) > 2) stop.abort();
    },
  });
  expect(exit).toBe(130);
  expect(err).toContain("TASK_RESULT_INVALID, again in");
  expect(err).toContain(`${esc}[3A${esc}[0J`);
  expect(err.endsWith("goes on with the run\n")).toBe(true);
});

test("what is logged meanwhile stands above the tree", async () => {
  const flow = await here().file("flow.yaml", ECHO);
  const { err } = await here().gleitzeit(["run", flow, "--verbose"], {
    isTTY: true,
    env: { GLEITZEIT_LOG_LEVEL: "debug" },
  });
  expect(err).toMatch(/✓ Small talk succeeded/);
});

test("--quiet draws nothing, --json draws on stderr only", async () => {
  const flow = await here().file("flow.yaml", ECHO);
  expect((await here().gleitzeit(["run", flow, "--quiet"], { isTTY: true })).err).toBe("");
  const { json, err } = await here().gleitzeit(["run", flow, "--json"], { isTTY: true });
  expect(json.status).toBe("succeeded");
  expect(err).toContain("✓ Small talk  2/2");
});
