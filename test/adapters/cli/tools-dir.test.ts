// `{type: mcp, tools_dir: …}`: functions of one's own as tools, called in the sandbox.
import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { at, rig } from "./rig.ts";

const here = rig({ withImages: true });

const TIDE = `from typing import Literal
from words import shout

def tide(place: str, unit: Literal["m", "ft"] = "m", days: list[int] | None = None) -> dict:
    """How high the water stands.

    Args:
        place: a harbour
    """
    return {"place": shout(place), "unit": unit, "days": days}

async def twice(n: int) -> int:
    return n * 2

def _helper(anything):
    return anything
`;
const WORDS = `def shout(text: str) -> str:
    """Loud."""
    return text.upper()
`;
const SUMS = `import { one } from "./lib/one.mjs";

/**
 * Adds numbers.
 * @param {number} a - the first
 * @param {number} [b=1] - the second
 */
export function sum(a, b = one) {
  return a + b;
}

export const schemas = {
  area: { description: "An area.", properties: { w: { type: "number" }, h: { type: "number" } }, required: ["w", "h"] },
};
export async function area({ w, h }) {
  return { area: w * h };
}
`;

const desk = async (files: Readonly<Record<string, string>>): Promise<void> => {
  await here().file("gleitzeit.yaml", "providers:\n  desk: {type: mcp, tools_dir: tools/}\n");
  await mkdir(join(here().folder, "tools"));
  for (const [name, text] of Object.entries(files)) await here().file(`tools/${name}`, text);
};
const GOOD = {
  "tide.py": TIDE,
  "words.py": WORDS,
  "sums.mjs": SUMS,
  "lib/one.mjs": "export const one = 1;\n",
};

const run = async (tasks: string, ...more: readonly string[]) =>
  here().gleitzeit(["run", await here().file("w.yaml", `name: Tools\ntasks:\n${tasks}`), "--json", ...more]);
const task = (tool: string, params: string): string =>
  `  - {id: ${tool}, method: mcp/tool.${tool}, provider: desk, params: ${params}}\n`;

describe("a folder of functions", () => {
  test("is called by name, in either language, with what its modules import; the code that ran is captured", async () => {
    await desk(GOOD);
    const { exit, json } = await run(
      `${task("tide", "{place: husum}")}${task("twice", "{arguments: {n: 21}}")}${task("sum", "{a: 4}")}${task("area", "{w: 4, h: 2}")}`,
      "--id",
      "t",
    );
    expect(exit).toBe(0);
    expect(at(json, "tasks.tide.result")).toEqual({ place: "HUSUM", unit: "m", days: null });
    expect(at(json, "tasks.twice.result")).toEqual({ response: "42", result: 42 });
    expect(at(json, "tasks.sum.result.result")).toBe(5);
    expect(at(json, "tasks.area.result")).toEqual({ area: 8 });
    const { lines } = await here().gleitzeit(["events", "t", "--json"]);
    const scheduled = lines.find(({ type }) => type === "TaskScheduled");
    expect(at(scheduled ?? {}, "data.values.files")).toEqual([
      "tools/lib/one.mjs",
      "tools/sums.mjs",
      "tools/tide.py",
      "tools/words.py",
    ]);
    expect(at(scheduled ?? {}, "data.files")).toHaveLength(4);
  });

  test("is listed with its schemas, and held to them before anything runs", async () => {
    await desk(GOOD);
    const { json } = await here().gleitzeit(["providers", "methods", "mcp/v1", "--json"]);
    const text = JSON.stringify(json);
    for (const name of ["tool.tide", "tool.twice", "tool.shout", "tool.sum", "tool.area"])
      expect(text).toContain(`"${name}"`);
    expect(text).not.toContain("_helper");
    expect(text).toContain("How high the water stands.");
    expect(text).toContain("a harbour");
    const wrong = await run(`${task("tide", "{place: 7, unit: km}")}${task("sun", "{}")}`);
    expect(wrong.exit).toBe(3);
    expect(JSON.stringify(wrong.json)).toMatch(/tasks\[0\]\.params\.place/);
    expect(JSON.stringify(wrong.json)).toMatch(/desk has no tool `sun`: did you mean `sum`\?/);
    expect((await here().gleitzeit(["list", "--json"])).json).toMatchObject({ items: [] });
  });

  test("a tool that fails or never ends is a failed task", async () => {
    await desk({
      "bad.mjs": `/** @param {number} n */
export function breaks(n) {
  console.log("so far", n);
  throw new Error("no tide today");
}
export function endless() {
  for (;;);
}
`,
    });
    const { exit, json } = await run(
      `${task("breaks", "{n: 1}")}  - {id: endless, method: mcp/tool.endless, provider: desk, timeout: 0.5, retry: {max_attempts: 1}}\n`,
      "--id",
      "t",
    );
    expect(exit).toBe(1);
    expect(at(json, "tasks.breaks.error")).toMatchObject({
      code: "TASK_EXECUTION_FAILED",
      message: expect.stringContaining("no tide today"),
    });
    expect(at(json, "tasks.endless.error.code")).toBe("TASK_TIMEOUT");
    expect((await here().gleitzeit(["logs", "t", "--task", "breaks"])).out).toContain("so far 1");
  });

  test("its code is part of what was called: a cassette does not answer for another", async () => {
    const shout = (how: string) =>
      `/** @param {string} text */\nexport const shout = (text) => text.${how}();\n`;
    await desk({ "words.mjs": shout("toUpperCase") });
    expect((await run(task("shout", "{text: a}"), "--record", "tape")).exit).toBe(0);
    expect((await run(task("shout", "{text: a}"), "--play", "tape")).exit).toBe(0);
    await here().file("tools/words.mjs", shout("toLowerCase"));
    const changed = await run(task("shout", "{text: a}"), "--play", "tape");
    expect([changed.exit, at(changed.json, "tasks.shout.error.message")]).toEqual([
      1,
      expect.stringContaining('files["tools/words.mjs"] was "sha256-'),
    ]);
  });
});

describe("what is wrong with a folder is said with its place", () => {
  test("all of it at once", async () => {
    await desk({
      "a.py": "def f(x):\n    return x\n",
      "b.py": "def f(:\n",
      "c.py": "\ndef g(*x: int):\n    pass\n",
      "d.py": "def h(x: bytes): pass\n\ndef twin() -> int: pass\n\ndef twin() -> int: pass\n",
      "e.mjs": "\n\nexport function i(x) {}\n",
      "f.js": "/** @param x */\nexport function j(x) {}\n",
      "g.mjs": "\nexport function k( {}\n",
      "h.mjs": "\nexport function twin() {}\n",
    });
    const { err } = await here().gleitzeit(["providers", "methods", "mcp/v1"]);
    const [, text = ""] = /desk does not say what it has: ([\s\S]*)\n/.exec(err) ?? [];
    const places = text.replaceAll(/\s+/g, " ").split("; tools/");
    const all = places.map((one) => one.replace(/^tools\//, ""));
    expect(all.toSorted()).toEqual([
      expect.stringMatching(/^a\.py:1: `f`: argument `x` has no type hint; write `x: str`/),
      expect.stringMatching(/^b\.py:1: it is no Python: /),
      expect.stringMatching(/^c\.py:2: `g` takes any arguments/),
      expect.stringMatching(/^d\.py:1: `h`: argument `x` is `bytes`, which JSON has no type for/),
      expect.stringMatching(/^d\.py:5: `twin` is there already, at line 3/),
      expect.stringMatching(/^e\.mjs:3: `i` has no schema/),
      expect.stringMatching(/^f\.js:2: `j`: @param `x` has no type/),
      expect.stringMatching(/^g\.mjs:3: SyntaxError/),
      expect.stringMatching(/^h\.mjs:2: there is a tool `twin` already, at tools\/d\.py:3/),
    ]);
  });

  test("a link that leads outside, a folder that is not there, and settings that contradict each other", async () => {
    await desk({});
    const outside = await here().file("secret.py", "def f(): pass\n");
    await symlink(outside, join(here().folder, "tools", "a.py"));
    const linked = await run(task("f", "{}"));
    expect([linked.exit, JSON.stringify(linked.json)]).toEqual([
      3,
      expect.stringMatching(/tools\/a\.py is a link that leads out of/),
    ]);
    await here().file("gleitzeit.yaml", "providers:\n  desk: {type: mcp, tools_dir: nowhere}\n");
    expect(JSON.stringify((await run(task("f", "{}"))).json)).toMatch(/there is no folder .*nowhere/);
    await here().file("gleitzeit.yaml", "providers:\n  desk: {type: mcp, tools_dir: tools, command: x}\n");
    const both = await here().gleitzeit(["config", "validate"]);
    expect([both.exit, both.err + both.out]).toEqual([
      3,
      expect.stringContaining("does not stand beside `tools_dir`"),
    ]);
  });
});
