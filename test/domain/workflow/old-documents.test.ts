// Documents written for the original: which words are others now, and what the same words do otherwise here.
import { describe, expect, test } from "vitest";
import { changesIn, type Json, type JsonObject, pathText, pythonTasks } from "../../../src/domain/index.ts";

const script = { id: "a", method: "python/execute", params: { file: "a.py" } };
const echo = { id: "b", method: "mcp/tool.echo", params: { message: "hi" } };

/** Where each change is, with what is said of it. */
const said = (document: Json) => changesIn(document).map(({ path, message }) => [pathText(path), message]);
const withTask = (more: JsonObject) => ({ name: "n", tasks: [{ ...script, ...more }] });

describe("words that are others now", () => {
  test("keep both spellings readable, and say what is written today, of tasks and of a template", () => {
    const { params, ...rest } = script;
    const task = { ...rest, parameters: params, depends_on: [] };
    expect(changesIn({ name: "n", tasks: [echo, task] })).toEqual([
      {
        kind: "key",
        message: "`parameters` is written `params` now; both are read",
        path: ["tasks", 1, "parameters"],
        at: "key",
        to: "params",
      },
      {
        kind: "key",
        message: "`depends_on` is written `dependencies` now; both are read",
        path: ["tasks", 1, "depends_on"],
        at: "key",
        to: "dependencies",
      },
    ]);
    const batch = { name: "n", batch: { directory: "in" }, template: task };
    expect(said(batch)).toContainEqual([
      "template.parameters",
      "`parameters` is written `params` now; both are read",
    ]);
  });

  test("are not changed beside the new word, nor outside of tasks", () => {
    expect(said(withTask({ parameters: {} }))).toEqual([]);
    expect(said({ name: "n", parameters: {}, depends_on: [], tasks: [script] })).toEqual([]);
  });

  test.each([
    [1, "high"],
    [2, "normal"],
    [3, "low"],
  ])("priority %d is %s, of a task, a template and the document", (priority, to) => {
    const message = `priority \`${priority}\` is written \`${to}\` now; both are read`;
    const change = { kind: "key", message, to };
    expect(changesIn(withTask({ priority }))).toEqual([{ ...change, path: ["tasks", 0, "priority"] }]);
    expect(changesIn({ ...withTask({}), priority })).toEqual([{ ...change, path: ["priority"] }]);
  });

  test.each(["high", 4, 0, null, "1"])("priority %j is no old word", (priority) => {
    expect(changesIn(withTask({ priority }))).toEqual([]);
  });

  test("a key beside a template's own is one of its params", () => {
    const template = { method: "python/execute", file: "a.py" };
    const [change] = changesIn({ name: "n", batch: { directory: "in" }, template });
    expect(change).toEqual({
      kind: "key",
      message: "`file` beside the template's own keys is read as one of its `params`; write it there",
      path: ["template", "file"],
      at: "key",
    });
    expect(said({ name: "n", tasks: [{ id: "a", method: "python/execute", file: "a.py" }] })).toEqual([]);
  });

  test.each<Json>([null, [], "text", 7, {}, { tasks: {} }, { tasks: [null, "a"] }, { template: [] }])(
    "%j has none",
    (document) => {
      expect(changesIn(document)).toEqual([]);
    },
  );
});

describe("the same words, and something else happens", () => {
  test.each<[string, JsonObject, string, RegExp]>([
    ["a time limit of the run", { ...withTask({}), timeout: 60 }, "timeout", /^`timeout` was ignored/],
    [
      "waiting for the end",
      { ...withTask({}), wait_for_completion: false },
      "wait_for_completion",
      /has no effect; `gleitzeit run --detach`/,
    ],
    ["providers", { ...withTask({}), providers: [] }, "providers", /^`providers` was noted only/],
    [
      "a batch",
      { name: "n", batch: { directory: "in" }, template: { method: "mcp/tool.echo", params: {} } },
      "batch",
      /files are taken in the order of their names/,
    ],
    [
      "tasks that wait for others",
      { name: "n", tasks: [echo, { ...script, dependencies: ["b"] }] },
      "tasks",
      /a task that fails fails the run, exit 1/,
    ],
    ["a time limit of a task", withTask({ timeout: 5 }), "tasks[0].timeout", /^`timeout` was not held to/],
    ["retries", withTask({ retry: { max_attempts: 2 } }), "tasks[0].retry", /^`retry` never happened/],
    [
      "a time limit of a script",
      withTask({ params: { file: "a.py", timeout: 5 } }),
      "tasks[0].params.timeout",
      /leaves no process behind, and its task fails/,
    ],
    [
      "a time limit of a template's script",
      { name: "n", template: { method: "python/execute", params: { code: "1", timeout: 5 } } },
      "template.params.timeout",
      /leaves no process behind/,
    ],
  ])("%s", (_, document, place, message) => {
    const found = changesIn(document);
    expect(found).toHaveLength(1);
    expect(found).toMatchObject([{ kind: "differs", at: "key" }]);
    expect(said(document)).toEqual([[place, expect.stringMatching(message)]]);
  });

  test("a document that says none of this has none, whatever params are called elsewhere", () => {
    expect(said({ name: "n", tasks: [script, echo] })).toEqual([]);
    expect(said({ name: "n", tasks: [{ ...echo, params: { timeout: 5, message: "m" } }] })).toEqual([]);
  });

  test("is said at the place where the author wrote it", () => {
    const { params: _, ...rest } = script;
    const document = { name: "n", tasks: [{ ...rest, parameters: { file: "a.py", timeout: 5 } }] };
    expect(said(document).map(([place]) => place)).toEqual([
      "tasks[0].parameters",
      "tasks[0].parameters.timeout",
    ]);
  });
});

describe("references, which were put into the text", () => {
  const refers = (params: JsonObject, more: JsonObject = {}) => ({
    name: "n",
    tasks: [echo, { ...script, params, ...more }],
  });
  const waits = /^what refers to `b` waits for it without naming it in `dependencies`/;

  test("make a task wait, which is said once for each that it does not name", () => {
    const both = { file: "a.py", context: { one: "${b.message}", two: "${b.other}" } };
    expect(said(refers(both))).toEqual([["tasks[1].params.context.one", expect.stringMatching(waits)]]);
    const named = said(refers(both, { dependencies: ["b"] }));
    expect(named.map(([place]) => place)).toEqual(["tasks"]);
    expect(said(refers({ file: "a.py", context: { one: "${nobody.message}" } }))).toEqual([]);
  });

  test("in `code` are JSON now, wherever they stand in it", () => {
    const json = /^values put into `code` are JSON now/;
    const found = said(refers({ code: "print(${b.message})" }, { dependencies: ["b"] }));
    expect(found).toContainEqual(["tasks[1].params.code", expect.stringMatching(json)]);
    expect(said(refers({ code: "print(1)" }))).toEqual([]);
    const other = { ...echo, id: "c", params: { code: "${b.message}" }, dependencies: ["b"] };
    expect(said({ name: "n", tasks: [echo, other] }).map(([place]) => place)).toEqual(["tasks"]);
  });
});

describe("the scripts of a document", () => {
  test("are its Python tasks, with the place of what they run and the files they may open", () => {
    const document = {
      name: "n",
      files: ["all.csv"],
      tasks: [
        echo,
        { ...script, params: { file: "a.py", files: ["own.csv"] } },
        { id: "c", method: "execute", protocol: "python/v1", parameters: { code: "1" } },
      ],
      template: { method: "python/execute", file: "t.py" },
    };
    expect(pythonTasks(document)).toEqual([
      {
        path: ["tasks", 1, "params", "file"],
        params: { file: "a.py", files: ["own.csv"] },
        files: ["all.csv", "own.csv"],
      },
      { path: ["tasks", 2, "parameters", "code"], params: { code: "1" }, files: ["all.csv"] },
      { path: ["template", "file"], params: { file: "t.py" }, files: ["all.csv"] },
    ]);
  });

  test.each<[string, Json]>([
    ["another method of Python", { tasks: [{ method: "python/check", params: { file: "a.py" } }] }],
    ["another protocol's execute", { tasks: [{ method: "javascript/execute", params: { file: "a.js" } }] }],
    ["a method that is no text", { tasks: [{ method: 1, params: { file: "a.py" } }] }],
    ["a task that is none", { tasks: [null, "python/execute"] }],
    ["a list", [{ method: "python/execute" }]],
    ["nothing", null],
  ])("are not %s", (_, document) => {
    expect(pythonTasks(document)).toEqual([]);
  });

  test("are read past files and protocols that are none", () => {
    const task = { method: "python/execute", protocol: 7, params: { code: "1", files: "own.csv" } };
    expect(pythonTasks({ files: "all.csv", tasks: [task] })).toMatchObject([{ files: [] }]);
  });
});
