// A hold puts an erasure off, and its release does what waited.
import { expect, test } from "vitest";
import { RunId, subjectStream, tenantStream } from "../../../src/domain/index.ts";
import { failpoint } from "../failpoint.ts";
import { CLI, ok, rig, scripted, TENANT, workflow } from "../rig.ts";
import { ANNA, directory, house } from "./house.ts";

const by = { tenant: TENANT, actor: CLI, reason: undefined };
const erasing = { tenant: TENANT, subject: ANNA, actor: CLI, reason: "asked for" };

async function anna() {
  const here = house();
  const { run, end } = await here.run(workflow([{ id: "a", params: { x: 1 } }]), { subject: "anna" });
  await end;
  const types = async () =>
    (await here.store.events.read(subjectStream(ANNA), 0, 50)).map(({ type }) => type);
  return { ...here, run, types };
}

test("an erasure waits for the hold on the person, is one request however often it is asked for, and is done at the release", async () => {
  const { engine, types, values, run } = await anna();
  const hold = { ...by, target: { subject: ANNA } };
  expect(await engine.hold({ ...hold, change: "place" })).toEqual({ isChanged: true, erased: [] });
  expect(await engine.hold({ ...hold, change: "place" })).toEqual({ isChanged: false, erased: [] });
  const first = await engine.erase(erasing);
  expect(first).toMatchObject({ kind: "deferred", held: "subject" });
  expect(await engine.erase(erasing)).toEqual(first);
  expect(await types()).toEqual(["ErasureDeferred"]);
  expect((await values(run))[0]).toMatchObject({ inputs: {} });

  const request = first.kind === "deferred" ? first.request : "";
  const released = await engine.hold({ ...hold, change: "release" });
  expect(released).toEqual({ isChanged: true, erased: [{ subject: ANNA, request }] });
  expect(await types()).toEqual(["ErasureDeferred", "SubjectErased"]);
  expect((await values(run))[0]).toEqual({ $erased: true });
  expect(await engine.erase(erasing)).toMatchObject({ kind: "erased", request, isNew: false });
  expect(await engine.hold({ ...hold, change: "release" })).toEqual({ isChanged: false, erased: [] });
});

test("a hold on one run of the person holds the person, until the last is released", async () => {
  const { engine, run, types } = await anna();
  const holds = [
    { ...by, target: { run } },
    { ...by, target: { subject: ANNA } },
  ] as const;
  for (const hold of holds) await engine.hold({ ...hold, change: "place" });
  expect(await engine.erase(erasing)).toMatchObject({ kind: "deferred", held: "subject" });
  expect(await engine.hold({ ...holds[1], change: "release" })).toMatchObject({
    isChanged: true,
    erased: [],
  });
  expect(await engine.erase(erasing)).toMatchObject({ kind: "deferred", held: [run] });
  expect(await engine.hold({ ...holds[0], change: "release" })).toMatchObject({
    erased: [{ subject: ANNA }],
  });
  expect(await types()).toEqual(["ErasureDeferred", "SubjectErased"]);
});

test.each([
  ["after the release", 2],
  ["after the log says that it is begun", 4],
  ["after the key is gone, before the log says so", 5],
])("a process that dies %s leaves the erasure to the next that drives anything", async (_, at) => {
  const { engine, store, seals, run, types, values } = await anna();
  await engine.hold({ ...by, target: { run }, change: "place" });
  const waiting = await engine.erase(erasing);
  const point = failpoint(at);
  const dying = rig({ store, seals, providers: [], events: point.events });
  void dying.engine.hold({ ...by, target: { run }, change: "release" });
  await point.stopped;
  expect(await types()).toEqual(["ErasureDeferred"]);

  const next = rig({ store, seals, providers: [scripted(() => ok(null))] });
  await (await next.run(workflow([{ id: "other" }]))).end;
  await next.engine.close();
  expect(await types()).toEqual(["ErasureDeferred", "SubjectErased"]);
  expect((await values(run))[0]).toEqual({ $erased: true });
  expect(await engine.erase(erasing)).toMatchObject({
    kind: "erased",
    request: waiting.kind === "deferred" ? waiting.request : "",
  });
});

test("a name waits with the rest, goes at the release, and is asked for once", async () => {
  const names = directory("anna's entry");
  const { engine, store, run } = house({ names });
  const hold = { ...by, target: { subject: ANNA } };
  await engine.hold({ ...hold, change: "place" });
  await engine.erase({ ...erasing, name: "anna's entry" });
  expect(names.left()).toEqual(["anna's entry"]);
  await engine.hold({ ...hold, change: "release" });
  expect(names.left()).toEqual([]);
  const before = await store.events.read(tenantStream(TENANT), 0, 50);
  await (await run(workflow([{ id: "other" }]))).end;
  await engine.settle(TENANT);
  expect(await store.events.read(tenantStream(TENANT), 0, 50)).toEqual(before);
});

test("what is held again, or by another hold, goes on waiting", async () => {
  const { engine, store, seals, run, types } = await anna();
  for (const target of [{ run }, { subject: ANNA }]) await engine.hold({ ...by, target, change: "place" });
  await engine.erase(erasing);
  await engine.hold({ ...by, target: { run }, change: "release" });
  const next = rig({ store, seals, providers: [] });
  await next.engine.settle(TENANT);
  expect(await types()).toEqual(["ErasureDeferred"]);
});

test("a hold is an event with who, what and why; many at once are one", async () => {
  const { engine, store } = await anna();
  const target = { run: RunId.parse("01a215d1-1e34-700e-9dc4-987e6501dfe6") };
  const all = Array.from({ length: 5 }, () =>
    engine.hold({ ...by, target, change: "place", reason: "case 12" }),
  );
  expect((await Promise.all(all)).filter(({ isChanged }) => isChanged)).toHaveLength(1);
  const [event, ...others] = await store.events.read(tenantStream(TENANT), 0, 10);
  expect(others).toEqual([]);
  expect(event?.type).toBe("HoldPlaced");
  expect(JSON.parse(Buffer.from(event?.data ?? []).toString())).toEqual({
    target,
    values: { reason: "case 12" },
  });
  expect(JSON.parse(Buffer.from(event?.metadata ?? []).toString())).toEqual({ tenant: TENANT, actor: CLI });
});
