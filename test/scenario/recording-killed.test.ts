// A process that records is killed: what it had recorded is whole, and whoever goes on with the run adds the rest.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRecording } from "../../src/domain/index.ts";
import { gleitzeit, place, started } from "./command.ts";

const here = place();

const WORKFLOW = {
  name: "Many",
  max_parallel_tasks: 8,
  tasks: [
    {
      id: "each",
      method: "echo/echo",
      for_each: Array.from({ length: 400 }, (_, i) => i),
      params: { n: "${item}", text: "x".repeat(2000) },
    },
  ],
};

test("kill -9 leaves whole recordings; resume adds to them, and the cassette plays the run from its beginning", async () => {
  const { folder } = here();
  await writeFile(join(folder, "many.json"), JSON.stringify(WORKFLOW));
  const record = ["--record", "tape"];
  const { child, saw, ended } = started(here(), ["run", "many.json", "--id", "many", ...record]);
  await saw("each[40]: succeeded");
  child.kill("SIGKILL");
  expect((await ended).signal).toBe("SIGKILL");
  const names = (await readdir(join(folder, "tape"))).filter((name) => !name.startsWith("."));
  expect(names.length).toBeGreaterThan(40);
  for (const name of names) {
    const read = readRecording(await readFile(join(folder, "tape", name), "utf8"));
    expect(read).toMatchObject({ ok: true });
  }
  expect((await gleitzeit(here(), ["resume", "many", ...record])).exit).toBe(0);
  expect((await readdir(join(folder, "tape"))).filter((name) => name.startsWith("."))).toEqual([]);
  const played = await gleitzeit(here(), ["run", "many.json", "--play", "tape", "--json"]);
  expect(played.exit).toBe(0);
});

test("two processes that record the same at once lose nothing of one another", async () => {
  const { folder } = here();
  await writeFile(join(folder, "many.json"), JSON.stringify(WORKFLOW));
  const both = await Promise.all(
    [1, 2].map(() => gleitzeit(here(), ["run", "many.json", "--record", "tape", "--quiet"])),
  );
  expect(both.map(({ exit }) => exit)).toEqual([0, 0]);
  const names = await readdir(join(folder, "tape"));
  const stems = new Set(names.map((name) => name.split(".").slice(0, 2).join(".")));
  expect(stems.size).toBe(400);
  expect((await gleitzeit(here(), ["run", "many.json", "--play", "tape", "--quiet"])).exit).toBe(0);
});
