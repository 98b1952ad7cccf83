// A subject is part of a request, of what may be reused, and of how events are shown.
import { expect, test } from "vitest";
import { eventJson } from "../../../src/engine/index.ts";
import { called, TENANT, workflow } from "../rig.ts";
import { house } from "./house.ts";

test("a recorded result is taken for the same person only", async () => {
  const { run, calls } = house();
  const document = workflow([{ id: "a", params: { x: 1 }, cache: {} }]);
  for (const subject of ["anna", "anna", "ben"]) await (await run(document, { subject })).end;
  await (await run(document)).end;
  expect(calls).toHaveLength(3);
});

test("the same request is the same run, and about another person it is another request", async () => {
  const { run } = house();
  const document = workflow([{ id: "a" }]);
  const first = await run(document, { subject: "anna", name: "once" });
  await first.end;
  expect(await run(document, { subject: "anna", name: "once" })).toMatchObject({
    run: first.run,
    created: false,
  });
  await expect(run(document, { subject: "ben", name: "once" })).rejects.toThrow(/submitted under this id/);
  await expect(run(document, { name: "once" })).rejects.toThrow(/submitted under this id/);
});

test("a run about nobody that would call one about somebody is refused before it begins", async () => {
  const { run, stored } = house();
  const inner = workflow([{ id: "in" }], {
    name: "Inner",
    inputs: { x: { type: "string" } },
    subject: "${inputs.x}",
  });
  const document = workflow([{ id: "call", workflow: "inner.yaml", inputs: { x: "anna" } }]);
  const workflows = called({ "inner.yaml": inner });
  await expect(run(document, { workflows })).rejects.toThrow(/`Inner`.* has a `subject`/);
  expect(await stored()).toBe("");
  expect(await (await run(document, { workflows, subject: "anna" })).end).toMatchObject({
    status: "succeeded",
  });
});

test("events are shown as they were before they were sealed; a moved ciphertext is an error, not a blank", async () => {
  const { run, log, store, seals } = house();
  const { run: id, end } = await run(workflow([{ id: "a", params: { $erased: true } }]), { subject: "anna" });
  await end;
  const reading = { store: { ...store, seals }, tenant: TENANT };
  const found = (await log(id)).find(({ event }) => event.type === "TaskSucceeded");
  if (!found) throw new Error("no event");
  const shown = await eventJson(found, reading);
  expect(shown.data).toMatchObject({ task: "a", values: { result: { $erased: true } } });
  expect(shown.data).not.toHaveProperty("sealed");
  await expect(eventJson({ ...found, revision: found.revision + 1 }, reading)).rejects.toThrow(
    /cannot be opened/,
  );
});
