// Stores written by every format that was ever released: what is in them is decided today as it was then.
import { cp, readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { at, rig } from "./rig.ts";

const here = rig();
const corpus = fileURLToPath(new URL("../../corpus/", import.meta.url));

test.each(await readdir(corpus))("every run in the store of %s goes the same way again", async (name) => {
  await cp(join(corpus, name), join(here().folder, name), { recursive: true });
  const store = `sqlite:${join(here().folder, name, "gleitzeit.db")}`;
  const { exit, json } = await here().gleitzeit(["replay", "--all", "--store", store, "--json"]);
  expect(at(json, "causes")).toEqual([]);
  expect({ exit, different: json.different, failed: json.failed, unknown: json.unknown }).toEqual({
    exit: 0,
    different: 0,
    failed: 0,
    unknown: 0,
  });
  expect(json.runs).toBeGreaterThan(5);
});
