// Runs that have ended, an audit log over them, and a folder that they leave for. Whoever asks for a retention may be stopped
// at any call that it makes of its surroundings: from then on every call fails, as for a process that is gone.
import { hash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { archives } from "../../../src/adapters/audit/archives.ts";
import { verifyWhole } from "../../../src/adapters/audit/verify-whole.ts";
import { keptReadModels, tenantOfStream } from "../../../src/adapters/event-store/index.ts";
import { systemRandom } from "../../../src/adapters/host/index.ts";
import type { Json, RunId } from "../../../src/domain/index.ts";
import type { Archives, EventStore, Removal, StoredEvent } from "../../../src/engine/index.ts";
import type { RetentionKit } from "../../../src/engine/retention/kit.ts";
import type { RetentionPolicies } from "../../../src/engine/retention/policy.ts";
import { retain } from "../../../src/engine/retention/retain.ts";
import type { CapturedWorkflows } from "../../../src/engine/submitting/captured-workflows.ts";
import { partsOn, signerOn } from "../../adapters/audit/signers.ts";
import { CLI, called, TENANT, workflow } from "../rig.ts";
import { house } from "../subjects/house.ts";

export const DAY = 86_400_000;
const AFTER_A_DAY: RetentionPolicies = { default: { maxAgeMs: DAY }, workflows: {} };

export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** At that call from the first one on: not made any more, or made without anybody hearing of it. */
export type Stop = { readonly at: number; readonly isDone: boolean };

export async function office() {
  const folder = await mkdtemp(join(tmpdir(), "gz-office-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const here = house();
  const { store, clock } = here;
  const { events, blobs, removal } = store;
  if (!removal) throw new Error("nothing can be removed from this store");
  const audit = {
    ...partsOn(events),
    blobs,
    tenantOf: tenantOfStream,
    clock,
  };
  const auditor = signerOn(audit);
  const place = join(folder, "archive");
  const snapshots = new Set<string>();
  const models = keptReadModels({ events, path: undefined, random: Math.random, tell: () => undefined });
  let calls = 0;

  const kitOf = (stop?: Stop): RetentionKit => {
    calls = 0;
    let isGone = false;
    const watched =
      <A extends readonly unknown[], R>(call: (...given: A) => Promise<R>) =>
      async (...given: A): Promise<R> => {
        calls += 1;
        const isLast = calls === stop?.at;
        if (isGone || (isLast && !stop.isDone)) isGone = true;
        if (isGone) throw new Stopped();
        const answer = await call(...given);
        if (!isLast) return answer;
        isGone = true;
        throw new Stopped();
      };
    const kept = archives({ ...audit, events, folder: place, auditor: () => auditor });
    return {
      events: {
        ...events,
        append: watched((...given: Parameters<EventStore["append"]>) => events.append(...given)),
        read: watched((...given: Parameters<EventStore["read"]>) => events.read(...given)),
      },
      blobs,
      removal: {
        truncate: watched((...given: Parameters<Removal["truncate"]>) => removal.truncate(...given)),
        removeBlobs: watched((...given: Parameters<Removal["removeBlobs"]>) => removal.removeBlobs(...given)),
        scrub: watched(() => removal.scrub()),
      },
      archives: {
        place,
        keep: watched((...given: Parameters<Archives["keep"]>) => kept.keep(...given)),
        signed: watched(() => kept.signed()),
        look: watched((...given: Parameters<Archives["look"]>) => kept.look(...given)),
        all: watched(() => kept.all()),
        remove: watched((...given: Parameters<Archives["remove"]>) => kept.remove(...given)),
      },
      snapshots: {
        get: async () => undefined,
        put: async () => undefined,
        remove: watched(async (stream) => void snapshots.delete(stream)),
      },
      readModels: watched(async () => models),
      clock,
      random: systemRandom(),
      tenant: TENANT,
      actor: CLI,
    };
  };

  return {
    ...here,
    place,
    models,
    snapshots,
    callsOfTheLast: () => calls,
    kit: kitOf,
    retain: (policies = AFTER_A_DAY, stop?: Stop) => retain(kitOf(stop), policies),
    all: async (): Promise<readonly StoredEvent[]> => (await events.readAll("start", 10_000)).events,
    audited: () => verifyWhole(audit, [], [], () => undefined),
    sign: () => auditor.sign(),
    archived: () => linesIn(place),
  };
}

export type Office = Awaited<ReturnType<typeof office>>;

/** A run with a child, one about a person with a value that is a blob; all of them have ended. */
export async function worked(here: Office): Promise<readonly RunId[]> {
  const inner = workflow([{ id: "in", params: { text: "x".repeat(70_000) } }], { name: "Inner" });
  const calling = workflow([{ id: "call", workflow: "inner.yaml" }], { name: "Calling" });
  const large: Json = "z".repeat(80_000);
  const started = [
    await here.run(calling, { workflows: captured(called({ "inner.yaml": inner })) }),
    await here.run(workflow([{ id: "a", params: { large } }], { name: "About" }), { subject: "anna" }),
  ];
  for (const { end } of started) await end;
  return started.map(({ run }) => run);
}

async function linesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []); // nothing was archived yet
  const texts = names
    .filter((name) => !name.startsWith("."))
    .map((name) => readFile(join(folder, name), "utf8"));
  return (await Promise.all(texts)).flatMap((text) => text.split("\n"));
}

/** With a file whose bytes are what its hash says. */
function captured({ list, calls }: CapturedWorkflows): CapturedWorkflows {
  const bytes = Buffer.from("the text of it");
  const file = { path: "inner.yaml", hash: `sha256-${hash("sha256", bytes)}`, size: bytes.length };
  return { calls, list: list.map((one) => ({ ...one, source: { file, bytes } })) };
}
