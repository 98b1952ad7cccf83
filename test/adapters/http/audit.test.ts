// What is signed of the log over HTTP, checked by whoever has nothing but that; what never changes is cached for good; and
// what is done about persons.
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { growingTree, leafHash } from "../../../src/adapters/audit/verifier/merkle.ts";
import { isList, isObject, type JsonObject } from "../../../src/domain/index.ts";
import { rig, text } from "../cli/rig.ts";
import { HELLO, server } from "./rig.ts";

const here = server({ env: { GLEITZEIT_SERVER__REQUESTS_PER_MINUTE: "1000000" } });
const cli = rig();

const hello = async (more: JsonObject = {}): Promise<JsonObject> =>
  (await here().ask("POST", "/v1/runs?wait=30", { body: { workflow: HELLO, ...more } })).json;

const bytesOf = async (path: string): Promise<Buffer> => {
  const response = await fetch(new URL(path, here().url));
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
};

test("the tree that the tiles hold is the one that the checkpoint signs", async () => {
  await hello();
  const before = await here().ask("GET", "/v1/audit/checkpoint", { headers: { accept: "application/json" } });
  expect(before.status, before.text).toBe(200);
  const size = Number(before.json.size);
  const note = await here().ask("GET", "/v1/audit/checkpoint");
  expect(note.headers.get("content-type")).toContain("text/plain");
  const [origin, signedSize, root] = note.text.split("\n");
  expect(note.text).toContain(`\n\n\u2014 ${origin} `);
  expect(Number(signedSize)).toBeGreaterThanOrEqual(size);
  const count = Number(signedSize);
  expect(count).toBeLessThan(256);
  const hashes = await bytesOf(`/v1/audit/tile/0/000.p/${count}`);
  const tree = growingTree();
  for (let i = 0; i < count; i += 1) tree.add(hashes.subarray(i * 32, i * 32 + 32));
  expect(Buffer.from(tree.root()).toString("base64")).toBe(root);
  const entries = await bytesOf(`/v1/audit/tile/entries/000.p/${count}`);
  for (let at = 0, i = 0; i < count; i += 1) {
    const leaf = entries.subarray(at + 2, at + 2 + entries.readUInt16BE(at));
    expect(Buffer.from(leafHash(leaf)).equals(hashes.subarray(i * 32, i * 32 + 32))).toBe(true);
    at += 2 + leaf.length;
  }
});

test.each([
  "0/000",
  "0/001",
  "0/0",
  "0/x000/000.p/1",
  "0/000.p/256",
  "0/000.p/0",
  "1/000.p/1",
  "64/000",
  "0/000.p/1/x",
])("there is no tile %s, or it has another name", async (place) => {
  const { status } = await here().ask("GET", `/v1/audit/tile/${place}`);
  expect(status).toBe(404);
});

test("a proof has the event's leaf; a bundle is verified by the command line with the key that the server tells", async () => {
  const run = text(await hello(), "runId");
  const { json } = await here().ask("GET", `/v1/runs/${run}/events?limit=1`);
  const first = isList(json.items) ? json.items.find(isObject) : undefined;
  const id = text(first ?? {}, "id");
  const proof = await here().ask("GET", `/v1/audit/proof/${id}`);
  const [format, extra = ""] = proof.text.split("\n");
  expect(format).toBe("c2sp.org/tlog-proof@v1");
  expect(Buffer.from(extra.replace("extra ", ""), "base64").toString()).toContain(id);
  const bundle = await here().ask("GET", `/v1/runs/${run}/bundle`);
  expect(bundle.headers.get("content-type")).toContain("application/jsonl");
  const file = await cli().file("run.jsonl", bundle.text);
  const vkey = text((await here().ask("GET", "/v1/audit/vkey")).json, "vkey");
  const verified = await cli().gleitzeit(["verify", file, "--vkey", vkey, "--json"]);
  expect(verified.json).toMatchObject({ ok: true, complete: true, scope: { run } });
  const altered = await cli().file("altered.jsonl", bundle.text.replace("hello", "hullo"));
  expect((await cli().gleitzeit(["verify", altered, "--vkey", vkey])).exit).toBe(3);
});

test("what never changes is kept for good by whoever has it; what is over carries a tag", async () => {
  const [one, other] = [await hello(), await hello()];
  const run = text(one, "runId");
  const hash = isObject(one.workflow) ? text(one.workflow, "hash") : "";
  const path = `/v1/runs/${run}/blobs/${hash}`;
  const first = await here().ask("GET", path);
  expect(first.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
  expect(`sha256-${createHash("sha256").update(first.text).digest("hex")}`).toBe(hash);
  const tags = { [path]: first.headers.get("etag") ?? "" };
  for (const over of [
    "/v1/audit/tile/0/000.p/2",
    `/v1/runs/${run}`,
    `/v1/runs/${run}?at=2`,
    `/v1/runs/${run}/timeline`,
    `/v1/runs/${run}/diff/${text(other, "runId")}`,
  ]) {
    tags[over] = (await here().ask("GET", over)).headers.get("etag") ?? "";
  }
  for (const [over, tag] of Object.entries(tags)) {
    expect(tag, over).not.toBe("");
    const again = await here().ask("GET", over, { headers: { "if-none-match": `"other", ${tag}` } });
    expect([again.status, again.text], over).toEqual([304, ""]);
    expect((await here().ask("GET", over, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  }
});

test("events by their revision, and as they stand in the log", async () => {
  const run = text(await hello(), "runId");
  const some = await here().ask("GET", `/v1/runs/${run}/events?revisions=3,1&values=stored`);
  expect(isList(some.json.items) && some.json.items.filter(isObject).map(({ revision }) => revision)).toEqual(
    [3, 1],
  );
  const rest = await here().ask("GET", `/v1/runs/${run}/events?from=3`);
  expect(isList(rest.json.items) && rest.json.items).toHaveLength(2);
  const both = await here().ask("GET", `/v1/runs/${run}/events?from=3&after=start`);
  expect(both.json).toMatchObject({ status: 422, code: "INVALID_PARAMS" });
  const head = await here().ask("GET", "/v1/events/head");
  const waiting = here().ask("GET", `/v1/events/head?wait=30&after=${text(head.json, "cursor")}`);
  await hello();
  expect(Number((await waiting).json.position)).toBeGreaterThan(Number(head.json.position));
});

test("a person's run is sealed, held, and destroyed once the hold is released", async () => {
  const workflow = HELLO.replace("message: hello", "message: canary");
  const run = await hello({ workflow, subject: "jane@example.com" });
  const id = text(run, "runId");
  const events = await here().ask("GET", `/v1/runs/${id}/events?values=stored`);
  expect(events.text).toContain("canary");
  expect(events.text).not.toContain("jane");
  const subject = { subject: "jane@example.com" };
  const hold = await here().ask("POST", "/v1/admin/holds", { body: { ...subject, reason: "a case" } });
  expect(hold.json).toMatchObject({ changed: true, erased: [] });
  const erasing = { body: { ...subject, reason: "asked for" } };
  expect((await here().ask("POST", "/v1/admin/erasures", erasing)).json).toMatchObject({
    status: "deferred",
  });
  const listed = async () => (await here().ask("GET", "/v1/admin/erasures")).json.items;
  expect(await listed()).toMatchObject([{ status: "deferred", reason: "asked for", finishedAt: null }]);
  const released = await here().ask("POST", "/v1/admin/holds/release", { body: subject });
  expect(released.json).toMatchObject({ changed: true });
  expect(isList(released.json.erased) && released.json.erased).toHaveLength(1);
  const again = await here().ask("POST", "/v1/admin/erasures", erasing);
  expect(again.json).toMatchObject({ status: "erased", runs: 1, repeated: true });
  expect(await listed()).toMatchObject([{ status: "erased", reason: "asked for" }]);
  expect(JSON.stringify(await listed())).not.toContain("jane");
  const after = await here().ask("GET", `/v1/runs/${id}`);
  expect(after.status).toBe(200);
  expect(after.text).not.toContain("canary");
  for (const values of ["shown", "stored"]) {
    const left = await here().ask("GET", `/v1/runs/${id}/events?values=${values}`);
    expect(left.text).toContain('"$erased":true');
  }
});

test("the same Idempotency-Key is the same run; with another subject or another document it is refused", async () => {
  const ask = (body: JsonObject) =>
    here().ask("POST", "/v1/runs", { body, headers: { "idempotency-key": "order-7" } });
  const first = await ask({ workflow: HELLO });
  const again = await ask({ workflow: HELLO });
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(text(again.json, "runId")).toBe(text(first.json, "runId"));
  expect((await ask({ workflow: HELLO, subject: "jane" })).status).toBe(422);
  expect((await ask({ workflow: HELLO.replace("hello}", "other}") })).status).toBe(422);
});

test("a fork goes another way, and says from where; nothing is left of a plan", async () => {
  const run = text(await hello(), "runId");
  const set = { "tasks.a.result": { message: "given" } };
  const plan = await here().ask("POST", `/v1/runs/${run}/fork?dry_run=true`, { body: { set } });
  expect(plan.json).toMatchObject({ dryRun: true, given: ["a"] });
  const fork = await here().ask("POST", `/v1/runs/${run}/fork`, { body: { set, reason: "another way" } });
  expect(fork.status, fork.text).toBe(201);
  expect(fork.json).toMatchObject({ forkedFrom: { run } });
  const other = { workflow: HELLO.replace("message: hello", "message: changed"), from: "a" };
  const changed = await here().ask("POST", `/v1/runs/${run}/fork`, { body: other });
  expect(changed.status, changed.text).toBe(201);
  expect((await here().ask("POST", `/v1/runs/${run}/fork`, { body: { from: "nobody" } })).status).toBe(404);
});
