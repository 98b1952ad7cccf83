import { describe, expect, test } from "vitest";
import type { Json } from "../../../src/domain/index.ts";
import { compiled, defined, echo, told } from "./catalog.ts";

const batch = (template: Json, more: object = {}): object => ({
  name: "Measure",
  type: "batch",
  batch: { directory: "notes" },
  template,
  ...more,
});

const script = { method: "python/execute", params: { file: "m.py", context: { unit: "words" } } };

describe("batches", () => {
  test("one task per file, each with an id, a name and the file in its place", () => {
    const files = ["notes/2024/deep.txt", "notes/a.txt", "notes/c.long name.txt"];
    const { nodes, isBatch } = compiled(batch({ ...script, timeout: 60, retry: { max_attempts: 1 } }), files);
    expect(isBatch).toBe(true);
    expect(nodes.map(({ id, name, batchFile }) => [id, name, batchFile])).toEqual([
      ["process-deep-txt-0", "Process deep.txt", "notes/2024/deep.txt"],
      ["process-a-txt-1", "Process a.txt", "notes/a.txt"],
      ["process-c-long-name-txt-2", "Process c.long name.txt", "notes/c.long name.txt"],
    ]);
    expect(nodes[1]).toMatchObject({
      protocol: "python/v1",
      method: "execute",
      timeoutMs: 60_000,
      retry: { maxAttempts: 1 },
      params: { file: "m.py", context: { unit: "words", file_path: "notes/a.txt" } },
    });
  });

  test("every item has a context of its own", () => {
    const shared = { list: [{ deep: 1 }] };
    const { nodes } = compiled(batch({ ...script, params: { file: "m.py", context: shared } }), ["a", "b"]);
    const [first, second] = nodes.map(({ params }) => params.context);
    expect(first).toEqual({ list: [{ deep: 1 }], file_path: "a" });
    expect(second).toEqual({ list: [{ deep: 1 }], file_path: "b" });
    const lists = [first, second].map((context) => JSON.parse(JSON.stringify(context)).list);
    expect(lists[0]).toEqual(lists[1]);
    expect(nodes[0]?.params.context).not.toBe(nodes[1]?.params.context);
  });

  test.each([
    ["llm/vision", "a.png", { image_path: "a.png" }],
    ["llm/vision", "A.JPEG", { image_path: "A.JPEG" }],
    ["llm/vision", "a.jpg", { image_path: "a.jpg" }],
    ["llm/vision", "a.gif", { image_path: "a.gif" }],
    ["llm/vision", "a.bmp", { image_path: "a.bmp" }],
    ["llm/vision", "a.png.webp", { image_path: "a.png.webp" }],
    ["llm/vision", "a.webp.txt", { file_path: "a.webp.txt" }],
    ["llm/vision", "a.txt", { file_path: "a.txt" }],
    ["llm/chat", "a.png", { file_path: "a.png" }],
    ["echo/echo", "a.gif", { file_path: "a.gif" }],
  ])("%s gets %s as %j", (method, file, params) => {
    expect(compiled(batch({ method }), [file]).nodes[0]?.params).toEqual(params);
  });

  test("a file name that looks like a reference is data", () => {
    const [node] = compiled(batch({ method: "echo/echo" }), ["${inputs.x}.txt"]).nodes;
    expect(node).toMatchObject({ needs: [], params: { file_path: "$${inputs.x}.txt" } });
  });

  test("no files, no tasks", () => {
    expect(compiled(batch(script)).nodes).toEqual([]);
  });

  test("the older way to write a template: params beside the task's keys, the protocol in the document", () => {
    const old = batch({ method: "execute", file: "m.py", timeout: 10 }, { protocol: "python/v1" });
    expect(defined(old).template).toEqual({ method: "execute", timeout: 10, params: { file: "m.py" } });
    expect(compiled(old, ["a.txt"]).nodes[0]).toMatchObject({
      protocol: "python/v1",
      method: "execute",
      timeoutMs: 10_000,
      params: { file: "m.py", context: { file_path: "a.txt" } },
    });
    const chat = batch({ method: "llm/chat", model: "m", messages: [{ role: "user" }] });
    expect(defined(chat).template?.params).toEqual({ model: "m", messages: [{ role: "user" }] });
  });

  test("in a template of either kind a misspelt key is refused where it stands", () => {
    expect(told(batch({ method: "echo/echo", tiemout: 5 }))).toEqual([
      "WORKFLOW_VALIDATION_FAILED template.tiemout: unknown key `tiemout`: did you mean `timeout`?",
    ]);
    expect(told(batch({ method: "echo/echo", params: {}, message: "x" }))[0]).toMatch(
      /template\.message: unknown key/,
    );
    expect(told(batch({ method: "python/execute", file: 5 }))[0]).toMatch(/INVALID_PARAMS template\.file:/);
  });

  test("limits come from either place; the smaller one counts", () => {
    const limited = (more: object, most?: number) =>
      compiled(batch(script, { ...more, batch: { directory: "n", ...(most && { max_parallel: most }) } }))
        .maxParallelTasks;
    expect(limited({}, 2)).toBe(2);
    expect(limited({ max_parallel_tasks: 3 })).toBe(3);
    expect(limited({ max_parallel_tasks: 3 }, 2)).toBe(2);
  });

  test.each<readonly [string, object]>([
    ["a directory", { directory: "n" }],
    ["a pattern", { directory: "n", pattern: "**/*.txt" }],
    ["files", { files: ["a", "b/c"] }],
    ["files of a directory", { directory: "n", files: ["a"] }],
    ["limits", { directory: "n", max_parallel: 1, max_file_size: 1000 }],
  ])("`batch` takes %s", (_, value) => {
    expect(told(batch(script, { batch: value }))).toEqual([]);
  });

  test.each<readonly [RegExp, object]>([
    [/`batch` is required/, batch(script, { batch: undefined })],
    [/`batch` needs a `directory`/, batch(script, { batch: {} })],
    [/`batch` must be a map/, batch(script, { batch: "notes" })],
    [/nothing to choose/, batch(script, { batch: { files: ["a"], pattern: "*" } })],
    [/did you mean `directory`/, batch(script, { batch: { directory: "n", directry: "m" } })],
    [
      /`batch\.max_file_size` must be a whole number/,
      batch(script, { batch: { directory: "n", max_file_size: "1MB" } }),
    ],
    [/taken as it stands/, batch(script, { batch: { directory: "${inputs.where}" } })],
    [/needs a `template`/, batch(script, { template: undefined })],
    [/`template` must be a map/, batch([])],
    [/`template` instead of `tasks`/, batch(script, { tasks: [echo("a")] })],
    [/`template\.method` is required/, batch({})],
    [/`id` does not fit into a template/, batch({ ...script, id: "x" })],
    [/`name` does not fit/, batch({ ...script, name: "x" })],
    [/`dependencies` does not fit/, batch({ ...script, dependencies: [] })],
    [
      /`context` of a template must be a map/,
      batch({ method: "python/execute", params: { code: "1", context: "${run.id}" } }),
    ],
    [/unknown reference/, batch({ method: "echo/echo", params: { x: "${process-a-txt-0.y}" } })],
    [/unknown reference/, batch(script, { outputs: { x: "${process-a-txt-0.y}" } })],
    [/INVALID_PARAMS/, batch({ method: "python/execute", params: { file: "a", code: "b" } })],
    [/METHOD_NOT_SUPPORTED/, batch({ method: "python/exec" })],
  ])("refused: %s", (reason, document) => {
    const found = told(JSON.parse(JSON.stringify(document)));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(reason);
  });

  test("a document with `batch` is one, also without saying so", () => {
    const document = { name: "x", batch: { directory: "n" }, template: script };
    expect(compiled(document, ["a"]).isBatch).toBe(true);
  });

  test("inputs and the run may be referred to", () => {
    const document = batch(
      { method: "echo/echo", params: { x: "${inputs.x} ${run.id}" } },
      { inputs: { x: { type: "string" } }, outputs: { x: "${inputs.x}" } },
    );
    expect(told(document)).toEqual([]);
  });
});
