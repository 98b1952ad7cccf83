// A retention that is stopped at some call, and what is found afterwards.
import { expect } from "vitest";
import { runOfStream } from "../../../src/domain/index.ts";
import { DAY, type Office, office, Stopped, worked } from "./office.ts";

export async function prepared(): Promise<Office> {
  const here = await office();
  await worked(here);
  here.clock.jump(2 * DAY);
  return here;
}

type Kept = ReadonlyMap<string, string>;

/** By the event's id: its bytes. */
export async function stood(here: Office): Promise<Kept> {
  const events = (await here.all()).filter(({ stream }) => runOfStream(stream));
  return new Map(events.map(({ id, data }) => [id, Buffer.from(data).toString()]));
}

export async function lost(here: Office, before: Kept): Promise<readonly string[]> {
  const inStore = await stood(here);
  const archived = (await here.archived()).join("\n");
  return [...before]
    .filter(([id, data]) => inStore.get(id) !== data)
    .filter(([id, data]) => !archived.includes(`"id":"${id}"`) || !archived.includes(data))
    .map(([id]) => id);
}

export const gone = async (here: Office): Promise<readonly string[]> =>
  (await here.all()).filter(({ stream }) => runOfStream(stream)).map(({ type }) => type);

export const blobsIn = (lines: readonly string[]): readonly string[] =>
  lines
    .filter((line) => line.startsWith('{"base64":'))
    .map((line) => line.slice(line.lastIndexOf("sha256-"), -2));

export const LEFT = ["RunArchived", "RunArchived", "RunArchived"];

/** Nothing is lost, and the next one does the rest. */
export async function stoppedAt(at: number, isDone: boolean): Promise<void> {
  const here = await prepared();
  const before = await stood(here);
  const what = `call ${at}, ${isDone ? "made" : "not made"}`;
  await expect(here.retain(undefined, { at, isDone }), what).rejects.toThrow(Stopped);
  expect(await lost(here, before), what).toEqual([]);
  expect((await here.audited()).problems, what).toEqual([]);
  await here.retain();
  expect(await gone(here), what).toEqual(LEFT);
  expect(await lost(here, before), what).toEqual([]);
  for (const hash of blobsIn(await here.archived()))
    expect(await here.store.blobs.has("main", hash), what).toBe(false);
  expect(await here.retain()).toMatchObject({ archived: [], failed: [], swept: { runs: 0, events: 0 } });
}

/** How many calls an uninterrupted one makes. */
export async function callsOfAll(): Promise<number> {
  const whole = await prepared();
  await whole.retain();
  return whole.callsOfTheLast();
}
