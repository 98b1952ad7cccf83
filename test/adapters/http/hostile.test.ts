// What somebody with the smallest key tries: over plain sockets, where no client tidies up.
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { HELLO, server } from "./rig.ts";

const here = server({ env: { GLEITZEIT_SERVER__REQUESTS_PER_MINUTE: "1000000" } });

/** One request as it stands, and all that comes back until the server closes. */
async function raw(head: readonly string[], body: string | Uint8Array = ""): Promise<string> {
  const { port } = new URL(here().url);
  const socket = connect(Number(port), "127.0.0.1");
  const pieces: Buffer[] = [];
  socket.on("data", (piece: Buffer) => pieces.push(piece));
  const closed = new Promise<void>((resolve) => {
    socket.once("close", () => resolve());
    socket.once("error", () => resolve());
  });
  socket.write(`${[...head, "host: localhost", "connection: close"].join("\r\n")}\r\n\r\n`);
  socket.write(body);
  await closed;
  return Buffer.concat(pieces).toString();
}
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);

test.each([
  "/v1/runs/../admin/keys",
  "/v1/runs/..%2f..%2fadmin%2fkeys",
  "/v1/runs/%2e%2e/admin/keys",
  "//v1/admin/keys",
  "/v1//admin/keys",
  "/v1/./admin/keys",
  "/V1/ADMIN/KEYS",
  "/v1/admin/keys/",
  "/v1/admin/keys;x=1",
  "/v1/admin/keys%00",
  "/v1/admin%2fkeys",
  "http://localhost/v1/admin/keys",
  "/v1/admin/keys?role=admin",
  "/v1/admin/config#/v1/runs",
  "/v1/audit/tile/0/../entries/000",
  "/v1/audit/tile/%65ntries/000.p/1",
])("a viewer who asks for %s gets nothing of it", async (path) => {
  const key = await here().key("viewer");
  const answer = await raw([`GET ${path} HTTP/1.1`, `authorization: Bearer ${key}`]);
  expect(statusOf(answer), answer).toBeGreaterThanOrEqual(400);
  expect(statusOf(answer), answer).toBeLessThan(500);
  expect(answer).not.toContain('"items"');
});

test.each([
  ["x-http-method-override: DELETE"],
  ["x-method-override: POST"],
  ["x-original-url: /v1/admin/keys"],
  ["x-rewrite-url: /v1/admin/keys"],
  ["x-forwarded-for: 127.0.0.1", "x-forwarded-host: localhost"],
])("what proxies would believe counts for nothing: %s", async (...headers) => {
  const key = await here().key("viewer");
  const answer = await raw(["GET /v1/webhooks/nothing HTTP/1.1", `authorization: Bearer ${key}`, ...headers]);
  expect(statusOf(answer)).toBe(403);
});

test.each([
  ["HEAD", "/v1/admin/keys", 403],
  ["HEAD", "/v1/admin/config", 403],
  ["OPTIONS", "/v1/runs", 404],
  ["TRACE", "/v1/runs", 404],
  ["PUT", "/v1/runs", 404],
  ["POST", "/v1/admin/keys", 403],
] as const)(
  "%s %s of a viewer is %i, without a body for HEAD and without CORS",
  async (method, path, status) => {
    const key = await here().key("viewer");
    const answer = await raw([
      `${method} ${path} HTTP/1.1`,
      `authorization: Bearer ${key}`,
      "origin: https://evil.example",
      "content-length: 0",
    ]);
    expect(statusOf(answer), answer).toBe(status);
    expect(answer.toLowerCase()).not.toContain("access-control-allow");
    if (method === "HEAD") expect(answer.split("\r\n\r\n")[1]).toBe("");
  },
);

test.each([
  ["twice", (key: string) => [`authorization: Bearer ${key}`, "authorization: Bearer gz_x"]],
  ["as somebody's name and password", (key: string) => [`authorization: Basic ${btoa(`x:${key}`)}`]],
  ["in another header", (key: string) => [`x-api-key: ${key}`]],
  ["in a cookie", (key: string) => [`cookie: key=${key}`]],
])("a key that is given %s is none, or the one that was given first", async (_, headers) => {
  const key = await here().key("viewer");
  const answer = await raw(["GET /v1/admin/keys HTTP/1.1", ...headers(key)]);
  expect([400, 401, 403]).toContain(statusOf(answer));
  const query = await raw([`GET /v1/runs?key=${key} HTTP/1.1`]);
  expect(statusOf(query)).toBe(401);
});

test("headers beyond 16 KiB, and what is no HTTP at all, are refused before anything else", async () => {
  const large = await raw(["GET /livez HTTP/1.1", `x-large: ${"x".repeat(20_000)}`]);
  expect(statusOf(large)).toBe(431);
  expect(statusOf(await raw(["ABRACADABRA"]))).toBe(400);
  expect((await here().ask("GET", "/livez")).status).toBe(200);
});

test.each([
  ["as plain text", JSON.stringify({ workflow: HELLO }), ["content-type: text/plain"]],
  ["without saying what it is", JSON.stringify({ workflow: HELLO }), []],
  [
    "nested very deep",
    `{"workflow":${"[".repeat(5000)}${"]".repeat(5000)}}`,
    ["content-type: application/json"],
  ],
  ["with a key twice", '{"workflow":"x","workflow":"y"}', ["content-type: application/json"]],
  ["with half a character", '{"workflow":"\\ud800"}', ["content-type: application/json"]],
] as const)("a body %s is refused as such", async (_, body, headers) => {
  const key = await here().key("operator");
  const length = Buffer.byteLength(body);
  const answer = await raw(
    ["POST /v1/runs HTTP/1.1", `authorization: Bearer ${key}`, `content-length: ${length}`, ...headers],
    body,
  );
  expect([400, 415, 422], answer).toContain(statusOf(answer));
  expect(answer).toContain("application/problem+json");
});

test("a body that is packed may be no larger than one that is not", async () => {
  const key = await here().key("operator");
  const packed = (value: string) => {
    const body = gzipSync(value);
    const head = [
      "content-type: application/json",
      "content-encoding: gzip",
      `content-length: ${body.length}`,
    ];
    return raw(["POST /v1/runs HTTP/1.1", `authorization: Bearer ${key}`, ...head], body);
  };
  expect(statusOf(await packed(JSON.stringify({ workflow: HELLO })))).toBe(201);
  expect(statusOf(await packed(`{"workflow":"${"x".repeat(50_000_000)}"}`))).toBe(413);
});

test("a body that is told to be longer than it may be is refused before it comes", async () => {
  const key = await here().key("operator");
  const answer = await raw([
    "POST /v1/runs HTTP/1.1",
    `authorization: Bearer ${key}`,
    "content-type: application/json",
    "content-length: 99999999999",
  ]);
  expect(statusOf(answer)).toBe(413);
});

test("files beside a document stay inside of the request", async () => {
  const key = await here().key("operator");
  for (const path of ["../../etc/x", "/etc/x", "a/../../x", "a\\..\\x", "x\u0000y"]) {
    const body = { workflow: HELLO, files: [{ path, base64: "eA==" }] };
    const answer = await here().ask("POST", "/v1/runs", { key, body });
    expect(answer.json, path).toMatchObject({ status: 422 });
    expect(answer.text).not.toContain(tmpdir());
  }
});

test("who asks from outside learns nothing of where things lie", async () => {
  const key = await here().key("viewer");
  const answers = await Promise.all(
    ["/v1/runs/nothing-such", "/v1/status", "/v1/workflows/none", "/readyz"].map((path) =>
      here().ask("GET", path, { key }),
    ),
  );
  for (const { text: body } of answers) expect(body).not.toContain(here().folder);
});
