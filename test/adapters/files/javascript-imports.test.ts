import { expect, test } from "vitest";
import { importedFiles } from "../../../src/adapters/files/javascript-imports.ts";

test.each<readonly [string, readonly string[]]>([
  ['import a from "./a.js"', ["./a.js"]],
  ["import a, { b as c } from './lib/a.mjs';import './b.js'", ["./lib/a.mjs", "./b.js"]],
  ['import * as all from "../up/all.js"', ["../up/all.js"]],
  ['import {\n  a,\n  b,\n} from "./a.js"', ["./a.js"]],
  ['export * from "./a.js";\nexport { b } from "./b.js"', ["./a.js", "./b.js"]],
  ['import data from "./d.json" with { type: "json" }', ["./d.json"]],
  ['const a = await import("./a.js"), b = import(`./b.js`)', ["./a.js", "./b.js"]],
  ["const a = await import(`./${name}.js`)", []],
  ['import fs from "node:fs"; import x from "lodash"', []],
  ['const text = "important from ./a.js"', []],
])("%j", (script, files) => {
  expect([...importedFiles(script)].toSorted()).toEqual([...files].toSorted());
});
