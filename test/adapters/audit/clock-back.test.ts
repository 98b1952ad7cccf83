// A clock that goes back, while a process lives and from one to the next: times are signed as they were said, the log and its
// checkpoints stay whole, and whoever verifies is told of it.
import { expect, test } from "vitest";
import {
  acceptRollback,
  exportBundle,
  verifyGiven,
  verifyWhole,
  vkeysIn,
} from "../../../src/adapters/audit/index.ts";
import { memoryStore, tenantOfStream } from "../../../src/adapters/event-store/index.ts";
import { systemRandom } from "../../../src/adapters/host/index.ts";
import { StreamName } from "../../../src/domain/index.ts";
import { plainEvent } from "../../../src/engine/index.ts";
import { handClock } from "../../engine/hand-clock.ts";
import { checkpointsIn, ownIncarnation, partsOn, signerOn } from "./signers.ts";

const HOUR = 3_600_000;
const random = systemRandom();

test("what was recorded under a clock that was set back is signed in its order, and verifies", async () => {
  const { events, blobs } = memoryStore();
  const clock = handClock();
  const recording = { actor: { type: "service", id: "test" }, clock, random } as const;
  const parts = { ...partsOn(events), recording, clock, blobs, tenantOf: tenantOfStream };
  const stream = StreamName.parse("schedule-main.clock");
  let revision: number | "none" = "none";
  const write = async (): Promise<void> => {
    const event = plainEvent({ type: "Noted", data: { at: clock.now() } }, 1, recording);
    revision = (await events.append(stream, revision, [event])).revision;
  };
  const seen = () => verifyWhole(parts, [], [], () => undefined);

  let signer = signerOn(parts);
  await write();
  await clock.advance(5000);
  await write();
  await signer.sign();
  expect(await seen()).toMatchObject({ found: 0, timesBack: undefined });
  clock.jump(-500);
  await write();
  expect((await seen()).timesBack).toBeUndefined(); // writers are not that exact
  clock.jump(-HOUR);
  await write();
  await signer.sign();
  signer = signerOn({ ...parts, incarnations: partsOn(events, ownIncarnation()).incarnations }); // the next process
  clock.jump(-2 * HOUR);
  await write();
  expect(await signer.sign()).toMatchObject({ kind: "signed", isAll: true });
  await clock.advance(10_000);
  await write();
  await signer.sign();

  const sizes = (await checkpointsIn(events)).map(({ size }) => Number(size));
  expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
  const { found, timesBack } = await seen();
  expect(found).toBe(0);
  expect(timesBack?.count).toBe(2);
  const { recordedAt = "", after = "" } = timesBack?.farthest ?? {};
  expect(Date.parse(after) - Date.parse(recordedAt)).toBe(2 * HOUR);

  const lines = await exportBundle(parts, { all: true }, undefined, recording);
  const { current = "" } = (await vkeysIn(parts)) ?? {};
  const bytes = (async function* () {
    for await (const line of lines) yield Buffer.from(line);
  })();
  expect((await verifyGiven(bytes, { vkeys: [current], requireComplete: false })).verdict).toMatchObject({
    ok: true,
  });
  await expect(acceptRollback(parts, "clock")).rejects.toThrow("nothing to accept"); // a clock is no rollback
});
