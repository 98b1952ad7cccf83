// Two processes on one file, twenty runs at once in each, both killed again and again until they get through.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, test } from "vitest";
import { sqliteStore } from "../../src/adapters/event-store/index.ts";
import type { RecordedRunEvent, StreamName } from "../../src/domain/index.ts";
import { decode } from "../../src/engine/index.ts";
import { opened } from "../engine/opened.ts";

const child = new URL("many-child.mjs", import.meta.url).pathname;

/** Kills it after so many completed tasks; true once it got through. */
async function live(path: string, prefix: string, tasks: number): Promise<boolean> {
  const args = [child, path, prefix];
  const running = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const closed = once(running, "close");
  let seen = 0;
  let isDone = false;
  for await (const line of createInterface({ input: running.stdout })) {
    isDone ||= line === "done";
    seen += 1;
    if (seen === tasks) running.kill("SIGKILL");
  }
  await closed;
  return isDone;
}

async function untilDone(path: string, prefix: string): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    if (await live(path, prefix, 15 + 11 * kills)) return kills;
  }
}

async function logOf(path: string): Promise<ReadonlyMap<StreamName, readonly RecordedRunEvent[]>> {
  const store = await sqliteStore({ path, random: Math.random });
  const streams = new Map<StreamName, RecordedRunEvent[]>();
  let after: bigint | "start" = "start";
  for (;;) {
    const page = await store.events.readAll(after, 500, "run-");
    for (const event of page.events.map(decode)) {
      streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
    }
    after = page.next;
    if (page.atHead) break;
  }
  for (const log of streams.values()) {
    const last = log.at(-1);
    expect(last?.event.type).toBe("RunSucceeded");
    if (last) expect(await opened(last, store.blobs)).toMatchObject(OUTPUTS);
  }
  await store.close();
  return streams;
}

const OUTPUTS = { outputs: { link7: { message: "012+++++++" } } };

test("forty runs in two processes on one file survive every kill", { timeout: 240_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "gleitzeit-many-"));
  const path = join(folder, "log.db");
  const kills = await Promise.all([untilDone(path, "left"), untilDone(path, "right")]);
  expect(Math.min(...kills)).toBeGreaterThan(3);
  const streams = await logOf(path);
  expect(streams.size).toBe(40);
  for (const log of streams.values()) {
    expect(log.map(({ revision }) => revision)).toEqual(log.map((_, i) => i));
    const done = log.flatMap(({ event }) => (event.type === "TaskSucceeded" ? [event.data.task] : []));
    expect(done).toHaveLength(12);
    expect(new Set(done).size, "a completed task ran twice").toBe(12);
  }
  await rm(folder, { recursive: true });
});
