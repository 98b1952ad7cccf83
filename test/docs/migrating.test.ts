// docs/migrating.md: whatever a table names as a successor is used in a block of the page, which pages.test.ts runs.
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { blocksIn } from "./blocks.ts";

const page = await readFile(new URL("../../docs/migrating.md", import.meta.url), "utf8");
const blocks = blocksIn(page);
const shown = (language: string): string =>
  blocks
    .filter((block) => block.language === language)
    .map(({ text }) => text)
    .join("\n");

/** The second column of the table under that heading. */
function successors(heading: string): readonly string[] {
  const [, table = ""] =
    new RegExp(`^\\| ${heading} \\| now \\|\\n\\|[-|]+\\|\\n((?:\\|.*\\n)+)`, "m").exec(page) ?? [];
  return table
    .trim()
    .split("\n")
    .map((row) => row.split(" | ").at(-1) ?? "");
}

/** The words of a command up to what differs: an argument, an option. */
const commandsIn = (text: string): readonly string[] =>
  [...text.matchAll(/`(gleitzeit(?: [a-z]+)+)/g)].map(([, command = ""]) => command);

test("every command that succeeds an old one is typed on the page", () => {
  const rows = successors("old command");
  expect(rows.length).toBeGreaterThan(15);
  const commands = new Set(rows.flatMap(commandsIn));
  expect(commands.size).toBeGreaterThan(10);
  const typed = shown("console");
  commands.delete("gleitzeit worker"); // it stays, as the page says; scenario/workers.test.ts
  expect(
    [...commands].filter((command) => !typed.includes(`${command} `) && !typed.includes(`${command}\n`)),
  ).toEqual([]);
});

test("every option that succeeds an old one is typed on the page", () => {
  const options = new Set(successors("old command").flatMap((row) => row.match(/--[a-z]+/g) ?? []));
  expect(options.size).toBeGreaterThan(5);
  expect([...options].filter((option) => !shown("console").includes(option))).toEqual([]);
});

test("every method that succeeds an old one is called on the page", () => {
  const methods = new Set(
    successors("old method").flatMap((row) => [...row.matchAll(/`(\w+)\(/g)].map(([, name]) => name ?? "")),
  );
  expect([...methods].toSorted()).toEqual(["batch", "call", "close", "get", "list", "openGleitzeit", "run"]);
  expect([...methods].filter((method) => !shown("js").includes(`${method}(`))).toEqual([]);
});
