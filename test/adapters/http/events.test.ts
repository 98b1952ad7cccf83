// The log over HTTP: pages, waiting for the next one, streams.
import { expect, test } from "vitest";
import { outputs } from "../../../src/adapters/cli/json/shapes.ts";
import { isList, isObject, type Json } from "../../../src/domain/index.ts";
import { text } from "../cli/rig.ts";
import { HELLO, server } from "./rig.ts";
import { type Listening, listen } from "./stream.ts";

const here = server();

const hello = async (): Promise<string> =>
  text((await here().ask("POST", "/v1/runs?wait=20", { body: { workflow: HELLO } })).json, "runId");

const items = (json: { readonly [key: string]: Json }) =>
  isList(json.items) ? json.items.filter(isObject) : [];
const typesIn = (json: { readonly [key: string]: Json }) => items(json).map(({ type }) => type);
const ALL = ["RunSubmitted", "RunStarted", "TaskScheduled", "TaskSucceeded", "RunSucceeded"];

test("a run's events come in pages, as published, each with a cursor", async () => {
  const run = await hello();
  const first = await here().ask("GET", `/v1/runs/${run}/events?limit=2`);
  expect(typesIn(first.json)).toEqual(ALL.slice(0, 2));
  for (const event of items(first.json)) expect(outputs.event.safeParse(event).error).toBeUndefined();
  const rest = await here().ask("GET", `/v1/runs/${run}/events?after=${text(first.json, "nextCursor")}`);
  expect(typesIn(rest.json)).toEqual(ALL.slice(2));
  const none = await here().ask("GET", `/v1/runs/${run}/events?after=${text(rest.json, "nextCursor")}`);
  expect(none.json).toMatchObject({
    items: [],
    nextCursor: expect.stringMatching(/^v1\.[0-9a-f]{16}\.\d+$/),
  });
  const some = await here().ask("GET", `/v1/runs/${run}/events?type=Run*,TaskScheduled`);
  expect(typesIn(some.json)).toEqual(["RunSubmitted", "RunStarted", "TaskScheduled", "RunSucceeded"]);
});

test("whoever waits is told as soon as there is something, and of nothing else", async () => {
  const { json } = await here().ask("GET", "/v1/events?after=now");
  const cursor = text(json, "nextCursor");
  const waiting = here().ask("GET", `/v1/events?after=${cursor}&wait=30&type=RunSucceeded`);
  const run = await hello();
  const found = await waiting;
  expect(items(found.json)).toMatchObject([{ type: "RunSucceeded", stream: `run-main.${run}` }]);
  expect((await here().ask("GET", `/v1/events?after=${cursor}&wait=0&type=Nothing`)).json.items).toEqual([]);
});

test("places that are none are refused, streams that are not shown too", async () => {
  const status = async (query: string) => (await here().ask("GET", `/v1/events?${query}`)).status;
  expect(await status("after=nonsense")).toBe(400);
  expect(await status("after=v1.0000000000000000.7")).toBe(410);
  expect(await status("stream=key-main.")).toBe(422);
  expect(await status("stream=run-other.")).toBe(422);
  expect(await status("limit=501")).toBe(422);
  expect(await status("wait=61")).toBe(422);
});

async function until(stream: Listening, event: string): Promise<readonly string[]> {
  const came: string[] = [];
  for (let message = await stream.next(); message; message = await stream.next()) {
    came.push(`${message.event ?? ""}${message.id === undefined ? "" : "#"}`);
    if (message.event === event) return came;
  }
  return [...came, "end"];
}

test("a stream catches up, says so, and goes on live; only what is stored has an id", async () => {
  const before = await hello();
  const stream = await listen(`${here().url}/v1/events/stream?after=start&stream=run-main.${before}`);
  expect(await until(stream, "caught-up")).toEqual([...ALL.map((type) => `${type}#`), "caught-up"]);
  stream.stop();
  const live = await listen(`${here().url}/v1/events/stream?type=RunSucceeded`);
  expect(await until(live, "caught-up")).toEqual(["caught-up"]);
  const run = await hello();
  expect((await live.next())?.data).toContain(run);
  live.stop();
});

test("a stream goes on behind Last-Event-ID, whatever the address says", async () => {
  const run = await hello();
  const stream = await listen(`${here().url}/v1/runs/${run}/stream?after=start`);
  const first = await stream.next();
  stream.stop();
  const again = await listen(`${here().url}/v1/runs/${run}/stream?after=start`, { last: first?.id });
  expect(await until(again, "nothing")).toEqual([...ALL.slice(1).map((type) => `${type}#`), "ended", "end"]);
  const over = await here().ask("GET", `/v1/runs/${run}/stream`);
  expect(over.status).toBe(204);
  const lost = await here().ask("GET", `/v1/runs/${run}/stream`, { headers: { "last-event-id": "v1.x" } });
  expect(lost.status).toBe(400);
});
