import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isList, isObject } from "../../../src/domain/index.ts";
import { rig } from "./rig.ts";

const here = rig({ withImages: true });

test("doctor looks at everything that is needed, and says what protects this machine", async () => {
  const { exit, json } = await here().gleitzeit(["doctor", "--json"]);
  expect(exit).toBe(0);
  expect(json.ok).toBe(true);
  const checks = isList(json.checks) ? json.checks.filter(isObject) : [];
  expect(checks.map(({ name }) => name)).toEqual([
    "node",
    "configuration",
    "home",
    "sqlite",
    "store",
    "providers",
    "echo",
    "mcp",
    "http",
    "python",
    "javascript",
    "docker",
  ]);
  expect(checks.at(-1)?.detail).toContain("no provider of type docker is declared");
  expect(checks.every(({ status }) => status === "ok" || status === "warning")).toBe(true);
  expect(checks.find(({ name }) => name === "sqlite")?.detail).toMatch(/^3\.\d+/);
  for (const language of ["python", "javascript"]) {
    const found = checks.find(({ name }) => name === language);
    expect(found?.detail).toContain("permission-model");
    expect(found?.layers).toEqual(expect.arrayContaining(["permission-model", "no-code-generation"]));
    const missing = isList(found?.missing) ? found.missing.filter(isObject) : [];
    expect(found?.status).toBe(missing.length === 0 ? "ok" : "warning");
    expect(found?.detail).toEqual(
      missing.length === 0
        ? expect.not.stringContaining("without")
        : expect.stringMatching(/without [a-z-]+: \w/),
    );
    for (const { layer } of missing) expect(found?.layers).not.toContain(layer);
  }
});

test("what is missing does not keep it from looking at the rest, and is exit 5", async () => {
  await mkdir(here().folder, { recursive: true });
  await writeFile(join(here().folder, "plain.txt"), "no store\n".repeat(200));
  const { exit, out } = await here().gleitzeit([
    "doctor",
    "--store",
    `sqlite:${join(here().folder, "plain.txt")}`,
  ]);
  expect(exit).toBe(5);
  expect(out).toMatch(/^✗ store /m);
  expect(out).toMatch(/^✓ node /m);
  expect(out).toMatch(/^[✓!] python /m);
});
