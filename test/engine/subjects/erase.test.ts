// After an erasure nobody reads what a person's runs were given; everything else goes on.
import { expect, test } from "vitest";
import { type RunId, tenantStream } from "../../../src/domain/index.ts";
import { eventJson, historyOf, type Reading } from "../../../src/engine/index.ts";
import { settled } from "../hand-clock.ts";
import { opened } from "../opened.ts";
import { CLI, called, rig, scripted, TENANT, workflow } from "../rig.ts";
import { ANNA, CANARY, house, said } from "./house.ts";

const erasing = (reason = "asked for") => ({ tenant: TENANT, subject: ANNA, actor: CLI, reason });
const reason = async (here: ReturnType<typeof house>, run: RunId): Promise<unknown> =>
  (await here.log(run)).at(-1)?.event.data;

test("its values are a placeholder, its story stays, and asking again changes nothing", async () => {
  const here = house();
  const { run, end } = await here.run(workflow([{ id: "a", params: { x: CANARY } }]), { subject: "anna" });
  await end;
  const other = await here.run(workflow([{ id: "a", params: { x: CANARY } }]), { subject: "ben" });
  await other.end;
  const before = await here.log(run);

  const erasure = await here.engine.erase(erasing());
  expect(erasure).toMatchObject({
    kind: "erased",
    isNew: true,
    counts: { runs: 1, events: before.length, failed: 0 },
  });
  expect(await here.log(run)).toEqual(before);
  for (const recorded of before) {
    const shown = await eventJson(recorded, { store: { ...here.store, seals: here.seals }, tenant: TENANT });
    const { sealed } = recorded.event.data;
    expect(shown.data.values).toEqual(sealed ? { $erased: true } : undefined);
    expect(await opened(recorded, here.store.blobs, here.seals)).toEqual(sealed ? { $erased: true } : {});
  }
  expect((await here.values(other.run))[0]).toMatchObject({ inputs: {} });

  const again = await here.engine.erase(erasing("once more"));
  expect(again).toEqual({ ...erasure, isNew: false });
  const told = await said(here);
  expect(told).toEqual([
    {
      type: "SubjectErased",
      data: expect.objectContaining({
        subject: ANNA,
        keys: [expect.stringContaining(ANNA)],
        values: { reason: "asked for" },
      }),
    },
  ]);
  await expect(here.engine.retry(run, TENANT, CLI)).rejects.toThrow();
});

test("a run that is under way fails at once, wherever it is driven, with its children and what waits", async () => {
  const slow = scripted();
  const here = house({ providers: [slow] });
  const inner = workflow([{ id: "in" }], { name: "Inner" });
  const calling = workflow([{ id: "call", workflow: "inner.yaml" }]);
  const started = [
    await here.run(workflow([{ id: "a", params: { x: CANARY }, retry: { max_attempts: 3 } }]), {
      subject: "anna",
    }),
    await here.run(workflow([{ id: "w", wait: { signal: "go" } }]), { subject: "anna" }),
    await here.run(calling, { subject: "anna", workflows: called({ "inner.yaml": inner }) }),
  ];
  await settled();
  const elsewhere = rig({ store: here.store, seals: here.seals, providers: [scripted()] });
  const { counts } = { counts: undefined, ...(await elsewhere.engine.erase(erasing())) };
  expect(counts).toMatchObject({ runs: 4, failed: 4 });
  for (const { run, end } of started) {
    expect(await end).toEqual({ kind: "ended", status: "failed" });
    expect(await reason(here, run)).toMatchObject({ error: { code: "SUBJECT_ERASED", retryable: false } });
    expect(await reason(here, run)).not.toHaveProperty("values");
  }
  expect(slow.calls.length).toBeGreaterThan(0);
  for (const { context } of slow.calls) expect(context.signal.aborted).toBe(true);
  expect(await here.stored()).not.toContain(CANARY);
});

test("a run whose key went while nobody drove it is ended by whoever takes it up, and asks nothing of anybody", async () => {
  const here = house({ providers: [scripted()] });
  const { run } = await here.run(workflow([{ id: "a" }]), { subject: "anna" });
  await settled();
  await here.engine.close();
  await here.seals.destroy(TENANT, ANNA);
  const asked = scripted();
  const next = rig({ store: here.store, seals: here.seals, providers: [asked] });
  expect(await next.engine.drive(run, TENANT, CLI)).toEqual({ kind: "ended", status: "failed" });
  expect(await reason(here, run)).toMatchObject({ error: { code: "SUBJECT_ERASED" } });
  expect(asked.calls).toEqual([]);
  expect((await here.log(run)).filter(({ event }) => event.data.values)).toEqual([]);
});

test("a failed run that was erased is not retried: there is nothing to retry it with", async () => {
  const here = house();
  const { run, end } = await here.run(workflow([{ id: "a", params: { fail: true } }]), { subject: "anna" });
  await end;
  await here.engine.erase(erasing());
  await expect(here.engine.retry(run, TENANT, CLI)).rejects.toMatchObject({ code: "SUBJECT_ERASED" });
});

test("results of an erased person are not reused, and the person may come back under a new key", async () => {
  const here = house();
  const document = workflow([{ id: "a", params: { x: 1 }, cache: {} }]);
  await (await here.run(document, { subject: "anna" })).end;
  await here.engine.erase(erasing());
  const back = await here.run(document, { subject: "anna" });
  expect(await back.end).toMatchObject({ status: "succeeded" });
  expect(here.calls).toHaveLength(2);
  expect((await here.values(back.run))[0]).toMatchObject({ inputs: {} });
  expect(await here.engine.erase(erasing("again"))).toMatchObject({ kind: "erased", isNew: true });
  expect(await said(here)).toHaveLength(2);
});

test("a batch of an erased person is shown with its tasks, without the names of its files", async () => {
  const here = house();
  const definition = {
    name: "B",
    type: "batch",
    batch: { directory: "." },
    template: { method: "test/do", params: {} },
  } as const;
  const batchFiles = [`${CANARY}.txt`, "b.txt"];
  const request = { tenant: TENANT, definition, inputs: {}, files: [], batchFiles, subject: "anna" };
  const { run, end } = await here.engine.run(request, CLI);
  await end;
  const store = { ...here.store, seals: here.seals };
  const reading: Pick<Reading, "store" | "tenant" | "place"> = { store, tenant: TENANT, place: "memory:" };
  expect((await historyOf(reading, run)).graph.nodes.map(({ name }) => name)).toContain(
    `Process ${CANARY}.txt`,
  );
  await here.engine.erase(erasing());
  const { detail, graph } = await historyOf(reading, run);
  expect(detail.status).toBe("succeeded");
  expect([...detail.tasks.keys()]).toEqual(["process-0", "process-1"]);
  expect(JSON.stringify(graph.nodes)).not.toContain(CANARY);
});

test("what nobody knows is not erased in silence", async () => {
  const here = house();
  expect(await here.engine.erase(erasing())).toEqual({ kind: "unknown", isNamed: false });
  expect(await said(here)).toEqual([]);
  expect(await said(here, tenantStream(TENANT))).toEqual([]);
});
