// Every code block of the README and of docs is true: what can be run is run, and what cannot says why.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { imagesInto } from "../scenario/command.ts";
import { blocksIn, commandsIn, isShown } from "./blocks.ts";
import { desk, read } from "./reader.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const found = await readdir(join(root, "docs"), { recursive: true });
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...found.filter((path) => path.endsWith(".md")).map((path) => join("docs", path)),
];
const texts = await Promise.all(
  pages.map(async (path) => ({ path, text: await readFile(join(root, path), "utf8") })),
);
const withBlocks = texts.filter(({ text }) => blocksIn(text).length > 0);

let place = "";
beforeAll(async () => {
  place = await mkdtemp(join(tmpdir(), "gz-docs-"));
  await imagesInto({ folder: place, home: place });
}, 300_000);
afterAll(() => rm(place, { recursive: true, force: true }));

/** The memory image of the interpreter is made once for all of them. */
describe.concurrent("every code block of a page is true", () => {
  test.each(withBlocks)("$path", { timeout: 900_000 }, async ({ path, text }) => {
    const at = await desk(join(place, path.replaceAll("/", "-")), join(place, "cache"));
    await read(text, at);
  });
});

describe("the reading itself can fail", () => {
  const blocks = (text: string) => blocksIn(text.replaceAll("~~~", "```"));

  test("blocks say what they are", () => {
    expect(blocks("a\n~~~yaml a.yaml\nx: 1\n~~~\n\n~~~sh not run: needs a network\nls\n~~~\n")).toEqual([
      { language: "yaml", name: "a.yaml", reason: undefined, text: "x: 1\n", line: 3 },
      { language: "sh", name: undefined, reason: "needs a network", text: "ls\n", line: 7 },
    ]);
    expect(() => blocks("~~~\nls\n~~~\n")).toThrow("line 1: a block has a language");
    expect(() => blocks("~~~sh not run: because\nls\n~~~\n")).toThrow("is no reason");
  });

  test("commands, what they print, and how they end", () => {
    expect(commandsIn("$ a b   # as it is\none\n\n$ c # d\n[exit 3]\n")).toEqual([
      { line: "a b", shown: "one", exit: 0 },
      { line: "c # d", shown: "", exit: 3 },
    ]);
  });

  test.each([
    ["a  1.5 s", "a 20 ms", true],
    ["a … c", "a b\nb c", true],
    ["a … c", "a b", false],
    ["a", "a\nb", false],
    ["run 01a213a5-b29c-7205-8169-bb7269a4237e", "run 0c3fb30b-6f3f-8907-a2b4-3ce538ccbc55", true],
    ["a.c", "abc", false],
  ])("%j shown, %j printed: %j", (shown, printed, so) => {
    expect(isShown(shown, printed)).toBe(so);
  });

  test.each([
    [
      "a document that fails",
      '~~~yaml\n- {id: a, method: echo/echo}\n- {id: b, method: mcp/tool.add, params: {a: "${a.x}", b: 1}}\n~~~\n',
      "TASK_PARAMETER_ERROR",
    ],
    [
      "another output",
      "~~~yaml\n- {id: a, method: echo/echo, params: {message: hi}}\n~~~\n\n~~~text\na: ho\n~~~\n",
      "a: hi",
    ],
    ["a block that nobody knows", "~~~toml\nx = 1\n~~~\n", "say why"],
    [
      "TypeScript that does not compile",
      "~~~ts\nconst n: number = 'one';\nconsole.log(n);\n~~~\n",
      "not assignable",
    ],
  ])("%s is found", async (name, text, message) => {
    const at = await desk(join(place, name.replaceAll(" ", "-")), join(place, "cache"));
    await expect(read(text.replaceAll("~~~", "```"), at)).rejects.toThrow(message);
  });
});
