// A receiver that fails three times in ten, and a process that sends and is killed again and again while runs go by.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { z } from "zod";
import { gleitzeit, type Place, started } from "./command.ts";
import { type Delivered, receiver } from "./webhook-receiver.ts";

const SUBMIT = fileURLToPath(new URL("submit-child.mjs", import.meta.url));
const Made = z.object({ id: z.string(), secret: z.string() });
const Event = z.object({
  id: z.string(),
  type: z.string(),
  revision: z.number(),
  data: z.looseObject({ claim: z.unknown().optional() }),
});

const TOLD = new Set(["RunSubmitted", "RunStarted", "TaskStarted", "TaskSucceeded", "RunSucceeded"]);
const isTold = ({ type, data }: z.infer<typeof Event>): boolean =>
  TOLD.has(type) || (type === "TaskScheduled" && data.claim !== undefined);

export const CONFIGURATION =
  'webhooks: {retry_schedule: [0.1, 0.1, 0.2, 0.2, 0.5, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], allow: {hosts: ["127.0.0.1"]}}\n';

export async function killedWhileSending(place: Place, runs: number, kills: number): Promise<void> {
  await writeFile(join(place.folder, "gleitzeit.yaml"), CONFIGURATION);
  let asked = 0;
  const there = await receiver(() => (asked++ * 7) % 10 > 2);
  const { stdout } = await gleitzeit(place, ["webhooks", "create", there.url, "--json"]);
  const { secret } = Made.parse(JSON.parse(stdout));
  there.secrets = [secret];
  const store = join(place.home, "gleitzeit.db");
  const child = spawn(process.execPath, [SUBMIT, store, "told", String(runs)], { stdio: "ignore" });
  const least = runs * 7;
  for (let kill = 0; kill < kills; kill += 1) {
    const worker = started(place, ["worker", "--quiet"]);
    const before = there.got.length;
    await there.until(() => there.got.length >= before + Math.floor(least / (kills + 2)));
    worker.child.kill("SIGKILL");
    await worker.ended;
  }
  if (child.exitCode === null) await once(child, "close");
  const worker = started(place, ["worker", "--quiet"]);
  const ended = (): number =>
    new Set(
      taken(there.got)
        .filter(({ body }) => body.type === "run.succeeded")
        .map(({ id }) => id),
    ).size;
  await there.until(() => ended() === runs);
  worker.child.kill("SIGINT");
  await worker.ended;
  const events = await gleitzeit(place, ["events", "--all", "--json"]);
  await there.close();
  const told = events.stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Event.parse(JSON.parse(line)))
    .filter(isTold);
  expect(new Set(taken(there.got).map(({ body }) => body.id))).toEqual(new Set(told.map(({ id }) => id)));
  expect(there.got.filter(({ isVerified }) => !isVerified)).toEqual([]);
  judge(there.got);
}

const taken = (got: readonly Delivered[]): readonly Delivered[] => got.filter(({ isTaken }) => isTaken);

/** Order in each run by what arrived first, no gap but what is told, one text for each id. */
function judge(got: readonly Delivered[]): void {
  const texts = new Map<string, string>();
  for (const { id, text } of got) expect(texts.set(id, texts.get(id) ?? text).get(id)).toBe(text);
  const bySubject = new Map<string, Delivered[]>();
  const seen = new Set<string>();
  for (const one of taken(got)) {
    if (seen.has(one.id)) continue;
    seen.add(one.id);
    bySubject.set(one.body.subject, [...(bySubject.get(one.body.subject) ?? []), one]);
  }
  for (const all of bySubject.values()) {
    let previous: string | null = null;
    for (const { body } of all) {
      expect(body.previous).toBe(previous);
      previous = body.sequence;
    }
  }
}
