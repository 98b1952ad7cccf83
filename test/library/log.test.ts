// What a program sees of the log: events, who asked, pages of runs; and what it may configure.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { firstValueFrom, toArray } from "rxjs";
import { expect, test } from "vitest";
import type { OpenOptions } from "../../src/index.ts";
import { ECHO, rig } from "./rig.ts";

const here = rig();
const open = (options?: OpenOptions) => here().open(options);

test("events come from the beginning and live, as an Observable and as an iterator, and can be gone on with", async () => {
  const gleitzeit = await open();
  const { runId } = await gleitzeit.run(ECHO);
  const seen = await firstValueFrom(gleitzeit.events(runId).pipe(toArray()));
  expect(seen.map(({ type }) => type)).toContain("RunSucceeded");
  expect(seen[0]).toMatchObject({ revision: 0, data: { values: { inputs: {} } } });
  const after = seen[1]?.position ?? "";
  const rest: string[] = [];
  for await (const { type } of gleitzeit.events(runId, { after })) rest.push(type);
  expect(rest).toEqual(seen.slice(2).map(({ type }) => type));
  const stop = new AbortController();
  const live: string[] = [];
  const reading = (async () => {
    for await (const { type } of gleitzeit.events(undefined, { after: "now", signal: stop.signal })) {
      live.push(type);
      if (type === "RunSucceeded") stop.abort();
    }
  })();
  await gleitzeit.run(ECHO);
  await gleitzeit.run(ECHO);
  await reading;
  expect(live.at(-1)).toBe("RunSucceeded");
  await expect(firstValueFrom(gleitzeit.events(runId, { after: "soon" }))).rejects.toMatchObject({
    code: "USAGE_ERROR",
  });
});

test("who asked stands in the log as an opaque id, the name beside the key", async () => {
  const store = `sqlite:${join(here().folder, "who.db")}`;
  const gleitzeit = await open({ store, actor: { type: "service", name: "desk" } });
  const { runId } = await gleitzeit.run(ECHO);
  const own = await gleitzeit.run(ECHO, { actor: { type: "user", id: "u-17", onBehalfOf: "u-3" } });
  const actorOf = async (run: string) => (await firstValueFrom(gleitzeit.events(run))).metadata.actor;
  expect(await actorOf(own.runId)).toEqual({ type: "user", id: "u-17", onBehalfOf: "u-3" });
  const { type, id } = await actorOf(runId);
  expect([type, id]).toEqual(["service", expect.stringMatching(/^[0-9a-f]{64}$/)]);
  const entry = await readFile(join(here().folder, "keys/who.db/names", `${id}.json`), "utf8");
  expect(JSON.parse(entry)).toMatchObject({ type: "service", name: "desk" });
  await expect(open({ actor: { type: "user", name: "" } })).rejects.toMatchObject({ code: "USAGE_ERROR" });
});

test("pages of runs, and what cannot be a query is refused", async () => {
  const gleitzeit = await open();
  for (const id of ["1", "2", "3"]) await gleitzeit.run(ECHO, { id });
  const first = await gleitzeit.list({ limit: 2 });
  expect(first.items).toHaveLength(2);
  const second = await gleitzeit.list({ limit: 2, cursor: first.nextCursor ?? "" });
  expect([second.items.length, second.nextCursor]).toEqual([1, null]);
  expect((await gleitzeit.list({ since: new Date("2999-01-01T00:00:00Z") })).items).toEqual([]);
  for (const query of [
    { limit: 0 },
    { cursor: "x" },
    { since: "yesterday" },
    { since: new Date(8.64e15) },
    { since: "2026-03-01T12:00" },
  ])
    await expect(gleitzeit.list(query), JSON.stringify(query)).rejects.toMatchObject({ code: "USAGE_ERROR" });
});

test("a configuration is checked as one from a file is", async () => {
  const bad = { limits: { documnt: 3 } };
  await expect(open({ configuration: bad })).rejects.toMatchObject({
    code: "CONFIGURATION_ERROR",
    message: expect.stringContaining("document"),
  });
  await expect(open({ configuration: "no.yaml" })).rejects.toMatchObject({ code: "CONFIGURATION_ERROR" });
  const small = await open({ configuration: { limits: { result: 10 } } });
  await expect(small.call("echo/echo", { message: "longer than ten" })).rejects.toMatchObject({
    code: "TASK_RESULT_INVALID",
  });
});

test("runs are found by what happened in them, and failures are told by cause", async () => {
  const gleitzeit = await open();
  const broken = {
    name: "Broken",
    tags: ["nightly"],
    tasks: [
      { id: "a", method: "echo/echo", params: { m: "${b.no}" } },
      { id: "b", method: "echo/echo" },
    ],
  };
  const { runId } = await (await gleitzeit.submit(broken)).end();
  await gleitzeit.run(ECHO);
  const waiting = await gleitzeit.submit({ name: "Waits", tasks: [{ id: "go", wait: { signal: "go" } }] });
  const ids = async (query: Parameters<typeof gleitzeit.list>[0]) =>
    (await gleitzeit.list(query)).items.map((item) => item.runId);
  expect(await ids({ error: "TASK_PARAMETER_ERROR", task: "a", tag: "nightly" })).toEqual([runId]);
  expect(await ids({ error: "TASK_PARAMETER_ERROR", task: "b" })).toEqual([]);
  expect(await ids({ task: "go" })).toEqual([waiting.runId]);
  expect(await ids({ stuck: "1h" })).toEqual([]);
  expect(await ids({ retrying: true })).toEqual([]);
  const { items, total } = await gleitzeit.failures({ by: "task", since: new Date(0) });
  expect({ items, total }).toMatchObject({
    total: 1,
    items: [{ cause: "broken/a", count: 1, runs: 1, example: { runId, code: "TASK_PARAMETER_ERROR" } }],
  });
  expect((await gleitzeit.failures({ since: "2100-01-01T00:00:00Z" })).items).toEqual([]);
  await expect(gleitzeit.failures({ limit: 0 })).rejects.toMatchObject({ code: "USAGE_ERROR" });
  await expect(gleitzeit.list({ task: "a[0]" })).rejects.toMatchObject({ code: "USAGE_ERROR" });
});
