// Whoever is given a person's data over HTTP is on record with it, whichever route gave it; whoever is not, is not.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isList, isObject, type JsonObject } from "../../../src/domain/index.ts";
import { type Answer, rig, text } from "../cli/rig.ts";
import { HELLO, type Server, served } from "./rig.ts";
import { listen } from "./stream.ts";

const cli = rig();
let home: string;
let open: Server;
let admin: string;
const store = () => ["--store", `sqlite:${join(home, "reads.db")}`] as const;
const env = { GLEITZEIT_SERVER__REQUESTS_PER_MINUTE: "1000000" };
const trail = (...more: readonly string[]): Promise<Answer> =>
  cli().gleitzeit([...store(), "audit", "trail", "--type", "PayloadRead", "--json", ...more], {
    env: { GLEITZEIT_HOME: home },
  });

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "gz-reads-"));
  open = await served({ home, env, store: "sqlite:reads.db" });
  admin = await open.key("admin");
});
afterAll(async () => {
  await open.close();
  await rm(home, { recursive: true, force: true });
});

const submitted = async (more: JsonObject, key = admin): Promise<string> => {
  const body = { workflow: HELLO.replace("message: hello", "message: canary"), ...more };
  return text((await open.ask("POST", "/v1/runs?wait=30", { key, body })).json, "runId");
};
const idOf = (key: string): string => key.split("_")[1] ?? "";

/** What has been counted is written when a server ends; the next one goes on with the same keys. */
async function again(): Promise<void> {
  await open.close();
  open = await served({ home, env, store: "sqlite:reads.db" });
}

test("each route that gives values of a run puts its caller on record, and 304, lists and runs of nobody do not", async () => {
  const [jane, nobody] = [await submitted({ subject: "jane" }), await submitted({})];
  const gives = [
    `/v1/runs/${jane}`,
    `/v1/runs/${jane}?at=3`,
    `/v1/runs/${jane}/events`,
    `/v1/runs/${jane}/events?from=0&values=stored`,
    "/v1/events?limit=500",
    `/v1/runs/${jane}/timeline`,
    `/v1/runs/${nobody}/diff/${jane}`,
  ];
  const givesNot = [
    "/v1/runs",
    "/v1/status",
    `/v1/runs/${nobody}`,
    `/v1/runs/${nobody}/events`,
    `/v1/runs/${jane}/events?type=RunStarted`,
    `/v1/events/head`,
  ];
  const keys = new Map<string, string>();
  for (const path of [...gives, ...givesNot, "stream", "304", "submits"])
    keys.set(path, await open.key("operator"));
  const keyOf = (path: string): string => keys.get(path) ?? "";
  for (const path of [...gives, ...givesNot]) {
    expect((await open.ask("GET", path, { key: keyOf(path) })).status, path).toBe(200);
  }
  const stream = await listen(`${open.url}/v1/runs/${jane}/stream?after=start`, { key: keyOf("stream") });
  while ((await stream.next())?.event !== "RunSucceeded");
  stream.stop();
  const tag = (await open.ask("GET", `/v1/runs/${jane}`, { key: admin })).headers.get("etag") ?? "";
  const known = { key: keyOf("304"), headers: { "if-none-match": tag } };
  expect((await open.ask("GET", `/v1/runs/${jane}`, known)).status).toBe(304);
  expect((await open.ask("GET", `/v1/runs/${jane}`)).status).toBe(401);
  const other = await submitted({ subject: "jane" }, keyOf("submits"));
  await again();

  const { lines } = await trail();
  const runsOf = (path: string): readonly string[] =>
    lines.flatMap(({ actor, on }) =>
      isObject(actor) && actor.id === idOf(keyOf(path)) && isObject(on) ? [text(on, "id")] : [],
    );
  for (const path of [...gives, "stream"]) expect(runsOf(path), path).toEqual([jane]);
  for (const path of [...givesNot, "304"]) expect(runsOf(path), path).toEqual([]);
  expect(runsOf("submits")).toEqual([other]);
  const subjects = new Set(lines.map((line) => text(line, "subject")));
  expect([...subjects]).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/)]);
  expect(JSON.stringify(lines)).not.toMatch(/jane|canary/);
  const [subject = ""] = subjects;
  expect((await trail("--on", subject)).lines).toHaveLength(lines.length);
  expect((await trail("--on", other)).lines).toMatchObject([{ on: { kind: "run", id: other }, count: 1 }]);
}, 60_000);

test("who exports a run or a person is on record by the export; what was erased is given to nobody", async () => {
  const run = await submitted({ subject: "john" });
  const [reader, taker] = [await open.key("viewer"), await open.key("admin")];
  await open.ask("POST", `/v1/runs/${run}/exports`, { key: taker, body: { format: "jsonl" } });
  await open.ask("POST", "/v1/admin/exports", { key: taker, body: { subject: "john" } });
  await open.ask("POST", "/v1/admin/erasures", { key: admin, body: { subject: "john", reason: "r 1" } });
  const after = await open.ask("GET", `/v1/runs/${run}/events`, { key: reader });
  expect(after.text).toContain('"$erased":true');
  await again();
  expect((await trail("--actor", idOf(reader))).lines).toEqual([]);
  const exported = await cli().gleitzeit(
    [...store(), "audit", "trail", "--type", "LogExported", "--actor", idOf(taker), "--json"],
    { env: { GLEITZEIT_HOME: home } },
  );
  expect(exported.lines, exported.err).toHaveLength(2);
  const denied = await cli().gleitzeit([...store(), "audit", "trail", "--outcome", "denied", "--json"], {
    env: { GLEITZEIT_HOME: home },
  });
  expect(isList(denied.lines) && denied.lines.map(({ what }) => what)).toContain("AccessDenied");
}, 60_000);
