// A backup has what verifies it; put back, it is the log it was, and told as a rollback where the log had gone on.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ECHO, rig } from "./rig.ts";

const at = rig();
const ran = async (...words: readonly string[]) =>
  at().gleitzeit(["run", await at().file("echo.yaml", ECHO), "--quiet", ...words]);
const verify = (store: string) => at().gleitzeit(["audit", "verify", "--store", `sqlite:${store}`, "--json"]);

test("a backup verifies where it lies; restored when the log has gone on, it is not signed on", async () => {
  const [copy, back] = [join(at().folder, "copy.db"), join(at().folder, "back.db")];
  await ran();
  await at().gleitzeit(["store", "backup", copy]);
  expect(await verify(copy)).toMatchObject({ exit: 0, json: { ok: true, leaves: 8 } });

  await ran();
  await at().gleitzeit(["store", "restore", copy, "--store", `sqlite:${back}`]);
  const { exit, json } = await verify(back);
  expect(exit).toBe(3);
  expect(json.problems).toMatchObject([{ kind: "missing event" }]);
  expect(JSON.stringify(json.problems)).toMatch(/signed up to 8 leaves, and .*checkpoints.* covers 16/);
  expect((await ran("--store", `sqlite:${back}`)).err).toMatch(
    /no checkpoint is signed: .*was an old copy put back/,
  );
});

test("a backup that is made while runs are written verifies", async () => {
  await ran();
  const main = new URL("../../../dist/main.js", import.meta.url).pathname;
  const busy = Array.from({ length: 3 }, () => ran());
  const copy = join(at().folder, "copy.db");
  await at().gleitzeit(["store", "backup", copy]);
  await Promise.all(busy);
  const env = { ...process.env, GLEITZEIT_HOME: join(at().folder, "elsewhere") }; // another machine, which knows nothing of it
  const words = [main, "audit", "verify", "--store", `sqlite:${copy}`, "--json"];
  const { status, stdout } = spawnSync(process.execPath, words, { env, encoding: "utf8" });
  expect({ status, ok: JSON.parse(stdout).ok }).toEqual({ status: 0, ok: true });
});
