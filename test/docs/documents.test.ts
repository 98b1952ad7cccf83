// Every document that stands anywhere here: what an editor says of it and what `validate` says must not differ, but for
// what no schema can say.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { rig } from "../adapters/cli/rig.ts";
import { refusalsOf } from "../domain/workflow/editor.ts";
import { blocksIn } from "./blocks.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const here = rig();

/** Of names, and of what they stand for. */
const BEYOND_A_SCHEMA = [
  /^unknown (?:dependency|reference|method|protocol|provider|input)/,
  /^duplicate task id/,
  /circular|depends on itself|includes itself/,
  /^input `\w+` is required/,
  /does not exist|cannot be found|there is no/,
  /^nothing speaks/, // no model is set up here
  /is not available here/, // nor a Docker daemon
];

const files = async (folder: string): Promise<readonly string[]> =>
  (await readdir(join(root, folder), { recursive: true }))
    .filter((path) => /\.(?:ya?ml|json)$/.test(path))
    .map((path) => join(root, folder, path));

const isDocument = (value: unknown): boolean =>
  typeof value === "object" && value !== null && ("tasks" in value || "template" in value) && "name" in value;

/** Documents on disk, and those that stand in pages, written to disk. */
async function documents(): Promise<readonly string[]> {
  const onDisk = [...(await files("test/cases")), ...(await files("examples"))];
  const pages = (await readdir(join(root, "docs"), { recursive: true })).filter((path) =>
    path.endsWith(".md"),
  );
  const shown: string[] = [];
  for (const page of [join(root, "README.md"), ...pages.map((path) => join(root, "docs", path))]) {
    for (const { language, text } of blocksIn(await readFile(page, "utf8"))) {
      if (language !== "yaml" || !isDocument(parse(text))) continue;
      shown.push(await here().file(`shown-${shown.length}.yaml`, text));
    }
  }
  expect(shown.length).toBeGreaterThan(1);
  return [...onDisk, ...shown];
}

test("an editor and `validate` judge every document here alike", async () => {
  const parts = here().parts();
  let valid = 0;
  let refused = 0;
  const differences: string[] = [];
  for (const path of await documents()) {
    const value: unknown = parse(await readFile(path, "utf8"));
    if (!isDocument(value)) continue;
    const problems = await parts.check(path);
    const sayable = problems.filter(({ message }) => !BEYOND_A_SCHEMA.some((one) => one.test(message)));
    if (refusalsOf(value).length > 0 !== sayable.length > 0) {
      differences.push([path, ...problems.map(({ message }) => message), ...refusalsOf(value)].join("\n"));
    }
    if (problems.length === 0) valid += 1;
    else refused += 1;
  }
  expect(differences).toEqual([]);
  expect(valid).toBeGreaterThan(20);
  expect(refused).toBeGreaterThan(0);
});
