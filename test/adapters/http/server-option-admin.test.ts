// What an operator does through a server: it says what it says where the store is, and leaves the same behind.
import { expect, test } from "vitest";
import { rig, text } from "../cli/rig.ts";
import { both } from "./through.ts";

const here = rig();
const rigged = both();
const local = (...argv: readonly string[]) => here().gleitzeit([...rigged().store, ...argv]);
let admin: string | undefined;
const through = (...argv: readonly string[]) =>
  here().gleitzeit(
    [...rigged().through, ...argv],
    admin === undefined ? {} : { env: { GLEITZEIT_API_KEY: admin } },
  );

/** Both say the same, byte for byte. */
async function same(...argv: readonly string[]): Promise<void> {
  for (const form of [[], ["--json"]]) {
    const direct = await local(...argv, ...form);
    const asked = await through(...argv, ...form);
    expect([asked.exit, asked.out, asked.err], argv.join(" ")).toEqual([direct.exit, direct.out, direct.err]);
  }
}

test("keys: the first one is made through the server, which lets nobody in without one from then on", async () => {
  const made = await through("keys", "create", "--role", "admin", "--name", "ada", "--json");
  expect(made, made.err).toMatchObject({ exit: 0 });
  expect((await through("list")).exit).toBe(6);
  admin = text(made.json, "key");
  const other = await through("keys", "create", "--role", "viewer", "--expires", "90d", "--json");
  const id = text(other.json, "id");
  const rotated = await through("keys", "rotate", id, "--grace", "1h", "--json");
  const direct = await local("keys", "rotate", id, "--grace", "1h", "--json");
  expect(Object.keys(rotated.json)).toEqual(Object.keys(direct.json));
  expect(rotated.json).toMatchObject({ id, role: "viewer", active: true });
  expect(text(rotated.json, "key")).not.toBe(text(other.json, "key"));
  const revoked = await through("keys", "revoke", id, "--reason", "left");
  expect(revoked).toMatchObject({ exit: 0, out: `key ${id} lets nobody in any more\n` });
  await same("keys", "list");
  await same("keys", "revoke", id);
  await same("keys", "rotate", id);
  await same("keys", "create", "--role", "nobody");
}, 60_000);

test("flags and quotas: set through the server, and seen where the store is", async () => {
  const set = await through("flags", "set", "retention", "off", "--reason", "a look at old runs", "--json");
  expect(set.json).toMatchObject({ flag: "retention", on: false, from: "tenant" });
  expect(Object.keys(set.json)).toEqual(
    Object.keys((await local("flags", "set", "retention", "off", "--json")).json),
  );
  await same("flags");
  await same("flags", "set", "nothing", "off");
  expect((await through("flags", "clear", "retention", "--reason", "seen")).out).toBe(
    "retention is on, as the default says\n",
  );
  expect(await through("quotas", "set", "open_runs", "70")).toMatchObject({
    exit: 0,
    out: "open_runs: 70\n",
  });
  await same("quotas", "set", "open_runs", "1000000001");
  await same("quotas", "set", "open_runs", "70");
  expect((await through("quotas", "clear", "open_runs", "--json")).json).toMatchObject({
    limit: null,
    used: 0,
  });
  await same("quotas", "clear", "open_runs");
});

test("webhooks: made, changed, tried, sent again and ended through the server", async () => {
  const url = "http://127.0.0.1:9/hook"; // where the server sends nothing
  const settings = ["--event", "run.succeeded", "--tag", "ci", "--description", "ours"];
  const made = await through("webhooks", "create", url, ...settings, "--json");
  expect(made, made.err).toMatchObject({ exit: 0 });
  const id = text(made.json, "id");
  expect(text(made.json, "secret")).toMatch(/^whsec_/);
  await same("webhooks", "show", id);
  await same("webhooks", "list");
  const tried = await through("webhooks", "test", id, "--json");
  expect(tried).toMatchObject({ exit: 1 });
  expect(tried.json).toMatchObject({ url, outcome: "failed", status: null, code: "DESTINATION_NOT_ALLOWED" });
  const updated = await through("webhooks", "update", id, "--clear", "filter", "--max-rate", "5", "--json");
  expect(updated, updated.err).toMatchObject({ exit: 0 });
  await same("webhooks", "show", id);
  expect((await through("webhooks", "rotate", id, "--overlap", "1h")).out).toContain("secret whsec_");
  expect((await through("webhooks", "disable", id, "--reason", "moves")).exit).toBe(0);
  await same("webhooks", "show", id);
  expect((await through("webhooks", "enable", id, "--from", "now")).exit).toBe(0);
  const again = await through("webhooks", "replay", id, "--from", "2020-01-01", "--only", "all", "--json");
  expect(again.json, again.err).toMatchObject({ id, from: "0" });
  await same("webhooks", "deliveries", id, "--status", "failed");
  await same("webhooks", "redeliver", id, "0198c000-0000-7000-8000-000000000000");
  expect((await through("webhooks", "delete", id, "--reason", "over", "--json")).json).toEqual({
    id,
    deleted: true,
  });
  await same("webhooks", "show", id);
  const trail = await local("audit", "trail", "--type", "WebhookDeleted", "--json");
  expect(trail.json, trail.err).toMatchObject({ what: "WebhookDeleted", why: "over" });
}, 60_000);
