// Captured files and modules, timers and the console: what a script finds beside the language itself.
import { afterAll, expect, test } from "vitest";
import { errorOf, resultOf } from "../outcomes.ts";
import { memberOf } from "../script-box.ts";
import { box } from "./box.ts";

const here = box({ interpreters: 1, spares: 0 });
afterAll(() => here.close());

const texts = {
  "scripts/main.js": `import data, { meta } from "../data/words.mjs";
import numbers from "./numbers.json" with { type: "json" };
const late = await import("./late.js");
export default { data, meta, numbers, late: late.value, own: files.list().length, text: files.text(context.file_path) };`,
  "scripts/late.js": "export const value = 'late';",
  "scripts/numbers.json": '{"__proto__": 1, "n": [1, 2]}',
  "data/words.mjs": 'export default ["a"];\nexport { meta } from "./meta.js";',
  "data/meta.js": "export const meta = import.meta.url === undefined;",
  "data/ü.txt": "\ufeffGrüße\0!\n",
};

test("modules, JSON and texts are found under the paths they were captured under", async () => {
  const outcome = await here.execute(
    { file: "./scripts/main.js", context: { file_path: "/home/me/data/ü.txt" } },
    { texts },
  );
  expect(JSON.stringify(memberOf(resultOf(outcome), "result"))).toBe(
    JSON.stringify({
      data: ["a"],
      meta: true,
      numbers: JSON.parse('{"__proto__": 1, "n": [1, 2]}'),
      late: "late",
      own: 6,
      text: "Grüße\0!\n",
    }),
  );
});

test("code that is no file stands at the top of them, and reads them as text, JSON or bytes", async () => {
  const code = `import { value } from "./scripts/late.js";
result = [value, files.json("scripts/numbers.json").n, [...files.bytes("scripts/late.js")].length]`;
  expect(memberOf(resultOf(await here.execute({ code }, { texts })), "result")).toEqual(["late", [1, 2], 28]);
});

test.each([
  ["./late", /cannot import ".\/late": .*did you mean ".\/late.js"\?/],
  ["./gone.js", /no such captured file; a script sees only the files its task names/],
  ["./broken.json", /scripts\/broken.json is not JSON/],
])("an import that cannot be done says why: %s", async (specifier, message) => {
  const more = {
    ...texts,
    "scripts/main.js": `// first\nimport ${JSON.stringify(specifier)};`,
    "scripts/broken.json": "{",
  };
  const error = errorOf(await here.execute({ file: "scripts/main.js" }, { texts: more }));
  expect(error.message).toMatch(message);
  expect(error.details).toMatchObject({ type: "ImportError", file: "scripts/main.js", line: 2 });
});

test("files of one call are not there for the next", async () => {
  await here.execute({ code: "result = 1" }, { texts });
  expect(await here.result("result = files.list()")).toEqual([]);
});

test("timers run in the order in which they are due, and a script ends when none is left", async () => {
  const code = `const said = [];
setTimeout(() => said.push("c"), 20);
setTimeout((word) => said.push(word), 5, "b");
queueMicrotask(() => said.push("a"));
const often = setInterval(() => { if (said.push("i") > 5) clearInterval(often); }, 30);
clearTimeout(setTimeout(() => said.push("never"), 10));
result = said;`;
  expect(await here.result(code)).toEqual(["a", "b", "c", "i", "i", "i"]);
});

test("the console shows what is in a value, on the stream it belongs to", async () => {
  const code = `class Point { x = 1 }
const ring = { list: [1, 'two', null, undefined, -0, 3n] }; ring.ring = ring;
console.log('plain', ring);
console.info(new Map([['k', new Set([1])]]), Symbol('s'), () => 1, function named() {}, new Point());
console.log(new Date(0), /x/g, [], {}, { 'a b': 'it\\'s', get g() { throw 1 } }, Object.create(null));
console.log({ deep: { er: { still: { more: { than: {} } } } }, long: Array.from({ length: 200 }, (_, i) => i) }.long.length);
console.warn('careful'); console.assert(1 > 2, 'sums');
console.log(new Proxy({}, { ownKeys() { throw 1 } }));
result = 1;`;
  expect(resultOf(await here.execute({ code }))).toMatchObject({
    output: `plain { list: [ 1, 'two', null, undefined, -0, 3n ], ring: [Circular] }
Map { 'k' => Set { 1 } } Symbol(s) [Function: (anonymous)] [Function: named] Point { x: 1 }
1970-01-01T00:00:00.000Z /x/g [] {} { "a b": "it's", g: [Getter] } [Object: null prototype] {}
200
[cannot be shown: 1]
`,
    stderr: "careful\nAssertion failed: sums\n",
  });
});
