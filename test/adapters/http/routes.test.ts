// Every route: success as its document says, bad input, what is not there, not allowed, too large, too many.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server as Receiver } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ProblemDocument } from "../../../src/adapters/http/problem.ts";
import { isList, isObject, type Json, type JsonObject, ROLES, type Role } from "../../../src/domain/index.ts";
import { text } from "../cli/rig.ts";
import { HELLO, type Server, served } from "./rig.ts";
import { type Asking, methodOf, ROUTE_ROWS, type Row, type World } from "./routes/index.ts";
import { listen } from "./stream.ts";

const FAILS =
  "name: Fails\ntasks:\n  - {id: a, method: echo/echo, params: {message: x}}\n  - {id: b, method: echo/echo, params: {message: '${a.nowhere}'}}\n";
const WAITS = "name: Waits\ntasks:\n  - {id: paid, wait: {signal: paid}}\n";
const ASKS = 'name: Asks\ntasks:\n  - {id: ask, approval: {message: "Well?"}}\n';

let home: string;
let open: Server;
let receiver: Receiver;
let world: World;
const stop = new AbortController();
let delivering: Promise<void>;

beforeAll(async () => {
  receiver = createServer((_, response) => response.writeHead(204).end());
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  home = await mkdtemp(join(tmpdir(), "gz-routes-"));
  await writeFile(join(home, "config.yaml"), "webhooks: {allow: {hosts: [127.0.0.1]}}\n");
  open = await served({ home, env: { GLEITZEIT_SERVER__REQUESTS_PER_MINUTE: "1000000" } });
  delivering = open.parts.deliverWebhooks(stop.signal);
  world = await worldOf(open, receiver);
}, 120_000);
afterAll(async () => {
  stop.abort();
  await delivering;
  await open.close();
  receiver.close();
  await rm(home, { recursive: true, force: true });
});

async function worldOf({ ask }: Server, sink: Receiver): Promise<World> {
  const place = sink.address();
  const port = typeof place === "object" && place ? place.port : 0;
  const made = async (path: string, body: Json): Promise<JsonObject> =>
    (await ask("POST", path, { body })).json;
  const hook = await made("/v1/webhooks", { url: `http://127.0.0.1:${port}/hook` });
  await made("/v1/workflows", { workflow: HELLO });
  const run = await made("/v1/runs?wait=20", { workflow: HELLO });
  await made("/v1/runs?wait=20", { workflow: HELLO, subject: "jane" });
  const failed = await made("/v1/runs?wait=20", { workflow: FAILS });
  const [waiting, doomed] = [
    await made("/v1/runs", { workflow: WAITS }),
    await made("/v1/runs", { workflow: WAITS }),
  ];
  const asking = await made("/v1/runs", { workflow: ASKS });
  await ask("GET", `/v1/events?wait=20&type=ApprovalRequested`);
  const events = (await ask("GET", `/v1/runs/${text(run, "runId")}/events?limit=1`)).json;
  const webhook = text(hook, "id");
  let delivery = "";
  while (delivery === "") {
    const { json } = await ask("GET", `/v1/webhooks/${webhook}/deliveries`);
    const first = isList(json.items) ? json.items.find(isObject) : undefined;
    delivery = first ? text(first, "id") : "";
  }
  return {
    run: text(run, "runId"),
    definition: isObject(run.workflow) ? text(run.workflow, "hash") : "",
    failed: text(failed, "runId"),
    waiting: text(waiting, "runId"),
    doomed: text(doomed, "runId"),
    asking: text(asking, "runId"),
    event: text(isList(events.items) && isObject(events.items[0]) ? events.items[0] : {}, "id"),
    key: (await (await open.parts.keyring(true)).create({ role: "viewer" }, { type: "cli", id: "t" })).id,
    webhook,
    delivery,
  };
}

const asked = (server: Server, row: Row, { path, body }: Asking, key?: string) =>
  server.ask(methodOf(row), path, { ...(body !== undefined && { body }), ...(key !== undefined && { key }) });

test("there is a row for every route that the document tells of, and no other", async () => {
  const { json } = await open.ask("GET", "/openapi.json");
  const paths = isObject(json.paths) ? json.paths : {};
  const told = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(isObject(methods) ? methods : {}).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const rows = ROUTE_ROWS.map(({ route }) => route).filter((route) => !route.endsWith("/metrics"));
  expect(rows.toSorted()).toEqual(told.filter((one) => !/ \/(?:livez|readyz)$/.test(one)).toSorted());
});

test("each is answered as its document says", async () => {
  // The key of the world makes the server ask for one from here on.
  const key = await open.key("admin");
  const { json: document } = await open.ask("GET", "/openapi.json", { key });
  const ajv = new Ajv2020({ strict: false, validateFormats: false }).addSchema(document, "api");
  for (const row of ROUTE_ROWS) {
    const good = row.good(world);
    if (row.isStream) {
      const stream = await listen(`${open.url}${good.path}`, { key });
      expect((await stream.next())?.event, row.route).toBe("RunSubmitted");
      stream.stop();
      continue;
    }
    const {
      status,
      text: body,
      json,
      headers,
    } = await asked(open, row, good, key).catch((error: unknown) => {
      throw new Error(`${row.route}: ${open.logged.at(-1)}`, { cause: error });
    });
    expect(status, `${row.route}: ${body}`).toBe(good.status ?? 200);
    if (!/^application\/json(?:;|$)/.test(headers.get("content-type") ?? "")) continue;
    const [method = "", path = ""] = row.route.split(" ");
    const place = [
      "paths",
      path,
      method.toLowerCase(),
      "responses",
      String(status),
      "content",
      "application/json",
    ];
    const pointer = place.map((one) => encodeURIComponent(one.replaceAll("~", "~0").replaceAll("/", "~1")));
    const fits = ajv.compile({ $ref: `api#/${pointer.join("/")}/schema` });
    expect(fits(json), `${row.route}: ${JSON.stringify(fits.errors)}`).toBe(true);
  }
}, 120_000);

test("each refuses what it cannot understand, and names what is not there", async () => {
  const key = await open.key("admin");
  const checks = ROUTE_ROWS.flatMap((row) => [
    ...(row.bad === "nothing" ? [] : [[row, row.bad, row.bad.status ?? 422] as const]),
    ...(row.missing === "nothing" ? [] : [[row, row.missing, 404] as const]),
  ]);
  expect(checks.length).toBeGreaterThan(70);
  for (const [row, asking, status] of checks) {
    const answer = await asked(open, row, asking, key);
    expect(answer.status, `${row.route} ${asking.path}: ${answer.text}`).toBe(status);
    expect(ProblemDocument.safeParse(answer.json).error, answer.text).toBeUndefined();
  }
});

test("each lets in whom it should, and nobody else", async () => {
  const keys = new Map<Role, string>();
  for (const role of ROLES) keys.set(role, await open.key(role));
  for (const row of ROUTE_ROWS) {
    const harmless =
      row.missing === "nothing" ? (row.bad === "nothing" ? row.good(world) : row.bad) : row.missing;
    for (const role of ROLES) {
      const { status } = await asked(open, row, harmless, keys.get(role));
      expect(status === 403, `${role} ${row.route}: ${status}`).toBe(!row.roles.includes(role));
      expect(status, `${role} ${row.route}`).not.toBe(401);
      expect(status).toBeLessThan(500);
    }
    const nobody = await asked(open, row, harmless);
    expect(nobody.status, `nobody ${row.route}`).toBe(401);
    expect(nobody.headers.get("www-authenticate")).toContain("Bearer");
  }
}, 120_000);

test("each that takes a body refuses one that is too large", async () => {
  const small = await served({
    env: { GLEITZEIT_SERVER__BODY: "1KiB", GLEITZEIT_SERVER__REQUESTS_PER_MINUTE: "1000000" },
  });
  try {
    for (const row of ROUTE_ROWS.filter((one) => one.good(world).body !== undefined)) {
      const asking = { ...row.good(world), body: { reason: "x".repeat(2000) } };
      const answer = await asked(small, row, asking);
      expect(answer.json, row.route).toMatchObject({ status: 413, code: "RESOURCE_EXHAUSTED" });
    }
  } finally {
    await small.close();
  }
});

test("each counts: one request more than allowed is turned away, whatever is asked", async () => {
  const few = await served({ env: { GLEITZEIT_SERVER__REQUESTS_PER_MINUTE: "1" } });
  try {
    await few.ask("GET", "/v1/providers");
    for (const row of ROUTE_ROWS.filter(({ route }) => !route.endsWith("/metrics"))) {
      const answer = await asked(few, row, row.good(world));
      expect(answer.json, row.route).toMatchObject({ status: 429, code: "RATE_LIMIT_EXCEEDED" });
      expect(answer.headers.get("retry-after"), row.route).toMatch(/^\d+$/);
    }
  } finally {
    await few.close();
  }
});
