// An erasure whose process dies at any step is finished by the next one, with the name of the person, and is one request.
import { expect, test } from "vitest";
import { z } from "zod";
import { tenantStream } from "../../../src/domain/index.ts";
import { failpoint } from "../failpoint.ts";
import { settled } from "../hand-clock.ts";
import { CLI, ok, rig, scripted, TENANT, workflow } from "../rig.ts";
import { ANNA, CANARY, directory, house, said } from "./house.ts";

const RequestIn = z.object({ request: z.uuid() });
const erasing = (reason = "asked for") => ({ tenant: TENANT, subject: ANNA, actor: CLI, reason });

test.each([
  ["before the key goes", 2, []],
  ["after the key is gone, before the log says so", 3, []],
  ["before what was under way is ended", 4, ["SubjectErased"]],
  ["before the log says that all of it is done", 7, ["SubjectErased"]],
])("a process that dies %s leaves the rest to the next that drives anything", async (_, at, before) => {
  const names = directory("anna's entry");
  const here = house({ providers: [scripted()], names });
  const { run } = await here.run(workflow([{ id: "a", params: { x: CANARY } }]), { subject: "anna" });
  await settled();
  await here.engine.close();
  const point = failpoint(at);
  const dying = rig({ store: here.store, seals: here.seals, names, providers: [], events: point.events });
  void dying.engine.erase({ ...erasing(), name: "anna's entry" });
  await point.stopped;
  expect((await said(here)).map(({ type }) => type)).toEqual(before);

  const next = rig({ store: here.store, seals: here.seals, names, providers: [scripted(() => ok(null))] });
  await (await next.run(workflow([{ id: "other" }]))).end;
  await next.engine.close();
  expect(names.left()).toEqual([]);
  const [erased, ...more] = await said(here);
  const [requested, finished, ...others] = await said(here, tenantStream(TENANT));
  expect([erased?.type, requested?.type, finished?.type]).toEqual([
    ...["SubjectErased", "ErasureRequested", "ErasureFinished"],
  ]);
  expect([...more, ...others]).toEqual([]);
  const { request } = RequestIn.parse(requested?.data);
  const asked = { subject: ANNA, request, name: "anna's entry", values: { reason: "asked for" } };
  expect(requested?.data).toEqual(asked);
  expect(finished?.data).toEqual({ subject: ANNA, request });
  expect(erased?.data).toMatchObject({ request, values: { reason: "asked for" } });
  expect((await here.log(run)).at(-1)?.event.data).toMatchObject({ error: { code: "SUBJECT_ERASED" } });
  expect((await here.values(run))[0]).toEqual({ $erased: true });
  expect(await next.engine.erase(erasing("once more"))).toMatchObject({ request, isNew: false });
  expect(await said(here, tenantStream(TENANT))).toHaveLength(2);
});

test("of a person that no run is about, the name goes, and the log says so", async () => {
  const names = directory("anna's entry", "ben's entry");
  const here = house({ names });
  const asked = { ...erasing(), name: "anna's entry" };
  expect(await here.engine.erase(asked)).toMatchObject({
    kind: "erased",
    isNamed: true,
    counts: { runs: 0 },
  });
  expect(names.left()).toEqual(["ben's entry"]);
  expect((await said(here)).map(({ type }) => type)).toEqual(["SubjectErased"]);
  expect(await here.engine.erase(asked)).toMatchObject({ isNamed: false });
});

test("many who ask at once carry out one request", async () => {
  const here = house();
  await (await here.run(workflow([{ id: "a" }]), { subject: "anna" })).end;
  const all = await Promise.all(Array.from({ length: 4 }, () => here.engine.erase(erasing())));
  expect(all.filter((one) => one.kind === "erased" && one.isNew)).toHaveLength(1);
  expect(new Set(all.map((one) => one.kind === "erased" && one.request)).size).toBe(1);
  expect((await said(here, tenantStream(TENANT))).map(({ type }) => type)).toEqual([
    ...["ErasureRequested", "ErasureFinished"],
  ]);
});
