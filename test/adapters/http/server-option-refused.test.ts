// What is not sent to a server, or not taken by one, is told by name, with the exit that fits.
import { expect, test } from "vitest";
import { BROKEN, rig, text } from "../cli/rig.ts";
import { served } from "./rig.ts";
import { both, WAITS } from "./through.ts";

const here = rig();
const rigged = both();
const there = () => rigged().server;
const through = () => rigged().through;

test.each([
  [["store", "check"], 2, "`store check` works on a store"],
  [["webhooks", "listen"], 2, "`webhooks listen` works on a store"],
  [["doctor"], 2, "`doctor` is about this machine"],
  [["show", "00000000-0000-7000-8000-000000000000"], 4, "RUN_NOT_FOUND"],
  [["list", "--store", "memory:"], 2, "--server and --store"],
  [["replay", "--all"], 2, "store backup"],
  [["run", "x.yaml", "--record", "calls"], 2, "do not go through a server"],
] as const)("%j through a server exits %i", async (argv, exit, why) => {
  const answer = await here().gleitzeit([...through(), ...argv]);
  expect(answer, answer.err).toMatchObject({ exit });
  expect(answer.err).toContain(why);
});

test.each([
  ["http://user:secret@localhost:1", 2, "no user and no password"],
  ["ftp://localhost", 2, "takes where a server is"],
  ["localhost:8080", 2, "takes where a server is"],
  ["http://localhost:8080/v1", 2, "takes where a server is"],
  ["http://127.0.0.1:1", 5, "cannot be reached"],
])("a server %s exits %i", async (server, exit, why) => {
  const answer = await here().gleitzeit(["--server", server, "list"]);
  expect(answer.err).toContain(why);
  expect(answer.err).not.toContain("secret@");
  expect(answer.exit).toBe(exit);
});

test("a run is decided again where the store is, or a copy of it: the refusal says so", async () => {
  const file = await here().file("broken.yaml", BROKEN);
  const run = text((await here().gleitzeit([...through(), "run", file, "--json"])).json, "runId");
  for (const more of [
    ["--mode", "stub"],
    ["--against", file],
  ]) {
    const answer = await here().gleitzeit([...through(), "replay", run, ...more]);
    expect(answer, more.join(" ")).toMatchObject({ exit: 2 });
    expect(answer.err).toContain("`gleitzeit store backup`");
    expect(answer.err).toContain("--format cassette");
  }
});

test("GLEITZEIT_SERVER says so too; --store and what is about this machine do not ask it", async () => {
  const env = { GLEITZEIT_SERVER: there().url };
  const answer = await here().gleitzeit(["status", "--json"], { env });
  expect(answer.json).toMatchObject({ store: there().url });
  const own = await here().gleitzeit(["--store", "memory:", "status", "--json"], { env });
  expect(own.json).toMatchObject({ store: "memory:" });
  expect((await here().gleitzeit(["config", "path"], { env })).exit).toBe(0);
  expect((await here().gleitzeit(["store", "check"], { env })).exit).toBe(2);
});

test("a key is taken from the environment; without one, or with too small a role, it exits 6", async () => {
  const open = await served();
  try {
    const [viewer, operator] = [await open.key("viewer"), await open.key("operator")];
    const asked = (argv: readonly string[], key?: string) =>
      here().gleitzeit(
        ["--server", open.url, ...argv],
        key === undefined ? {} : { env: { GLEITZEIT_API_KEY: key } },
      );
    const file = await here().file("broken.yaml", BROKEN);
    expect(await asked(["list"])).toMatchObject({
      exit: 6,
      err: expect.stringContaining("AUTHENTICATION_FAILED"),
    });
    expect(await asked(["run", file], viewer)).toMatchObject({ exit: 6 });
    expect((await asked(["list"], viewer)).exit).toBe(0);
    expect((await asked(["run", file], operator)).exit).toBe(1);
  } finally {
    await open.close();
  }
});

test("whoever is interrupted only looks no longer: the run goes on at the server", async () => {
  const interrupt = new AbortController();
  const file = await here().file("waits.yaml", WAITS);
  const watch = (err: string): void => {
    if (err.includes("waits for signal")) interrupt.abort();
  };
  const answer = await here().gleitzeit([...through(), "run", file], {
    interrupted: interrupt.signal,
    watch,
  });
  expect(answer.exit).toBe(130);
  expect(answer.err).toContain("the run goes on at the server");
  const [, run = ""] = /cancel ([0-9a-f-]{36})/.exec(answer.err) ?? [];
  expect((await here().gleitzeit([...through(), "show", run, "--json"])).json).toMatchObject({
    status: "running",
  });
  await here().gleitzeit([...through(), "cancel", run]);
});

test("what cannot be sent says so: a file outside the folders is not read", async () => {
  const outside = await here().file("apart/secret.yaml", BROKEN);
  const file = await here().file(
    "inner/main.yaml",
    `name: Reaches out\ntasks:\n  - {id: a, method: workflow/run, params: {workflow: ${outside}}}\n`,
  );
  const answer = await here().gleitzeit([...through(), "run", file]);
  expect(answer.exit, answer.err).toBe(3);
});
