// Runs that have left the store for an archive while an endpoint was still to be told of them: they hold nothing up.
import { expect, test } from "vitest";
import { memoryStore } from "../../../src/adapters/event-store/index.ts";
import { celExpressions } from "../../../src/adapters/expressions/index.ts";
import { runStream, schemaVersion } from "../../../src/domain/index.ts";
import { plainEvent } from "../../../src/engine/ports/index.ts";
import { webhookDesk } from "../../../src/engine/webhooks/desk.ts";
import { CLI, workflow } from "../rig.ts";
import { rest, webhookRig } from "./webhook-rig.ts";

const one = workflow([{ id: "a", params: { give: 1 } }]);

test.each([
  ["that waits for its next attempt", {}],
  ["of an endpoint that asks for a workflow", { filter: { workflow: "test" } }],
  ["of an endpoint that keeps no order", { ordered: false }],
])("a delivery %s is given up, and what came later arrives", async (_, settings) => {
  const store = memoryStore();
  let isDown = true;
  const rig = webhookRig(() => ({ status: isDown ? 500 : 200 }), { store });
  const id = await rig.create({ events: ["run.submitted", "run.succeeded"], ...settings });
  const { run, end } = await rig.runs.run(one);
  await end;
  const first = rig.deliver();
  await rest();
  await first.stop();
  const stream = runStream(run);
  const { length } = await store.events.read(stream, 0, 100);
  const data = {
    ...{ archive: "a.bundle", sha256: "ab".repeat(32), tree: run, size: "120", root: "AAAA" },
    ...{ first: "0", last: "4", events: length },
  };
  const recording = { actor: CLI, clock: rig.clock, random: rig.kit.random };
  const archived = plainEvent({ type: "RunArchived", data }, schemaVersion("RunArchived"), recording);
  await store.events.append(stream, length - 1, [archived]);
  await store.removal?.truncate(stream, length);

  isDown = false;
  const later = await rig.runs.run(one);
  await later.end;
  const second = rig.deliver();
  await rest();
  await rig.clock.advance(6000);
  await rest();
  const taken = rig.answered.filter(({ status }) => status === 200);
  expect(new Set(taken.map(({ body }) => body.subject))).toEqual(new Set([later.run]));
  expect(taken.map(({ body }) => body.type)).toEqual(["run.submitted", "run.succeeded"]);
  const desk = webhookDesk({
    kit: rig.kit,
    sending: async () => rig.kit,
    conditions: async () => celExpressions(["event"]),
  });
  expect(await desk.show(id)).toMatchObject({ status: "active", held: 0, delivered: 2 });
  await second.stop();
});
