// Records of deliveries that are past their time leave, and nothing else of an endpoint does: how it stands, what is pending,
// what is held, whom it was sent of, and what the audit log proves.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { archives } from "../../../src/adapters/audit/archives.ts";
import { verifyWhole } from "../../../src/adapters/audit/verify-whole.ts";
import { keptReadModels, tenantOfStream } from "../../../src/adapters/event-store/index.ts";
import { celExpressions } from "../../../src/adapters/expressions/index.ts";
import { systemRandom } from "../../../src/adapters/host/index.ts";
import { tenantStream, webhookStream } from "../../../src/domain/index.ts";
import type { EventStore, RetentionKit } from "../../../src/engine/index.ts";
import { retain } from "../../../src/engine/retention/retain.ts";
import { webhookDesk } from "../../../src/engine/webhooks/desk.ts";
import { endpointIn } from "../../../src/engine/webhooks/records.ts";
import { endpointsSent } from "../../../src/engine/webhooks/sent-about.ts";
import { partsOn, signerOn } from "../../adapters/audit/signers.ts";
import { CLI, TENANT, workflow } from "../rig.ts";
import { type Receiver, rest, webhookRig } from "../webhooks/webhook-rig.ts";

const DAY = 86_400_000;
const WEEK = 7 * DAY;
const one = workflow([{ id: "a", params: { give: 1 } }]);
const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function opened(receiver: Receiver, retrySchedule: readonly number[] = []) {
  const folder = await mkdtemp(join(tmpdir(), "gz-deliveries-"));
  folders.push(folder);
  const rig = webhookRig(receiver, { retrySchedule });
  const { store, clock } = rig;
  const { events, blobs, removal } = store;
  if (!removal) throw new Error("nothing can be removed from this store");
  const audit = { ...partsOn(events), blobs, tenantOf: tenantOfStream, clock };
  const auditor = signerOn(audit);
  const models = keptReadModels({ events, path: undefined, random: Math.random, tell: () => undefined });
  const kit: RetentionKit = {
    events,
    blobs,
    removal,
    archives: archives({ ...audit, folder, auditor: () => auditor }),
    readModels: async () => models,
    clock,
    random: systemRandom(),
    tenant: TENANT,
    actor: CLI,
  };
  const id = await rig.create({ events: ["run.succeeded"] });
  const sender = rig.deliver();
  return {
    ...rig,
    id,
    stream: webhookStream(id),
    sender,
    ran: async (more: object = {}) => {
      const started = await rig.runs.run(one, more);
      await started.end;
      await rest();
      return started.run;
    },
    /** Whoever sends waits for time that passes, and looks at the clock again when it is started anew. */
    after: (days: number) => clock.jump(days * DAY),
    retained: async (changed: Partial<RetentionKit> = {}) =>
      (await retain({ ...kit, ...changed }, { default: {}, workflows: {}, webhooks: { maxAgeMs: WEEK } }))
        .deliveries,
    desk: webhookDesk({
      kit: rig.kit,
      sending: async () => rig.kit,
      conditions: async () => celExpressions([]),
    }),
    audited: async () => {
      await auditor.sign();
      return verifyWhole(audit, [], [], () => undefined);
    },
    said: async () =>
      (await events.read(tenantStream(), 0, 1000)).filter(({ type }) => type === "WebhookDeliveriesRemoved"),
  };
}

const first = async (events: EventStore, stream: ReturnType<typeof webhookStream>) =>
  (await events.read(stream, 0, 1))[0];

test("what was sent more than a week ago leaves; the endpoint stands as it stood, goes on, and all is proven", async () => {
  const here = await opened(() => ({ status: 200, text: "canary" }));
  await here.ran();
  here.after(3);
  expect(await here.retained()).toEqual([]); // says how it stands: here it can be cut later
  await here.ran();
  here.after(5);
  await here.audited();
  const before = await endpointIn(here.store.events, here.stream);
  const [removed, ...others] = await here.retained();
  expect(others).toEqual([]);
  expect(removed).toMatchObject({ webhook: here.id, first: 0, deliveries: 1, attempts: 1 });
  expect((await first(here.store.events, here.stream))?.type).toBe("WebhookFolded");
  const stands = await endpointIn(here.store.events, here.stream);
  expect({ ...stands, head: 0, folded: 0 }).toEqual({ ...before, head: 0, folded: 0 });
  expect((await here.desk.deliveries(here.id, { limit: 50 })).items).toHaveLength(1);
  expect(await here.desk.show(here.id)).toMatchObject({ delivered: 2 });
  await here.ran();
  expect(here.got).toHaveLength(3);
  expect(await here.audited()).toMatchObject({ found: 0 });
  const [said] = await here.said();
  const data = JSON.parse(Buffer.from(said?.data ?? []).toString());
  expect(data).toMatchObject({
    webhook: here.id,
    first: 0,
    before: removed?.before,
    size: expect.any(String),
  });
  expect(data.changes).toMatchObject([{ type: "WebhookCreated", actor: CLI, revision: 0 }]);
  await here.sender.stop();
  await here.store.removal?.truncate(here.stream, (removed?.before ?? 0) + 1);
  expect((await here.audited()).problems).toMatchObject([{ kind: "missing event" }]); // what nobody said is gone
});

test("nothing of a delivery that is not over leaves, however old it is", async () => {
  let isDown = true;
  const here = await opened(() => ({ status: isDown ? 500 : 200 }), [(30 * DAY) / 1000]);
  await here.ran();
  here.after(3);
  await here.retained();
  here.after(20);
  expect(await here.retained()).toEqual([]);
  expect((await here.desk.deliveries(here.id, { limit: 50 })).items).toMatchObject([{ status: "failed" }]);
  isDown = false;
  await here.sender.stop();
  here.after(20);
  const next = here.deliver();
  await rest();
  expect(here.got).toHaveLength(2);
  await here.retained();
  here.after(8);
  expect((await here.retained()).length).toBeGreaterThan(0);
  await next.stop();
});

test("what is held stays, and an erasure tells whom it was sent to after the record of that has left", async () => {
  const here = await opened(() => ({ status: 200 }));
  const run = await here.ran({ subject: "anna" });
  here.after(3);
  await here.retained();
  here.after(8);
  const hold = { target: { run }, tenant: TENANT, actor: CLI, reason: undefined } as const;
  await here.runs.engine.hold({ change: "place", ...hold });
  expect(await here.retained()).toEqual([]);
  await here.runs.engine.hold({ change: "release", ...hold });
  expect(await here.retained()).toHaveLength(1);
  const erased = JSON.parse(Buffer.from((await here.said())[0]?.data ?? []).toString());
  expect(erased.subjects).toHaveLength(1);
  const [subject = ""] = erased.subjects;
  expect(await endpointsSent(here.store.events, TENANT, new Set(), subject)).toEqual([here.id]);
  expect(await endpointsSent(here.store.events, TENANT, new Set(), "others")).toEqual([]);
  await here.sender.stop();
});

test("a replay of what is missing does not send again what is forgotten; one of everything does", async () => {
  const here = await opened(() => ({ status: 200 }));
  await here.ran();
  here.after(3);
  await here.retained();
  here.after(8);
  expect(await here.retained()).toHaveLength(1);
  const to = await here.store.events.head();
  await here.desk.replay(here.id, { from: "start", to, only: "missing" }, CLI);
  await rest();
  expect(here.got).toHaveLength(1);
  await here.desk.replay(here.id, { from: "start", to, only: "all" }, CLI);
  await rest();
  expect(here.got).toHaveLength(2);
  await here.sender.stop();
});

test("stopped between what is said and what is done, the next one does it, and says nothing twice", async () => {
  const here = await opened(() => ({ status: 200 }));
  await here.ran();
  here.after(3);
  await here.retained();
  here.after(8);
  const removal = here.store.removal;
  if (!removal) throw new Error("nothing can be removed from this store");
  const stopped = async (): Promise<never> => {
    throw new Error("stopped");
  };
  await expect(here.retained({ removal: { ...removal, truncate: stopped } })).rejects.toThrow("stopped");
  expect((await first(here.store.events, here.stream))?.revision).toBe(0);
  expect(await here.retained()).toEqual([]);
  expect((await first(here.store.events, here.stream))?.type).toBe("WebhookFolded");
  expect(await here.said()).toHaveLength(1);
  await here.sender.stop();
});
