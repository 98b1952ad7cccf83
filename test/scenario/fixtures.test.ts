// Documents with their expected results, through the real command line: the project's own, and those that
// GLEITZEIT_FIXTURES points to.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { runCase } from "./case.ts";
import { place } from "./command.ts";

const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();

const own = fileURLToPath(new URL("../cases", import.meta.url));

describe("own cases", () => {
  const here = place({ withImage: true });
  test.each(foldersIn(own))("%s", async (name) => {
    expect(await runCase(join(own, name), here())).toEqual([]);
  });
});

const given = process.env.GLEITZEIT_FIXTURES;
describe("given cases", () => {
  const here = place();
  if (!given) {
    test("cases of GLEITZEIT_FIXTURES", (context) => context.skip("GLEITZEIT_FIXTURES is not set"));
    return;
  }
  test.each(foldersIn(given))("%s", async (name) => {
    expect(await runCase(join(given, name), here())).toEqual([]);
  });
});
