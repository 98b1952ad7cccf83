// Archives whose own time is over are deleted, each once and said so, and nothing else is; stopped anywhere, the next one does
// the rest.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type RunId, runOfStream } from "../../../src/domain/index.ts";
import { decode, oldArchives, retain, submissionOf } from "../../../src/engine/index.ts";
import type { RetentionPolicies } from "../../../src/engine/retention/policy.ts";
import { CLI, TENANT } from "../rig.ts";
import { ANNA } from "../subjects/house.ts";
import { DAY, type Office, office, Stopped, worked } from "./office.ts";

const POLICIES: RetentionPolicies = {
  default: { maxAgeMs: DAY },
  workflows: {},
  deleteArchivesAfterMs: 30 * DAY,
};

/** Everything has left, and the time of the archives is over. */
async function archived(): Promise<Office & { readonly runs: readonly RunId[] }> {
  const here = await office();
  const runs = await worked(here);
  here.clock.jump(2 * DAY);
  expect((await here.retain(POLICIES)).discarded).toEqual({ deleted: [], held: [], failed: [] });
  here.clock.jump(29 * DAY);
  expect((await here.retain(POLICIES)).discarded.deleted).toEqual([]);
  here.clock.jump(DAY);
  return { ...here, runs };
}

const filesIn = (here: Office): Promise<readonly string[]> => readdir(here.place);
const saidOf = async (here: Office) =>
  (await here.all())
    .filter(({ stream }) => runOfStream(stream))
    .map(decode)
    .filter(({ event }) => event.type === "ArchiveDeleted");

test("what they held is said, with its range, its count, its root and its sum, and what was signed still is", async () => {
  const here = await archived();
  const before = new Map(
    (await here.all()).filter(({ type }) => type === "RunArchived").map((one) => [one.stream, decode(one)]),
  );
  const { discarded } = await here.retain(POLICIES);
  expect(new Set(discarded.deleted.map(({ run }) => run))).toEqual(new Set(here.runs));
  expect(await filesIn(here)).toEqual([]);
  const said = await saidOf(here);
  expect(said.map(({ run }) => run).toSorted()).toEqual(here.runs.toSorted());
  for (const { event, stream } of said) {
    const { subject: _, ...data } = Object(before.get(stream)?.event.data);
    expect(event.data).toEqual(data);
  }
  await here.sign();
  expect(await here.audited()).toMatchObject({ problems: [], found: 0 });
  expect((await here.retain(POLICIES)).discarded.deleted).toEqual([]);
  for (const { stream } of before.values()) {
    const asked = submissionOf(here.store.events, stream); // of the runs inside them, too
    await expect(asked).rejects.toMatchObject({
      code: "RUN_ARCHIVED",
      message: expect.stringContaining("was deleted at 2026-"),
    });
  }
});

test("held runs, runs inside of which one is held, and held persons keep theirs until the release", async () => {
  const here = await archived();
  const [calling] = here.runs;
  const inside = (await here.all())
    .map(({ stream }) => runOfStream(stream))
    .find((run) => run && !here.runs.includes(run));
  if (!calling || !inside) throw new Error("a run, and one inside it");
  const by = { tenant: TENANT, actor: CLI, reason: undefined };
  const targets = [{ run: inside }, { subject: ANNA }] as const;
  for (const target of targets) await here.engine.hold({ ...by, target, change: "place" });
  const { discarded } = await here.retain(POLICIES);
  expect(discarded.deleted).toEqual([]);
  expect(discarded.held).toHaveLength(2);
  for (const target of targets) await here.engine.hold({ ...by, target, change: "release" });
  expect((await here.retain(POLICIES)).discarded.deleted).toHaveLength(2);
});

test("an altered archive is left for whoever looks at it, and so is what else lies there", async () => {
  const here = await archived();
  const [altered = "", other = ""] = await filesIn(here);
  await writeFile(join(here.place, altered), `${await readFile(join(here.place, altered), "utf8")}\n`);
  await writeFile(join(here.place, "0000.bundle"), "somebody else's");
  const stranger = `${"0".repeat(8)}-0000-7000-8000-${"0".repeat(12)}.bundle`;
  await writeFile(join(here.place, stranger), "of no run that is known here");
  const { discarded } = await here.retain(POLICIES);
  expect(discarded.deleted.map(({ archive }) => archive)).toEqual([other]);
  expect(discarded.failed).toMatchObject([
    { archive: altered, error: { code: "PERSISTENCE_INTEGRITY_ERROR" } },
  ]);
  expect((await filesIn(here)).toSorted()).toEqual(["0000.bundle", altered, stranger].toSorted());
  expect(await saidOf(here)).toHaveLength(1);
});

test("without a limit they stay for ever, and a run that has not wholly left keeps its own", async () => {
  const here = await archived();
  expect((await here.retain()).discarded.deleted).toEqual([]);
  const late = await office();
  await worked(late);
  late.clock.jump(2 * DAY);
  const kit = late.kit();
  const removal = { ...kit.removal, truncate: () => Promise.reject(new Stopped()) };
  await expect(retain({ ...kit, removal }, POLICIES)).rejects.toThrow(Stopped);
  late.clock.jump(40 * DAY);
  expect(await oldArchives(late.kit(), 30 * DAY)).toEqual({ due: [], held: [] });
});

test("stopped at every single call, before it or behind it: the next one does the rest, and each is said once", async () => {
  const whole = await archived();
  await whole.retain();
  const before = whole.callsOfTheLast(); // in which nothing is deleted
  await whole.retain(POLICIES);
  const calls = whole.callsOfTheLast();
  expect(calls).toBeGreaterThan(before + 8);
  for (let at = before; at <= calls; at += 1) {
    const here = await archived();
    const stopped = here.retain(POLICIES, { at, isDone: at % 2 === 0 });
    await stopped.catch((error: unknown) => expect(error).toBeInstanceOf(Stopped)); // or told as a failure
    await here.retain(POLICIES);
    expect(await filesIn(here), `call ${at}`).toEqual([]);
    expect(await saidOf(here), `call ${at}`).toHaveLength(2);
  }
}, 120_000);
