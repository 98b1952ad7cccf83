// The newest signed checkpoint, looked for cheaply, and what deliveries carry of it.
import { expect, test } from "vitest";
import { memoryStore } from "../../../src/adapters/event-store/index.ts";
import { systemRandom } from "../../../src/adapters/host/index.ts";
import { AUDIT_EVENT_VERSION, AUDIT_STREAM, type JsonObject } from "../../../src/domain/index.ts";
import { plainEvent } from "../../../src/engine/ports/index.ts";
import { newestCheckpoint } from "../../../src/engine/webhooks/newest-checkpoint.ts";
import { handClock } from "../hand-clock.ts";
import { CLI, workflow } from "../rig.ts";
import { rest, webhookRig } from "./webhook-rig.ts";

const signed = (size: number) => {
  const note = `log.example/1\n${size}\ncm9vdA==\n\n— log.example/1 AAAA\n`;
  return { note, size: String(size), root: "cm9vdA==" };
};

function auditLog() {
  const { events } = memoryStore();
  const clock = handClock();
  const recording = { actor: CLI, clock, random: systemRandom() };
  let last: number | "none" = "none";
  let reads = 0;
  const add = async (type: string, data: JsonObject): Promise<void> => {
    await events.append(AUDIT_STREAM, last, [plainEvent({ type, data }, AUDIT_EVENT_VERSION, recording)]);
    last = last === "none" ? 0 : last + 1;
  };
  return {
    clock,
    key: () => add("AuditKeyAdded", { vkey: "log.example/1+00000000+AAAA" }),
    sign: (size: number) =>
      add("CheckpointSigned", { ...signed(size), first: "0", after: "start", upTo: "9", keys: [0] }),
    newest: newestCheckpoint(
      {
        read: (...asked) => {
          reads += 1;
          return events.read(...asked);
        },
      },
      clock,
    ),
    reads: () => reads,
  };
}

test("none while nothing is signed; then the newest, a second later at the latest, and one read a second", async () => {
  const log = auditLog();
  expect(await log.newest()).toBeUndefined();
  await log.key();
  for (let size = 1; size <= 300; size += 1) await log.sign(size);
  expect(await log.newest()).toBeUndefined();
  await log.clock.advance(1000);
  expect(await log.newest()).toEqual({ origin: "log.example/1", checkpoint: signed(300) });
  await log.sign(301);
  const before = log.reads();
  await Promise.all(Array.from({ length: 50 }, () => log.newest()));
  expect(log.reads()).toBe(before);
  await log.clock.advance(1000);
  expect(await log.newest()).toMatchObject({ checkpoint: { size: "301" } });
  expect(log.reads()).toBe(before + 1);
});

test("a log that is long when it is first asked for is not read from its beginning", async () => {
  const log = auditLog();
  await log.key();
  for (let size = 1; size <= 2000; size += 1) await log.sign(size);
  expect(await log.newest()).toMatchObject({ checkpoint: { size: "2000" } });
  expect(log.reads()).toBeLessThan(30);
});

test("a delivery carries it, and keeps the one that it began with", async () => {
  let size = 7;
  let isDown = true;
  const rig = webhookRig(() => ({ status: isDown ? 500 : 200 }), {
    checkpoint: async () => ({ origin: "log.example/1", checkpoint: signed(size) }),
  });
  await rig.create({ events: ["run.succeeded"] });
  await (await rig.runs.run(workflow([{ id: "a", params: { give: 1 } }]))).end;
  const sender = rig.deliver();
  await rest();
  expect(rig.got[0]?.body).toMatchObject({ source: "log.example/1", checkpoint: signed(7) });
  size = 8;
  isDown = false;
  await rig.clock.advance(6000);
  await rest();
  expect(rig.got[1]?.text).toBe(rig.got[0]?.text);
  await sender.stop();
});
