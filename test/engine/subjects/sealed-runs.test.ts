// Runs with a subject: what they were given and came to stands in the log for nobody without the key, and they run,
// wait, fail, repeat, call, are retried and answered like any other.
import { expect, test } from "vitest";
import { type JsonObject, RunId } from "../../../src/domain/index.ts";
import { subjectPseudonym } from "../../../src/engine/subjects/subject.ts";
import { settled } from "../hand-clock.ts";
import { opened } from "../opened.ts";
import { broken, CLI, called, KEYS, ok, rig, scripted, TENANT, workflow } from "../rig.ts";
import { ANNA, CANARY, house } from "./house.ts";

test("a run is sealed with its subject's key from its first event to its last, and reads as any other", async () => {
  const { run, log, stored, values } = house();
  const document = workflow(
    [
      { id: "a", params: { text: `${CANARY} \${inputs.who}` } },
      { id: "b", params: { fail: true, was: "${a.text}" }, on_failure: "continue" },
      { id: "c", for_each: ["${inputs.who}", "x"], params: { one: "${item}" } },
    ],
    {
      inputs: { who: { type: "string" } },
      outputs: { all: "${c}", a: "${a.text}" },
      subject: "${inputs.who}",
    },
  );
  const definition = JSON.stringify(document).split(CANARY).length - 1;
  expect(definition).toBe(1); // what its author wrote is not sealed
  const { run: id, end } = await run(document, { inputs: { who: CANARY }, name: `name of ${CANARY}` });
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });

  expect(await stored()).not.toContain(CANARY);
  expect((await stored()).match(/"values"/g)).toBeNull();
  const [first, ...rest] = await log(id);
  const subject = subjectPseudonym(KEYS, TENANT, CANARY);
  expect(first?.event.data).toMatchObject({
    subject,
    sealed: { v: 1, keyId: expect.stringContaining(subject) },
  });
  expect(rest.length).toBeGreaterThan(6);
  const [given, ...others] = await values(id);
  expect(given).toMatchObject({ inputs: { who: CANARY }, name: `name of ${CANARY}` });
  expect(others.at(-1)).toEqual({
    outputs: { all: [{ one: CANARY }, { one: "x" }], a: `${CANARY} ${CANARY}` },
  });
});

test("large values, captured files and the items of a batch are sealed where they lie", async () => {
  const { engine, store, seals, log } = house();
  const long = CANARY.repeat(20_000);
  const bytes = Buffer.from(`text of ${CANARY}`);
  const captured = {
    file: { path: `${CANARY}.txt`, hash: `sha256-${"0".repeat(64)}`, size: bytes.length },
    bytes,
  };
  const definition = workflow([{ id: "a", params: { long: "${inputs.long}" } }], {
    inputs: { long: { type: "string" } },
  });
  const request = { tenant: TENANT, definition, inputs: { long }, files: [captured], subject: "anna" };
  const { run, end } = await engine.run(request, CLI);
  await end;
  const [first] = await log(run);
  if (first?.event.type !== "RunSubmitted") throw new Error("not submitted");
  const { files = [] } = first.event.data;
  const [file] = "$blob" in files ? [] : files;
  const raw = await store.blobs.get(TENANT, file?.hash ?? "");
  expect(raw?.length).toBe(file?.size);
  expect(Buffer.from(raw ?? []).includes(CANARY)).toBe(false);
  const key = await seals.keyFor(TENANT, ANNA);
  expect(Buffer.from(key?.openBlob(raw ?? new Uint8Array(), TENANT) ?? []).toString()).toBe(bytes.toString());
  for (const recorded of await log(run)) {
    const { inputs, result } = await opened(recorded, store.blobs, seals);
    if (recorded.event.type === "RunSubmitted") expect(inputs).toEqual({ long });
    if (recorded.event.type === "TaskSucceeded") expect(result).toEqual({ long });
  }
});

test("the tasks of a batch about somebody are numbered, since ids are in clear", async () => {
  const { engine, types, log, stored } = house();
  const definition = {
    name: "B",
    type: "batch",
    batch: { directory: "." },
    template: { method: "test/do", params: {} },
  } as const;
  const batchFiles = [`${CANARY}.txt`, "b.txt"];
  const given = { tenant: TENANT, definition, inputs: {}, files: [], batchFiles };
  const plain = await engine.run(given, CLI);
  await plain.end;
  const { run, end } = await engine.run({ ...given, subject: "anna" }, CLI);
  expect(await end).toEqual({ kind: "ended", status: "succeeded" });
  const tasks = async (of: RunId) =>
    (await log(of)).flatMap(({ event }) => (event.type === "TaskSucceeded" ? [event.data.task] : []));
  expect(await tasks(plain.run)).toEqual(["process-Kr-he-4711-txt-0", "process-b-txt-1"]);
  expect(await tasks(run)).toEqual(["process-0", "process-1"]);
  expect(await types(run)).toContain("TasksAdded");
  expect((await stored()).split("\n").filter((line) => line.includes(run) && line.includes(CANARY))).toEqual(
    [],
  );
});

test("what others ask of it is sealed too, with their words", async () => {
  const { run, store, seals, stored, request, log } = house();
  const document = workflow([
    { id: "gate", wait: { signal: "go" } },
    { id: "then", params: { got: "${gate}" } },
  ]);
  const started = await run(document, { subject: "anna" });
  await settled();
  const other = rig({ store, seals, providers: [scripted()] });
  const asked = await other.request(started.run, {
    type: "SendSignal",
    name: "go",
    payload: { word: CANARY },
    reason: CANARY,
  });
  expect(asked.decision.kind).toBe("accepted");
  await settled();
  expect(await started.end).toEqual({ kind: "ended", status: "succeeded" });
  expect((await request(started.run, { type: "CancelRun", reason: CANARY })).decision.kind).toBe("rejected");
  expect(await stored()).not.toContain(CANARY);
  const done = (await log(started.run)).find(
    ({ event }) => event.type === "TaskSucceeded" && event.data.task === "then",
  );
  expect(done && (await opened(done, store.blobs, seals))).toMatchObject({
    result: { got: { word: CANARY } },
  });
});

test("its children and its retries are about the same person", async () => {
  const { run, engine, log, stored, store } = house();
  const inner = workflow([{ id: "in", params: { fail: true, x: "${inputs.x}" } }], {
    name: "Inner",
    inputs: { x: { type: "string" } },
  });
  const document = workflow([{ id: "call", workflow: "inner.yaml", inputs: { x: CANARY } }]);
  const first = await run(document, { subject: "anna", workflows: called({ "inner.yaml": inner }) });
  expect(await first.end).toEqual({ kind: "ended", status: "failed" });
  const again = await engine.retry(first.run, TENANT, CLI, `because of ${CANARY}`);
  await again.end;
  const { events } = await store.events.readAll("start", 1000, "run-");
  const submitted = events.filter(({ type }) => type === "RunSubmitted");
  expect(submitted).toHaveLength(4);
  for (const { data } of submitted) {
    expect(JSON.parse(Buffer.from(data).toString())).toMatchObject({ subject: ANNA, sealed: { v: 1 } });
  }
  expect((await stored()).replaceAll(JSON.stringify(CANARY), "")).not.toContain(CANARY);
  expect((await log(again.run)).at(-1)?.event.type).toBe("RunFailed");
});

test.each<readonly [string, JsonObject | undefined, boolean]>([
  ["as it was is gone on from", undefined, true],
  ["with other params begins anew", { "tasks.second.params.x": `other ${CANARY}` }, false],
])("a child that somebody resumed %s when the run is retried", async (_, set, isTaken) => {
  const calls: string[] = [];
  const once = scripted(({ task, params }) => {
    const isFirst = !calls.includes(task);
    calls.push(task);
    return isFirst && task !== "first" ? broken() : ok(params);
  });
  const here = house({ providers: [once] });
  const inner = workflow([
    { id: "first", params: { x: CANARY } },
    { id: "second", params: { x: CANARY }, dependencies: ["first"], on_failure: "pause" },
    { id: "third", dependencies: ["second"] },
  ]);
  const document = workflow([{ id: "call", workflow: "inner.yaml" }]);
  const workflows = called({ "inner.yaml": inner });
  const { run, end } = await here.run(document, { subject: "anna", workflows });
  await settled();
  const child = await childIn(here, run);
  expect(await end).toEqual({ kind: "paused" });
  await here.request(child, { type: "ResumeRun", ...(set && { set }) });
  await settled();
  expect((await here.types(run)).at(-1)).toBe("RunFailed");
  expect(await here.stored()).not.toContain(`other ${CANARY}`);

  const again = await here.engine.retry(run, TENANT, CLI);
  expect(await again.end).toMatchObject({ status: "succeeded" });
  const [submitted] = await here.log(await childIn(here, again.run));
  expect("forkedFrom" in (submitted?.event.data ?? {})).toBe(isTaken);
  const begun = ["first", "second", "second", "third"];
  expect(calls).toEqual([...begun, ...(isTaken ? ["third"] : ["first", "second", "third"])]);
});

async function childIn({ log }: Pick<ReturnType<typeof house>, "log">, run: RunId): Promise<RunId> {
  for (const { event } of await log(run))
    if (event.type === "ChildRunStarted") return RunId.parse(event.data.run);
  throw new Error("it called nothing");
}
