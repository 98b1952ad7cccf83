// What an auditor, and who decides on persons and old runs, asks of a server: it says what it says where the store is.
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, rig, text } from "../cli/rig.ts";
import { HELLO, type Server, served } from "./rig.ts";

const here = rig();
let home: string;
let open: Server;
let run: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "gz-audit-"));
  await writeFile(join(home, "config.yaml"), "retention: {workflows: {Old: {max_age: 1ms}}}\n");
  const env = { GLEITZEIT_SERVER__REQUESTS_PER_MINUTE: "1000000" };
  open = await served({ home, env, store: "sqlite:shared.db" });
  const submitted = async (workflow: string, more: object = {}): Promise<string> =>
    text((await open.ask("POST", "/v1/runs?wait=30", { body: { workflow, ...more } })).json, "runId");
  run = await submitted(HELLO);
  await submitted(HELLO.replace("message: hello", "message: canary"), { subject: "jane" });
  await submitted(HELLO.replace("Hello", "Old"));
  await open.ask("POST", "/v1/audit/checkpoint");
});
afterAll(async () => {
  await open.close();
  await rm(home, { recursive: true, force: true });
});

const env = () => ({ GLEITZEIT_CONFIG: join(home, "config.yaml"), GLEITZEIT_HOME: home });
const local = (...argv: readonly string[]): Promise<Answer> =>
  here().gleitzeit(["--store", `sqlite:${join(home, "shared.db")}`, ...argv], { env: env() });
const through = (...argv: readonly string[]): Promise<Answer> =>
  here().gleitzeit(["--server", open.url, ...argv]);

/** Both say the same, byte for byte, as text and as JSON. */
async function same(...argv: readonly string[]): Promise<Answer> {
  let last: Answer | undefined;
  for (const form of argv.includes("csv") ? [[]] : [[], ["--json"]]) {
    const direct = await local(...argv, ...form);
    last = await through(...argv, ...form);
    expect([last.exit, last.out, last.err], argv.join(" ")).toEqual([direct.exit, direct.out, direct.err]);
  }
  if (!last) throw new Error("nothing was asked");
  return last;
}

test("audit: keys, checkpoints and proofs are those of the store; a checkpoint is signed on demand", async () => {
  expect(text((await same("audit", "vkey")).json, "vkey")).toMatch(/^gleitzeit/);
  const made = await same("audit", "checkpoint");
  const newest = await open.ask("GET", "/v1/audit/checkpoint", { headers: { accept: "application/json" } });
  expect(newest.json).toEqual(made.json);
  const { json } = await open.ask("GET", `/v1/runs/${run}/events?limit=1`);
  const id = text(JSON.parse(JSON.stringify(json.items))[0], "id");
  await same("audit", "prove", id);
  expect((await same("audit", "prove", "01890a5d-ac96-774b-bcce-b302099a8057")).exit).toBe(4);
  expect((await same("audit", "prove", "7")).exit).toBe(2);
});

test("audit trail: the same entries, and one more that says who read it", async () => {
  const asked = ["audit", "trail", "--type", "Run*", "--type", "TrailRead", "--json"];
  const unsigned = (out: string) => out.replaceAll(/,"leafIndex":\d+/g, ""); // what is signed meanwhile has one
  const direct = unsigned((await local(...asked)).out);
  const told = await through(...asked);
  expect(told.exit, told.err).toBe(0);
  expect(unsigned(told.out).slice(0, direct.length)).toBe(direct);
  const [more, ...others] = unsigned(told.out).slice(direct.length).trim().split("\n");
  expect(others).toEqual([]);
  expect(JSON.parse(more ?? "")).toMatchObject({ what: "TrailRead", actor: { type: "service" } });
  expect((await same("audit", "trail", "--on", "nothing-such")).out).toBe("");
  expect((await same("audit", "trail", "--outcome", "perhaps")).exit).toBe(2);
});

test("audit trail of a person: asked for by name, which is sent in the body, and recorded by pseudonym", async () => {
  const unsigned = ({ out }: Answer) => out.replaceAll(/,"leafIndex":\d+/g, "");
  for (const more of [[], ["--all"], ["--type", "Run*", "--outcome", "success", "--since", "2020-01-01"]]) {
    const asked = ["audit", "trail", "--subject", "jane", "--json", ...more];
    const direct = await local(...asked);
    expect(direct.lines.map(({ what }) => what)).toContain("RunSubmitted");
    const told = await through(...asked);
    expect(unsigned(told), told.err).toBe(unsigned(direct));
  }
  expect((await same("audit", "trail", "--subject", "nobody")).out).toBe("");
  const reads = await local("audit", "trail", "--on", "audit", "--type", "TrailRead", "--json");
  expect(reads.out).not.toContain("jane");
  expect(open.logged.join("\n")).not.toContain("jane");
});

test("export: every form of a run and of everything is the same bytes", async () => {
  for (const format of ["jsonl", "cloudevents", "ocsf", "openlineage", "csv"]) {
    const answer = await same("export", run, "--format", format);
    expect(answer.out.length, format).toBeGreaterThan(100);
  }
  const folder = here().folder;
  const [direct, asked] = [join(folder, "direct"), join(folder, "asked")];
  for (const [ask, file] of [
    [local, direct],
    [through, asked],
  ] as const) {
    expect((await ask("export", run, "-o", `${file}.bundle`)).exit).toBe(0);
    expect((await ask("export", run, "--format", "cassette", "-o", file)).exit).toBe(0);
  }
  // The events, their proofs and blobs; the first line says when it was made, and under which checkpoint.
  const kept = async (file: string) =>
    (await readFile(file, "utf8")).split("\n").flatMap((line) => {
      const { event, blob } = line === "" ? {} : JSON.parse(line);
      return event ? [event] : blob ? [line] : [];
    });
  expect(await kept(`${asked}.bundle`)).toEqual(await kept(`${direct}.bundle`));
  const vkey = text((await through("audit", "vkey", "--json")).json, "vkey");
  const note = await here().file("old.checkpoint", (await through("audit", "checkpoint")).out);
  const whole = join(folder, "all.bundle");
  const exported = await through("export", "--all", "--since", note, "-o", whole, "--json");
  expect(exported.json, exported.err).toMatchObject({ file: whole, format: "bundle" });
  const verified = await here().gleitzeit(["verify", whole, "--vkey", vkey, "--checkpoint", note]);
  expect(verified.exit, verified.err).toBe(0);
  const calls = await readdir(asked);
  expect(calls.filter((name) => name.endsWith(".json"))).not.toEqual([]);
  for (const name of calls) {
    expect(await readFile(join(asked, name), "utf8"), name).toBe(await readFile(join(direct, name), "utf8"));
  }
  expect((await same("export", run, "--since", join(folder, "none"))).exit).toBe(4);
  expect((await same("export", "--all", "--format", "cassette", "-o", asked)).exit).toBe(2);
});

test("export --subject, hold and erase: the name is sent in the body, and stands nowhere else", async () => {
  const held = await same("export", "--subject", "jane");
  expect(held.out).toContain("canary");
  expect((await same("export", "--subject", "nobody")).exit).toBe(4);
  expect((await same("hold", "list")).json).toEqual({ items: [], nextCursor: null });
  const added = await through("hold", "add", "jane", "--reason", "case 12", "--json");
  expect(added.json, added.err).toMatchObject({ changed: true, erased: [] });
  await same("hold", "add", "jane");
  const deferred = await same("erase", "jane", "--reason", "request 114");
  expect(deferred.exit).toBe(1);
  expect((await same("hold", "list")).json).toMatchObject({
    items: [{ reason: "case 12", waiting: text(deferred.json, "request"), placedBy: { type: "service" } }],
  });
  expect((await same("erase", "jane", "--reason", "jane has asked")).exit).toBe(3);
  expect((await through("hold", "release", "jane")).out).toContain("what waited for it was done: 1 erased");
  await same("hold", "release", "jane");
  expect((await same("erase", "jane", "--reason", "request 114")).json).toMatchObject({ repeated: true });
  expect((await same("erase", "nobody", "--reason", "request 115")).exit).toBe(4);
  await through("hold", "add", run);
  await same("hold", "list");
  await same("hold", "add", run);
  expect(open.logged.join("\n")).not.toContain("jane");
});

test("retention: what would leave is the same; what leaves is recorded as asked for through the server", async () => {
  const shown = await same("retention", "show");
  expect(shown.json).toMatchObject({ workflows: { Old: { maxAgeMs: 1 } }, due: [{ workflow: "Old" }] });
  await same("retention", "run", "--dry-run");
  const ran = await through("retention", "run", "--json");
  expect(ran.json, ran.err).toMatchObject({ dryRun: false, failed: [], removed: { runs: 1 } });
  const trail = await local("audit", "trail", "--type", "RunArchived", "--json");
  expect(trail.json, trail.err).toMatchObject({ actor: { type: "service" } });
  await same("retention", "run");
  await same("retention", "show");
});

test("audit verify and what else is about the store is not sent to a server", async () => {
  for (const argv of [
    ["audit", "verify"],
    ["audit", "rotate"],
    ["projections", "rebuild"],
  ]) {
    const answer = await through(...argv);
    expect(answer, argv.join(" ")).toMatchObject({ exit: 2 });
    expect(answer.err).toContain("works on a store");
  }
});
