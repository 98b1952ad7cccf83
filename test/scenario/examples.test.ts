// Every example does what its expected.json says: what is shown to newcomers is true.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { needOf, runCase } from "./case.ts";
import { gleitzeit, place } from "./command.ts";

const here = place({ withImage: true });
const examples = fileURLToPath(new URL("../../examples", import.meta.url));

describe("what is in examples does what is expected of it", () => {
  test.for(readdirSync(examples).toSorted())("%s", async (name, context) => {
    const need = await needOf(join(examples, name));
    if (need === "a Docker daemon")
      return context.skip("adapters/containers/real-docker.long.test.ts runs it");
    const isThere = need === undefined || spawnSync(need, ["--version"]).error === undefined;
    if (!isThere) return context.skip(`there is no ${need} on PATH`);
    expect(await runCase(join(examples, name), here())).toEqual([]);
  });
});

test("the first command of the README prints something worth looking at", async () => {
  const workflow = join(examples, "analyse", "workflow.yaml");
  const { exit, stdout } = await gleitzeit(here(), ["run", workflow]);
  expect(exit).toBe(0);
  expect(stdout).toContain("words in four letters");
  expect(stdout).toMatch(/^season +words +mood +most often$/m);
  expect(stdout).toMatch(/^winter +\d+ +█+ /m);
});
