// Whatever an old document says, and however it is written down, its rewritten text says the same with other words.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test } from "vitest";
import { stringify } from "yaml";
import { importDocument, parseDocument } from "../../../src/adapters/documents/index.ts";
import { isList, isObject, type Json, normalise } from "../../../src/domain/index.ts";
import { catalog } from "./catalog.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gz-import-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const word = fc.constantFrom(
  "parameters",
  "depends_on",
  "priority: 1",
  "a # b",
  "params",
  "${inputs}",
  "",
  "ü",
  "1",
);
const task = fc.record(
  {
    id: fc.constantFrom("a", "b", "priority", "parameters"),
    method: fc.constant("echo/echo"),
    parameters: fc.dictionary(word, fc.oneof(word, fc.constantFrom(1, 2, 3), fc.array(word)), { maxKeys: 3 }),
    depends_on: fc.array(fc.constantFrom("a", "b"), { maxLength: 2 }),
    priority: fc.constantFrom(1, 2, 3, "low"),
    description: word,
  },
  { requiredKeys: ["method"] },
);
const document = fc.record(
  { name: word, priority: fc.constantFrom(1, 2, 3), tasks: fc.array(task, { maxLength: 4 }), template: task },
  { requiredKeys: ["name", "tasks"] },
);
const written = fc.tuple(document, fc.constantFrom("json", "block", "flow", "quoted")).map(([value, how]) => {
  if (how === "json") return { text: JSON.stringify(value, null, 1), format: "json" } as const;
  const style =
    how === "quoted"
      ? ({ defaultKeyType: "QUOTE_DOUBLE" } as const)
      : ({ collectionStyle: how === "flow" ? "flow" : "block" } as const);
  return { text: stringify(value, { ...style, aliasDuplicateObjects: false }), format: "yaml" } as const;
});

const WORDS = new Map<Json, Json>([
  [1, "high"],
  [2, "normal"],
  [3, "low"],
]);
const named = (map: Json): Json =>
  isObject(map) && map.priority !== undefined
    ? { ...map, priority: WORDS.get(map.priority) ?? map.priority }
    : map;

function meant(value: Json | undefined): Json {
  const document = named(normalise(value ?? null));
  if (!isObject(document)) return document;
  const { tasks, template, ...rest } = document;
  return {
    ...rest,
    ...(tasks !== undefined && { tasks: isList(tasks) ? tasks.map(named) : tasks }),
    ...(template !== undefined && { template: named(template) }),
  };
}

test("the words of today, and no other meaning", async () => {
  const options = { catalog, expressions: () => Promise.reject(new Error("no conditions here")) };
  await fc.assert(
    fc.asyncProperty(written, async ({ text, format }) => {
      const path = join(folder, `old.${format}`);
      await writeFile(path, text);
      const imported = await importDocument(path, options, folder);
      const read = (one: string) => parseDocument(one, format, { file: path, catalog }).raw;
      const after = imported.text ?? text;
      expect(meant(read(after))).toEqual(meant(read(text)));
      await writeFile(path, after);
      const again = await importDocument(path, options, folder);
      expect(
        again.findings.filter(({ kind, message }) => kind === "key" && !message.includes("beside")),
      ).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
