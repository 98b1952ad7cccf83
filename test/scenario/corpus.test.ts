// Stores written by every format that was ever released: opened, shown in full, and gone on with.
import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { openGleitzeit } from "../../src/index.ts";
import { gleitzeit, type Place, place } from "./command.ts";

const corpus = fileURLToPath(new URL("../corpus/", import.meta.url));
const here = place({ withImage: true });

const List = z.object({ items: z.array(z.object({ runId: z.string(), status: z.string() })) });
const Run = z.object({
  status: z.string(),
  events: z.number(),
  outputs: z.unknown(),
  tasks: z.record(z.string(), z.object({ status: z.string(), result: z.unknown() })),
});

/** Of each store: those of the runs that are in all of them, and those of its own. */
const STATUSES = ["failed", "failed", "running", "running", "succeeded", "succeeded", "succeeded"];
const MORE: Readonly<Record<string, readonly string[]>> = {
  "2026-11-first": [],
  "2026-11-wide": [
    ...["cancelled", "paused", "running", "running", "running", "running"],
    ...["succeeded", "succeeded", "succeeded", "succeeded", "succeeded"],
  ],
};
const statusesOf = (name: string) => [...STATUSES, ...(MORE[name] ?? [])].sort();

async function copyOf(name: string, at: Place): Promise<string> {
  await cp(join(corpus, name), join(at.folder, name), { recursive: true });
  return `sqlite:${join(at.folder, name, "gleitzeit.db")}`;
}

async function json<T>(schema: z.ZodType<T>, args: readonly string[], store: string): Promise<T> {
  const { stdout, stderr } = await gleitzeit(here(), [...args, "--json", "--store", store]);
  expect(stdout, stderr).not.toBe("");
  return schema.parse(JSON.parse(stdout));
}

describe.each(await readdir(corpus))("the store of %s", (name) => {
  test("opens, and every run in it can be shown", async () => {
    const opened = await openGleitzeit({ store: await copyOf(name, here()), home: here().home });
    try {
      const { items } = await opened.list();
      expect(items.map(({ status }) => status).sort()).toEqual(statusesOf(name));
      for (const { runId, status } of items) {
        const run = await opened.get(runId);
        expect(run.status).toBe(status);
        let events = 0;
        for await (const _ of opened.events(runId, { follow: false })) events += 1;
        expect(events).toBe(run.events);
      }
    } finally {
      await opened.close();
    }
  });

  test("still has the values that were put in", async () => {
    const store = await copyOf(name, here());
    expect((await json(Run, ["show", "chain"], store)).outputs).toEqual({ $blob: "a user's key", c: 19 });
    const large = await json(Run, ["show", "large"], store);
    expect(large.tasks.big?.result).toMatchObject({ result: { text: "x".repeat(100_000) } });
  });

  test.each(["interrupted", "killed"])("goes on with the run that was %s", async (id) => {
    const store = await copyOf(name, here());
    const run = await json(Run, ["resume", id], store);
    expect(run.status).toBe("succeeded");
    expect(run.tasks.last?.result).toMatchObject({ response: "awake" });
  });

  test("takes new runs under names that it knows", async () => {
    const store = await copyOf(name, here());
    const { exit } = await gleitzeit(here(), ["retry", "broken", "--store", store]);
    expect(exit).toBe(1);
    expect((await json(List, ["list"], store)).items).toHaveLength(statusesOf(name).length + 1);
  });
});
