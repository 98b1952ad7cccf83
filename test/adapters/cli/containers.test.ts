// Containers by the command line: what is said where there is none, and what is recorded where there are.
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { isObject, type Json } from "../../../src/domain/index.ts";
import { DIGEST, type FakeDocker, fakeDocker } from "../containers/fake-docker.ts";
import { rig } from "./rig.ts";

const here = rig({ withImages: true });
let daemon: FakeDocker;
beforeEach(async () => {
  daemon = await fakeDocker();
});
afterEach(() => daemon.close());

const document = (task: Json) => JSON.stringify({ name: "A", tasks: [task] });
const script = {
  id: "a",
  method: "python/execute",
  params: { code: "result = 1", execution_mode: "docker" },
};
const program = {
  id: "a",
  method: "container/run",
  params: { command: ["true"] },
  retry: { max_attempts: 1 },
};

const declared = (host: string) =>
  here().file(
    "gleitzeit.yaml",
    JSON.stringify({ providers: { box: { type: "docker", image: "busybox:1", host } } }),
  );

test.each([
  ["a script", script, "`docker` is not available here: no provider of type docker is declared"],
  ["a program", program, "declare a daemon under `providers`"],
])("without a provider %s is refused before it runs, with what to declare", async (_what, task, message) => {
  const file = await here().file("a.json", document(task));
  const { exit, json } = await here().gleitzeit(["run", file, "--json"]);
  expect(exit).toBe(3);
  expect(JSON.stringify(json)).toContain(message);
  const listed = await here().gleitzeit(["list", "--json"]);
  expect(listed.json.items ?? []).toEqual([]);
});

test.each([
  ["a script", { ...script, retry: { max_attempts: 1 } }],
  ["a program", program],
])("without a daemon %s fails with what to do, and nothing runs elsewhere", async (_what, task) => {
  await declared(`unix://${join(here().folder, "no.sock")}`);
  const file = await here().file("a.json", document(task));
  const { exit, json } = await here().gleitzeit(["run", file, "--json"]);
  expect(exit).toBe(1);
  const tasks = isObject(json.tasks) ? json.tasks : {};
  expect(tasks.a).toMatchObject({
    status: "failed",
    result: null,
    error: {
      code: "PROVIDER_NOT_AVAILABLE",
      message: expect.stringMatching(/no Docker daemon answers at .*start it/),
    },
  });
});

test("a usual mode that is not there is an error of the configuration", async () => {
  await here().file("gleitzeit.yaml", "execution: {python: {mode: docker}}\n");
  const file = await here().file(
    "a.json",
    document({ id: "a", method: "python/execute", params: { code: "1" } }),
  );
  const { exit, err } = await here().gleitzeit(["run", file]);
  expect(exit).toBe(3);
  expect(err).toContain("`execution.python.mode`: `docker` is not available here");
});

test("a program's image is recorded with its digest, and nothing stays on the daemon", async () => {
  daemon.program = (container) => {
    container.print("one\n[2]\n");
    container.exit(0);
  };
  await declared(daemon.address);
  const file = await here().file("a.json", document(program));
  const { exit, json } = await here().gleitzeit(["run", file, "--json"]);
  expect(exit).toBe(0);
  expect(isObject(json.outputs) ? json.outputs.a : undefined).toMatchObject({ result: [2], exit_code: 0 });
  const { lines } = await here().gleitzeit([
    "events",
    typeof json.runId === "string" ? json.runId : "",
    "--json",
  ]);
  expect(lines.find(({ type }) => type === "TaskSucceeded")).toMatchObject({
    data: { provider: "box", instance: `busybox:1@${DIGEST}` },
  });
  expect(daemon.containers.size).toBe(0);
});

test("doctor says whether a daemon answers, and what it can give", async () => {
  await declared(daemon.address);
  const well = await here().gleitzeit(["doctor", "--json"]);
  expect(JSON.stringify(well.json)).toContain("Docker 20.10.24 at unix://");
  daemon.info = { ...daemon.info, PidsLimit: false };
  const weak = await here().gleitzeit(["doctor"]);
  expect(weak.exit).toBe(5);
  expect(weak.out).toMatch(/^✗ box .*nothing is run there/m);
  expect(weak.out).toContain("without process-limit: a program could start processes without end");
});
