import { expect, test } from "vitest";
import { importedNames } from "../../../src/adapters/files/imported-names.ts";

test.each<readonly [string, readonly string[]]>([
  ["import a", ["a"]],
  ["import a.b.c as d, e", ["a", "e"]],
  ["from a.b import c", ["a"]],
  ["from a import (\n  b,\n  c\n)", ["a"]],
  ["from . import a\nfrom .b import c", []],
  ["  import a  # why\n\timport b", ["a", "b"]],
  ["import a; import b", ["a", "b"]],
  ["if x: import a", ["a"]],
  ["import a, \\\n  b", ["a", "b"]],
  ["import größe\nimport _x1", ["größe", "_x1"]],
  ["import a\r\nimport b\r\n", ["a", "b"]],
  ["important = 1\nfromage = 2\nx.import_a()", []],
  ["# import a", []],
])("%j", (script, names) => {
  expect([...importedNames(script)]).toEqual(names);
});
