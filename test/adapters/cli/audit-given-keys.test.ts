// Keys of the audit log that the configuration names: they sign, follow one another, are in no file of ours, and no
// document gets them.
import { cp, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ECHO, rig, text } from "./rig.ts";

const at = rig();

const seed = (of: number): string => Buffer.alloc(32, of).toString("base64");
const audit = (...words: readonly string[]) => at().gleitzeit(["audit", ...words, "--json"]);
const told = (name: string, value: string) => at().gleitzeit(["secrets", "set", name], { input: value });
const named = (...names: readonly string[]) =>
  at().file(
    "gleitzeit.yaml",
    `audit:\n  keys: [${names.map((name) => `"\${secret.${name}}"`).join(", ")}]\n`,
  );

async function ran() {
  const answer = await at().gleitzeit(["run", await at().file("flow.yaml", ECHO)]);
  expect(answer.exit).toBe(0);
  return answer;
}

async function everythingIn(folder: string): Promise<string> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return (await Promise.all(files.map((file) => readFile(file, "latin1")))).join("\n");
}

test("a secret signs, follows another one with an overlap, and stands nowhere in clear", async () => {
  await told("FIRST", seed(7));
  await named("FIRST");
  await ran();
  const { json: first } = await audit("vkey");
  expect(await audit("rotate")).toMatchObject({
    exit: 2,
    out: expect.stringContaining("has signed already"),
  });
  await told("NEXT", seed(9));
  await named("NEXT", "FIRST");
  const { json: added } = await audit("rotate");
  await ran();
  const both = text((await audit("checkpoint")).json, "note");
  expect(both.match(/^— /gm)).toHaveLength(2);
  expect((await audit("rotate", "--reason", "yearly")).json).toEqual({ added: [], retired: [first.vkey] });
  await named("NEXT");
  await told("FIRST", seed(8)); // gone, and nobody needs it
  await ran();
  expect((await audit("vkey")).json).toMatchObject({ oldVkeys: [first.vkey] });
  expect(
    (
      await audit(
        "verify",
        "--vkey",
        text(first, "vkey"),
        "--vkey",
        String(Object.values(added.added ?? [])[0]),
      )
    ).json,
  ).toMatchObject({ ok: true });
  const kept = await everythingIn(at().home);
  for (const key of [seed(7), seed(9), "PRIVATE+KEY"]) expect(kept).not.toContain(key);
  const shown = await at().gleitzeit(["config", "show", "--json"]);
  expect(shown.out).toContain("${secret.NEXT}");
  expect(shown.out).not.toContain(seed(9));
});

test.each([
  ["that is not there", undefined, /there is no|is not there: set it with `gleitzeit secrets set KEY`/],
  [
    "that is no key",
    "correct horse battery",
    /\$\{secret\.KEY\} of `audit\.keys` is no signing key: .*openssl rand/,
  ],
  [
    "of another log",
    "PRIVATE+KEY+elsewhere+cddc0db8+AQcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH",
    /is a key of the log elsewhere, and this one is gleitzeit-/,
  ],
])(
  "with a secret %s nothing is signed, runs go on, and later all of them are signed",
  async (_, value, why) => {
    await named("KEY");
    if (value !== undefined) await told("KEY", value);
    const { err } = await ran();
    expect(err).toMatch(why);
    const { exit, out } = await audit("checkpoint");
    expect(exit).toBe(5);
    expect(out).toMatch(/no checkpoint is signed/);
    if (value !== undefined) expect(err + out).not.toContain(value);
    await told("KEY", seed(3));
    expect(await audit("checkpoint")).toMatchObject({ exit: 0, json: { size: 10 } });
    expect((await audit("verify")).json).toMatchObject({ ok: true, leaves: 10 });
  },
);

test("another secret than the one that signed is refused, and said how to go on; one that is lost is answered for", async () => {
  await told("KEY", seed(3));
  await named("KEY");
  await ran();
  const { json: first } = await audit("vkey");
  await told("KEY", seed(4));
  expect((await ran()).err).toMatch(
    /the key that signs \([0-9a-f]{8}\) is not in `audit\.keys` .*rotate --lost/,
  );
  expect((await audit("rotate")).exit).toBe(5);
  expect((await audit("rotate", "--lost")).exit).toBe(2);
  const { json } = await audit("rotate", "--lost", "--reason", "overwritten");
  expect(json).toMatchObject({ retired: [first.vkey], added: [expect.stringContaining("gleitzeit-")] });
  expect((await audit("rotate", "--lost", "--reason", "again")).exit).toBe(2);
  await ran();
  expect((await audit("verify")).json).toMatchObject({ ok: true });
});

test("a key that was a file goes on signing as a secret", async () => {
  await ran();
  const { json: before } = await audit("vkey");
  const folder = join(at().home, "keys/gleitzeit.db/audit");
  const [file = ""] = await readdir(folder);
  await told("MOVED", await readFile(join(folder, file), "utf8"));
  await rm(folder, { recursive: true });
  await named("MOVED");
  await ran();
  expect((await audit("vkey")).json).toEqual(before);
  expect((await audit("verify", "--vkey", text(before, "vkey"))).json).toMatchObject({ ok: true });
});

test("a log that went back goes on with a secret that has signed in neither history", async () => {
  await told("A", seed(1));
  await told("B", seed(2));
  await told("C", seed(3));
  await named("A");
  await ran();
  const store = join(at().home, "gleitzeit.db");
  await cp(store, `${store}.old`);
  await named("B", "A");
  await audit("rotate");
  await ran();
  await cp(`${store}.old`, store);
  await rm(`${store}-wal`, { force: true });
  const refused = await audit("accept-rollback", "--reason", "Tuesday's backup");
  expect(refused).toMatchObject({ exit: 2, out: expect.stringContaining("has signed already") });
  await named("C", "B", "A");
  const { json } = await audit("accept-rollback", "--reason", "Tuesday's backup");
  await ran();
  const { json: now } = await audit("vkey");
  expect(now.vkey).toBe(json.vkey);
  expect((await audit("verify")).json).toMatchObject({ ok: true });
});

test("no document gets a key that signs, whatever it is called by", async () => {
  await told("KEY", seed(5));
  await at().file("gleitzeit.yaml", 'audit: {keys: ["${secret.KEY}"]}\nenv: {allow: [KEY]}\n');
  const flow = (at: string) =>
    `name: Thief\ntasks:\n  - {id: take, method: echo/echo, params: {message: "${at}"}}\n`;
  const thief = await at().file("thief.yaml", flow("${secret.KEY}"));
  const { exit, err } = await at().gleitzeit(["run", thief]);
  expect(exit).toBe(3);
  expect(err).toMatch(/`KEY`: one of that name signs the audit log/);
  const other = await at().file("other.yaml", flow("${env.KEY}"));
  const asked = await at().gleitzeit(["run", other], { env: { KEY: seed(5) } });
  expect(asked.exit).not.toBe(0);
  expect(asked.out + asked.err).not.toContain(seed(5));
});

test("a key in clear is refused, and not repeated", async () => {
  await at().file("gleitzeit.yaml", `audit: {keys: ["${seed(6)}"]}\n`);
  const { exit, err } = await at().gleitzeit(["status"]);
  expect(exit).toBe(3);
  expect(err).toMatch(/gleitzeit\.yaml:1:\d+: .*expected `\$\{secret\.NAME\}`/);
  expect(err).not.toContain(seed(6));
});
