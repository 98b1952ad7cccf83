// The keys that sign the audit log: replaced with an overlap, and nobody else's business.
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ECHO, rig, text } from "./rig.ts";

const at = rig();

async function ran(): Promise<void> {
  const flow = await at().file("flow.yaml", ECHO);
  expect((await at().gleitzeit(["run", flow])).exit).toBe(0);
}

const audit = (...words: readonly string[]) => at().gleitzeit(["audit", ...words, "--json"]);

test("a key is replaced with an overlap, and the old one stays good for what it signed", async () => {
  await ran();
  const { json: first } = await audit("vkey");
  const { json: added } = await audit("rotate");
  await ran();
  const both = (await audit("checkpoint")).json;
  expect(text(both, "note").match(/^— /gm)).toHaveLength(2);
  const { json: retired } = await audit("rotate", "--reason", "yearly");
  expect(retired).toEqual({ added: [], retired: [first.vkey] });
  await ran();
  expect(text((await audit("checkpoint")).json, "note").match(/^— /gm)).toHaveLength(1);
  expect((await audit("vkey")).json).toEqual({
    ...first,
    vkey: String(Object.values(added.added ?? [])[0]),
    oldVkeys: [first.vkey],
  });
  expect((await audit("verify")).json).toMatchObject({ ok: true });
});

test("a signing key that others may read signs nothing", async () => {
  await ran();
  const { json } = await audit("vkey");
  const [, id = ""] = text(json, "vkey").split("+");
  await chmod(join(at().home, "keys/gleitzeit.db/audit", `${text(json, "origin")}.${id}.key`), 0o644);
  const flow = await at().file("flow.yaml", ECHO);
  expect((await at().gleitzeit(["run", flow])).err).toMatch(/others may read the signing key .*chmod 600/);
});

test("a log with keys of the server in it is whole: the hash of a secret is the name of no blob", async () => {
  await ran();
  const made = await at().gleitzeit(["keys", "create", "--role", "viewer", "--json"]);
  await at().gleitzeit(["keys", "rotate", text(made.json, "id")]);
  expect((await audit("verify")).json).toMatchObject({ ok: true, problems: [] });
  expect((await at().gleitzeit(["store", "check"])).exit).toBe(0);
  const file = join(at().folder, "all.bundle");
  const exported = await at().gleitzeit(["export", "--all", "-o", file]);
  expect(exported, exported.err).toMatchObject({ exit: 0 });
  const vkey = text((await audit("vkey")).json, "vkey");
  expect((await at().gleitzeit(["verify", file, "--vkey", vkey])).exit).toBe(0);
});
