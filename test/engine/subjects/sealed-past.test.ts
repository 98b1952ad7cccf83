// The past of a run about a person: replayed, compared, forked and retried like any other, as long as its key is there.
import { expect, test } from "vitest";
import type { RunId } from "../../../src/domain/index.ts";
import { diffRuns, type Reading, type StubReplay } from "../../../src/engine/index.ts";
import { replayRun } from "../../../src/engine/replay/replay-run.ts";
import { replayHost } from "../replay/replaying.ts";
import { CLI, called, ok, scripted, TENANT, workflow } from "../rig.ts";
import { ANNA, CANARY, house } from "./house.ts";

const DOCUMENT = workflow(
  [
    { id: "a", params: { said: CANARY } },
    { id: "b", params: { heard: "${a.said}", again: "${inputs.name}" } },
    { id: "call", workflow: "inner.yaml", inputs: { from: "${b.heard}" } },
  ],
  { inputs: { name: { type: "string" } }, outputs: { last: "${b.again}" } },
);
const INNER = workflow([{ id: "in", params: { from: "${inputs.from}", large: "x".repeat(70_000) } }], {
  name: "Inner",
  inputs: { from: { type: "string" } },
});

type House = ReturnType<typeof house>;

async function lived(here: House): Promise<RunId> {
  const workflows = called({ "inner.yaml": INNER });
  const given = { subject: "anna", inputs: { name: `name ${CANARY}` }, workflows };
  const { run, end } = await here.run(DOCUMENT, given);
  expect(await end).toMatchObject({ status: "succeeded" });
  return run;
}

const again = ({ store, seals }: House, run: RunId): Promise<StubReplay> =>
  replayRun({ ...replayHost(store), store: { ...store, seals } }, run);

const nobody = (): Promise<never> => Promise.reject(new Error("nobody is asked"));

const erased = (here: House) =>
  here.engine.erase({ tenant: TENANT, subject: ANNA, actor: CLI, reason: "asked for" });

test("a stub replay sees what the key still opens, decides the same, and knows of everything", async () => {
  const here = house();
  const run = await lived(here);
  const found = await again(here, run);
  expect(found).toMatchObject({ divergences: [], unknown: [], status: "succeeded" });
  expect(found.outputs).toEqual({ last: `name ${CANARY}` });
});

test("once the key is gone what depends on values is unknown, and nothing diverges", async () => {
  const here = house();
  const run = await lived(here);
  await erased(here);
  const found = await again(here, run);
  expect(found).toMatchObject({ divergences: [], status: "succeeded" });
  expect(new Set(found.unknown.map(({ task }) => task))).toEqual(
    new Set(["a", "b", "call", "call/in", null, "call"]),
  );
  expect(JSON.stringify(found)).not.toContain(CANARY);
});

test("a fork is about the same person, takes over what came before, and goes with the rest when they are erased", async () => {
  const here = house();
  const run = await lived(here);
  const before = here.calls.length;
  const fork = await here.engine.fork(run, TENANT, CLI, { from: "b" });
  expect(await fork.end).toMatchObject({ status: "succeeded" });
  expect(here.calls.slice(before).map(({ task }) => task)).toEqual(["b", "in"]);
  const events = await here.log(fork.run);
  expect(events[0]?.event.data).toMatchObject({ subject: ANNA, sealed: { keyId: expect.any(String) } });
  expect(events.flatMap(({ event }) => (event.data.values ? [event.type] : []))).toEqual([]);
  expect(await here.stored()).not.toContain(CANARY);
  expect(await erased(here)).toMatchObject({ counts: { runs: 4 } });
  expect(await here.stored()).not.toContain(CANARY);
});

test("what was erased is not forked, and says why; nothing is written", async () => {
  const here = house();
  const run = await lived(here);
  await erased(here);
  const events = (await here.store.events.readAll("start", 1000)).events.length;
  const refusal = { code: "SUBJECT_ERASED", message: expect.stringContaining("erased") };
  await expect(here.engine.fork(run, TENANT, CLI, { from: "b" })).rejects.toMatchObject(refusal);
  await expect(here.engine.planFork(run, TENANT, { from: "b" })).rejects.toMatchObject(refusal);
  expect((await here.store.events.readAll("start", 1000)).events).toHaveLength(events);
});

test("a retry is sealed with the key of the person, and repeats only what failed", async () => {
  let isBroken = true;
  const answers = scripted(({ task, params }) => (task === "b" && isBroken ? undefined : ok(params)));
  const failing = scripted(({ task, params }) =>
    task === "b" && isBroken
      ? { ok: false, error: { code: "TASK_EXECUTION_FAILED", message: `no ${CANARY}`, retryable: false } }
      : ok(params),
  );
  const here = house({ providers: [failing] });
  const document = workflow([
    { id: "a", params: { said: CANARY } },
    { id: "b", params: { heard: "${a.said}" } },
  ]);
  const { run, end } = await here.run(document, { subject: "anna" });
  expect(await end).toMatchObject({ status: "failed" });
  isBroken = false;
  const retry = await here.engine.retry(run, TENANT, CLI, `because of ${CANARY}`);
  expect(await retry.end).toMatchObject({ status: "succeeded" });
  expect(failing.calls.map(({ task }) => task)).toEqual(["a", "b", "b"]);
  expect(await here.stored()).not.toContain(CANARY);
  expect(answers.calls).toEqual([]);
});

const readingOf = ({ store, seals }: House): Reading => ({
  store: { ...store, seals },
  tenant: TENANT,
  place: "memory:",
  exists: true,
  readModels: nobody,
  keys: nobody,
  isAlive: nobody,
  nameOf: nobody,
});

test("two runs are compared by what was sealed as by anything else; once it is erased nobody says that it was the same", async () => {
  const here = house();
  const one = await lived(here);
  const fork = await here.engine.fork(one, TENANT, CLI, { from: "a", set: { "inputs.name": "another" } });
  await fork.end;
  const before = await diffRuns(readingOf(here), one, fork.run);
  expect(before).toMatchObject({ same: false, first: { task: null, kind: "inputs", path: "name" } });
  expect(before.differences).toContainEqual(
    expect.objectContaining({ task: "b", kind: "result", path: "again", b: "another" }),
  );
  await erased(here);
  const { same, differences } = await diffRuns(readingOf(here), one, fork.run);
  expect(same).toBe(true);
  expect(differences.map(({ unknown }) => unknown)).not.toContain(undefined);
  expect(differences).toContainEqual(expect.objectContaining({ task: null, kind: "inputs", unknown: true }));
  expect(JSON.stringify(differences)).not.toContain(CANARY);
});

test("an erased run beside one that is not differs in nothing that cannot be seen", async () => {
  const here = house();
  const failing = workflow([{ id: "a", params: { fail: true } }]);
  const [anna, ben] = [
    await here.run(failing, { subject: "anna" }),
    await here.run(failing, { subject: "ben" }),
  ];
  await Promise.all([anna.end, ben.end]);
  await erased(here);
  const { same, differences } = await diffRuns(readingOf(here), anna.run, ben.run);
  expect({ same, unknown: differences.every(({ unknown }) => unknown) }).toEqual({
    same: true,
    unknown: true,
  });
  expect(differences).toContainEqual(expect.objectContaining({ task: "a", kind: "error", path: "message" }));
});
