// The verifier can be read in one sitting, and needs nothing but Node: that is why it can be trusted.
import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const folder = fileURLToPath(new URL("../../../src/adapters/audit/verifier/", import.meta.url));
const files = readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, "utf8")] as const);
const FEWER_THAN = 500;

test(`is fewer than ${FEWER_THAN} lines, comments and all`, () => {
  const lines = files.map(([, text]) => text.split("\n").length - 1);
  expect(files.length).toBeGreaterThan(1);
  expect(lines.reduce((sum, count) => sum + count)).toBeLessThan(FEWER_THAN);
  expect(files.flatMap(([, text]) => text.split("\n").filter((line) => line.length > 150))).toEqual([]);
});

test("imports its own files, and modules of Node's", () => {
  const own = new Set(files.map(([name]) => `./${name}`));
  const node = new Set(builtinModules.map((name) => `node:${name}`));
  const imports = files.flatMap(([, text]) => [...text.matchAll(/\bfrom "([^"]+)"|\bimport\("?([^")]+)/g)]);
  const names = imports.map(([, stated, asked]) => stated ?? asked ?? "");
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !own.has(name) && !node.has(name))).toEqual([]);
  const offline = ["node:net", "node:http", "node:https", "node:tls", "node:dns", "node:child_process"];
  expect(names.filter((name) => offline.includes(name))).toEqual([]);
});
