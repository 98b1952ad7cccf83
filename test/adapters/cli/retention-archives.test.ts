// Archives have an end: what was in one nobody has any more, everybody is told so, and what was proven of it holds.
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ECHO, rig, text } from "./rig.ts";

const here = rig();
const SECRET = ECHO.replace("message: hello", "message: orchard-1200");

async function bytesBelow(folder: string): Promise<string> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
  return (await Promise.all(files.map((file) => readFile(file, "latin1")))).join("\n");
}

test("an archive whose time is over is deleted; who asks is told since when, and old proofs verify", async () => {
  const { gleitzeit, folder, home, file } = here();
  await file("gleitzeit.yaml", "retention: {default: {max_age: 1ms}}\n");
  const flow = await file("flow.yaml", SECRET);
  const run = text((await gleitzeit(["run", flow, "--json"])).json, "runId");
  const [early, all, vkey] = [join(folder, "early.bundle"), join(folder, "all.bundle"), join(folder, "vkey")];
  await writeFile(vkey, (await gleitzeit(["audit", "vkey"])).out);
  await gleitzeit(["export", run, "-o", early]);
  await gleitzeit(["retention", "run"]);
  expect((await gleitzeit(["retention", "show"])).out).toContain("archives stay for ever");

  await file("gleitzeit.yaml", "retention: {default: {max_age: 1ms}, delete_archives_after: 1ms}\n");
  const shown = await gleitzeit(["retention", "show"]);
  expect(shown.out).toMatch(/archives are deleted 1 ms after they were written/);
  expect(shown.out).toContain(`1 archive to delete:\n  ${run}.bundle`);
  await gleitzeit(["hold", "add", run]);
  expect((await gleitzeit(["retention", "run"])).out).toMatch(/stays: .*\.bundle .*: held/);
  await gleitzeit(["hold", "release", run]);
  const done = await gleitzeit(["retention", "run", "--json"]);
  expect(done).toMatchObject({
    exit: 0,
    json: { archivesDeleted: [{ run, events: 7 }], archivesFailed: [] },
  });

  const asked = await gleitzeit(["show", run, "--json"]);
  expect(asked.exit).toBe(4);
  expect(asked.json).toMatchObject({
    error: { code: "RUN_ARCHIVED", details: { archive: `${run}.bundle`, deletedAt: expect.any(String) } },
  });
  const said = (await gleitzeit(["events", "--all", "--type", "ArchiveDeleted", "--json"])).lines;
  expect(said).toMatchObject([{ data: { archive: `${run}.bundle`, tree: run, events: 7 } }]);
  for (const checked of [
    ["audit", "verify"],
    ["store", "check"],
    ["projections", "rebuild", "--verify"],
  ])
    expect(await gleitzeit(checked), checked.join(" ")).toMatchObject({ exit: 0 });
  await gleitzeit(["export", "--all", "-o", all]);
  for (const bundle of [early, all])
    expect(await gleitzeit(["verify", bundle, "--vkey", vkey]), bundle).toMatchObject({ exit: 0 });
  await rm(early);
  expect(await bytesBelow(home)).not.toContain("orchard-1200");
  expect((await gleitzeit(["retention", "run", "--json"])).json).toMatchObject({ archivesDeleted: [] });
});

test("one that was altered is found by whoever verifies, told, and stays", async () => {
  const { gleitzeit, file, home } = here();
  await file("gleitzeit.yaml", "retention: {default: {max_age: 1ms}, delete_archives_after: 1h}\n");
  const flow = await file("flow.yaml", SECRET);
  const run = text((await gleitzeit(["run", flow, "--json"])).json, "runId");
  await gleitzeit(["retention", "run"]);
  const archive = join(home, "archive", "gleitzeit.db", `${run}.bundle`);
  expect((await gleitzeit(["audit", "verify", "--json"])).json).toMatchObject({ ok: true, found: 0 });
  await rename(archive, `${archive}.elsewhere`);
  const gone = await gleitzeit(["audit", "verify", "--json"]);
  expect(gone).toMatchObject({ exit: 0, json: { ok: true, archivesGone: [`${run}.bundle`] } });
  expect((await gleitzeit(["audit", "verify"])).out).toMatch(
    /1 archive of what has left the store is not where/,
  );
  await rename(`${archive}.elsewhere`, archive);
  await writeFile(archive, (await readFile(archive, "utf8")).replace("orchard-1200", "orchard-1900"));
  const found = await gleitzeit(["audit", "verify", "--json"]);
  expect(found).toMatchObject({ exit: 3, json: { problems: [{ kind: "altered archive" }] } });
  await file("gleitzeit.yaml", "retention: {delete_archives_after: 1ms}\n");
  const { exit, out } = await gleitzeit(["retention", "run"]);
  expect(exit).toBe(5);
  expect(out).toMatch(/not deleted: .*\.bundle: .* is not as it was written.* remove it by hand/);
  expect(await readFile(archive, "utf8")).toContain("orchard-1900");
});
