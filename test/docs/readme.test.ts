// What the README shows is what the commands print.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { gleitzeit, place } from "../scenario/command.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const here = place({ withImage: true });
const readme = readFile(join(root, "README.md"), "utf8");

test("the first command prints the picture", async () => {
  const { exit, stdout } = await gleitzeit(here(), [
    "run",
    join(root, "examples/analyse/workflow.yaml"),
    "--quiet",
  ]);
  expect(exit).toBe(0);
  const shown = (await readme)
    .split("\n")
    .filter((line) => /^(headline:|spring {3}|summer {3}|autumn {3}|winter {3})/.test(line));
  expect(shown).toHaveLength(5);
  for (const line of shown) expect(stdout).toContain(line.trim());
});

test("the ten lines are ten", async () => {
  const [, yaml = ""] = /```yaml ten-lines.yaml\n([\s\S]*?)```/.exec(await readme) ?? [];
  expect(yaml.trim().split("\n")).toHaveLength(10);
});

test("every command it names exists, and every page it links to", async () => {
  const text = await readme;
  const commands = new Set([...text.matchAll(/npx gleitzeit (\w+)/g)].map(([, command]) => command ?? ""));
  for (const command of commands) {
    const { exit, stdout } = await gleitzeit(here(), [command, "--help"]);
    expect(exit, command).toBe(0);
    expect(stdout).toContain("Examples:");
  }
  for (const [, target = ""] of text.matchAll(/\]\(([^)#]+)\)/g)) {
    expect(existsSync(join(root, target)), target).toBe(true);
  }
});
