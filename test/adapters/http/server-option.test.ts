// The command line through a server: what it prints and how it exits is what it is without one.
import { expect, test } from "vitest";
import { isList, isObject, type Json, type JsonObject } from "../../../src/domain/index.ts";
import { at, BROKEN, rig, text } from "../cli/rig.ts";
import { both, WAITS } from "./through.ts";

const here = rig();
const rigged = both();
const there = () => rigged().server;
const store = () => rigged().store;
const through = () => rigged().through;

const DOCUMENT = `name: Three ways
files: ["*.txt"]
inputs:
  who: {type: string}
tasks:
  - {id: hello, method: echo/echo, params: {message: "hello \${inputs.who}"}}
  - {id: sum, method: mcp/tool.add, params: {a: 2, b: 3}}
  - {id: child, method: workflow/run, params: {workflow: parts/child.yaml}}
outputs:
  said: \${hello.response}
`;
const CHILD = "name: Part\ntasks:\n  - {id: a, method: echo/echo, params: {message: inside}}\n";
const NOTE = "what is said beside it\n";

/** Ids, instants and who asked are another matter each time; so is where the document lies on somebody's disk. */
const OTHER: ReadonlySet<string> = new Set([
  ...["position", "stream", "id", "recordedAt", "metadata", "owner", "durationMs", "run", "parent"],
  ...["startedAt", "folders", "worker", "by"],
]);
const same = (value: Json): Json => {
  if (isList(value)) return value.map(same);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !OTHER.has(key));
  return Object.fromEntries(kept.map(([key, member]) => [key, same(member)]));
};

async function eventsOf(run: string): Promise<readonly JsonObject[]> {
  const { lines } = await here().gleitzeit([...store(), "events", run, "--json"]);
  return lines;
}
const told = async (run: string): Promise<Json> => {
  const events = await eventsOf(run);
  // What two tasks do side by side may come in either order.
  const shown = events.map((event) =>
    JSON.stringify(same(event))
      .replace(/"revision":\d+,?/g, "")
      .replaceAll(run, "RUN"),
  );
  return shown.toSorted();
};

test("a document that is handed in over HTTP, through --server and here leaves the same events", async () => {
  const file = await here().file("workflow.yaml", DOCUMENT);
  await here().file("parts/child.yaml", CHILD);
  await here().file("note.txt", NOTE);
  const base64 = (content: string): string => Buffer.from(content).toString("base64");
  const http = await there().ask("POST", "/v1/runs?wait=30", {
    body: {
      workflow: DOCUMENT,
      file: "workflow.yaml",
      files: [
        { path: "note.txt", base64: base64(NOTE) },
        { path: "parts/child.yaml", base64: base64(CHILD) },
      ],
      inputs: { who: "you" },
    },
  });
  expect(http.json, http.text).toMatchObject({ status: "succeeded" });
  const argv = ["run", file, "--input", "who=you", "--json"];
  const local = await here().gleitzeit([...store(), ...argv]);
  const remote = await here().gleitzeit([...through(), ...argv]);
  expect(remote, remote.err).toMatchObject({ exit: 0 });
  const runs = [http.json, local.json, remote.json].map((one) => text(one, "runId"));
  const [first, second, third] = await Promise.all(runs.map(told));
  expect(second).toEqual(first);
  expect(third).toEqual(first);
  expect(JSON.stringify(third)).toContain("note.txt");
  const shape = ({ outputs, status, workflow }: JsonObject): JsonObject => ({
    outputs: outputs ?? null,
    status: status ?? null,
    workflow: workflow ?? null,
  });
  expect(shape(remote.json)).toEqual(shape(local.json));
  expect(Object.keys(remote.json)).toEqual(Object.keys(local.json));
  expect(remote.err).toContain("hello");
}, 180_000);

test("whatever looks at runs prints the same through a server", async () => {
  const broken = await here().file("broken.yaml", BROKEN);
  const failed = await here().gleitzeit([...store(), "run", broken, "--id", "broken-one", "--json"]);
  const other = await here().gleitzeit([...through(), "run", broken, "--json"]);
  expect([failed.exit, other.exit]).toEqual([1, 1]);
  const run = text(failed.json, "runId");
  const looks = [
    ["show", "broken-one"],
    ["show", run.slice(0, 13), "--at", "3", "--json"],
    ["show", run, "--task", "lost", "--json"],
    ["events", run, "--json"],
    ["events", "--all", "--type", "Run*"],
    ["logs", run],
    ["timeline", run, "--json"],
    ["why", run],
    ["why", run, "after", "--json"],
    ["diff", run, text(other.json, "runId"), "--exit-code"],
    ["replay", run],
    ["replay", run, "--mode", "view", "--json"],
    ["failures"],
    ["failures", "--by", "task", "--json"],
    ["workflows", "list"],
    ["list", "--status", "failed", "--limit", "1"],
    ["list", "--limit", "2", "--json"],
  ];
  for (const argv of looks) {
    const direct = await here().gleitzeit([...store(), ...argv]);
    const asked = await here().gleitzeit([...through(), ...argv]);
    const plain = ({ exit, out, err }: typeof direct) => ({
      exit,
      out: out
        .replaceAll(/\d+(?:\.\d+)? ?(?:ms|s|m)\b/g, "T")
        .replaceAll(/"position":"\d+"/g, '"position":"P"'), // the audit log is signed meanwhile
      err,
    });
    expect(plain(asked), argv.join(" ")).toEqual(plain(direct));
  }
  const status = await here().gleitzeit([...through(), "status", "--json"]);
  expect(status.json).toMatchObject({ store: there().url });
}, 240_000);

test("what is asked of a run is asked of the server, by name", async () => {
  const file = await here().file("waits.yaml", WAITS);
  const submitted = await here().gleitzeit([...through(), "run", file, "--id", "waiting", "--detach"]);
  const run = submitted.out.trim();
  expect(submitted.exit, submitted.err).toBe(0);
  const again = await here().gleitzeit([...through(), "run", file, "--id", "waiting", "--detach"]);
  expect(again.out.trim()).toBe(run);
  expect((await here().gleitzeit([...through(), "pause", "waiting"])).err).toBe("");
  expect((await here().gleitzeit([...through(), "pause", "waiting"])).out).toContain("is paused already");
  const resumed = here().gleitzeit([...through(), "resume", "waiting", "--json"]);
  const signal = await here().gleitzeit([...through(), "signal", run, "paid", "--data", '{"amount": 12}']);
  expect(signal.exit, signal.err).toBe(0);
  for (let shown = signal; !shown.out.includes("waits for approval"); ) {
    shown = await here().gleitzeit([...through(), "show", run]);
  }
  const approved = await here().gleitzeit([...through(), "approve", run, "ask", "--reason", "fine"]);
  expect(approved.exit, approved.err).toBe(0);
  expect(at((await resumed).json, "outputs.paid.amount")).toBe(12);
  expect((await resumed).exit).toBe(0);
}, 180_000);

test("a run that is cancelled, retried or forked through a server", async () => {
  const file = await here().file("waits.yaml", WAITS);
  const run = (await here().gleitzeit([...through(), "run", file, "--detach"])).out.trim();
  const cancelled = await here().gleitzeit([...through(), "cancel", run, "--reason", "no more", "--json"]);
  expect(cancelled.json).toMatchObject({ status: "cancelled" });
  const broken = await here().file("broken.yaml", BROKEN);
  const failed = text((await here().gleitzeit([...through(), "run", broken, "--json"])).json, "runId");
  const retried = await here().gleitzeit([...through(), "retry", failed, "--json"]);
  expect(retried.exit).toBe(1);
  expect(retried.json).toMatchObject({ forkedFrom: { run: failed } });
  const set = ["--from", "lost", "--set", 'tasks.lost.result={"message": "given"}'];
  const plan = await here().gleitzeit([...through(), "fork", failed, ...set, "--dry-run", "--json"]);
  expect(plan.json).toMatchObject({ dryRun: true, given: ["lost"] });
  const fork = await here().gleitzeit([...through(), "fork", failed, ...set, "--json"]);
  expect(fork.json).toMatchObject({ status: "succeeded" });
}, 180_000);

test("documents are judged and registered by the server, with their own names for files", async () => {
  const bad = await here().file("bad/wrong.yaml", "name: Wrong\ntasks:\n  - {id: a, method: ecko/echo}\n");
  for (const form of [[], ["--json"]]) {
    const argv = ["validate", bad, "missing.yaml", ...form];
    const direct = await here().gleitzeit([...store(), ...argv]);
    expect(await here().gleitzeit([...through(), ...argv])).toEqual(direct);
  }
  await here().file("reg/part.yaml", CHILD);
  const good = await here().file(
    "reg/good.yaml",
    "name: Registered there\ninputs: {n: {type: integer}}\ntasks:\n  - {id: a, method: workflow/run, params: {workflow: part.yaml}}\n",
  );
  const registered = await here().gleitzeit([...through(), "workflows", "register", good]);
  expect(registered.out, registered.err).toContain("registered;");
  const shown = ["workflows", "show", "registered-there"];
  expect(await here().gleitzeit([...through(), ...shown])).toEqual(
    await here().gleitzeit([...store(), ...shown]),
  );
  const run = await here().gleitzeit([...through(), "run", "registered-there", "--input", "n=4", "--json"]);
  expect(run.json, run.err).toMatchObject({ status: "succeeded" });
  const wrong = await here().gleitzeit([...through(), "run", "registered-there", "--input", "n=four"]);
  expect(wrong).toMatchObject({ exit: 3 });
  expect((await here().gleitzeit([...through(), "run", "nothing-such"])).exit).toBe(4);
}, 180_000);
