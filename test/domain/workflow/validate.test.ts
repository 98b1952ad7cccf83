import { describe, expect, test } from "vitest";
import { echo, problems, told, withTask, withTasks } from "./catalog.ts";

/** The one problem that a document has. */
function only(document: unknown): string {
  const [first, ...others] = told(document);
  expect(others).toEqual([]);
  return first ?? "no problem";
}

describe("validation", () => {
  test("a broken map: everything wrong with it, in one go, each with its place", () => {
    const say = (id: string, more: object) => ({
      id,
      method: "mcp/tool.echo",
      params: { message: "x" },
      ...more,
    });
    const document = {
      name: "Broken map",
      tasks: [
        say("spring", { dependancies: ["delta"] }),
        say("river", { dependencies: ["lake"] }),
        say("lake", { dependencies: ["river"] }),
        say("delta", { dependencies: ["ocean"], params: { message: "${glacier.response}" } }),
        say("spring", {}),
        say("pond", { dependencies: ["pond"] }),
        { id: "canal", method: "teleport/now", params: {} },
        { id: "mill", method: "echo/echo", params: { message: "${inputs.grain}" } },
      ],
    };
    expect(told(document)).toEqual([
      "WORKFLOW_VALIDATION_FAILED tasks.0.dependancies: unknown key `dependancies`: did you mean `dependencies`?",
      "WORKFLOW_VALIDATION_FAILED tasks.4.id: duplicate task id `spring`: task 1 has it already; give one of them another `id`",
      "WORKFLOW_VALIDATION_FAILED tasks.3.dependencies.0: unknown dependency `ocean`: no task has that id or name",
      "WORKFLOW_CIRCULAR_DEPENDENCY tasks.5.dependencies.0: task `pond` depends on itself",
      "WORKFLOW_CIRCULAR_DEPENDENCY tasks.1.dependencies.0: circular dependency: river → lake → river",
      "WORKFLOW_VALIDATION_FAILED tasks.3.params.message: unknown reference `${glacier.response}`: `glacier`: no task has that id or name; for the text itself write `$${`",
      "PROTOCOL_NOT_FOUND tasks.6.method: unknown protocol `teleport/v1` of `teleport/now`: available are echo/v1, mcp/v1, llm/v1, python/v1",
      "WORKFLOW_VALIDATION_FAILED tasks.7.params.message: unknown input `grain` in `${inputs.grain}`: declare it under `inputs`",
    ]);
    expect(problems(document)[0]?.at).toBe("key");
  });

  test.each([null, 1, "text", true, [], ["tasks"]])("%j is no document", (document) => {
    expect(only(document)).toMatch(/a workflow document is a map with `name` and `tasks`/);
  });

  test("name and tasks are required", () => {
    expect(told({})).toEqual([
      "WORKFLOW_VALIDATION_FAILED name: `name` is required",
      "WORKFLOW_VALIDATION_FAILED : a workflow needs at least one task under `tasks`",
    ]);
    expect(only({ name: "x", tasks: [] })).toMatch(/tasks: a workflow needs at least one task/);
  });

  test("suggestions are close, or the known keys are told", () => {
    expect(only({ ...withTask({}), max_paralel_tasks: 1 })).toMatch(/did you mean `max_parallel_tasks`/);
    expect(only(withTask({ retry_config: {} }))).toMatch(/did you mean `retry`/);
    expect(only(withTask({ retry: { attempts: 3 } }))).toMatch(
      /unknown key `attempts`: known here are max_attempts/,
    );
    expect(only(withTasks(echo("delta"), echo("b", { dependencies: ["detla"] })))).toMatch(
      /did you mean `delta`/,
    );
    expect(only(withTask({ method: "mcp/tool.ad", params: {} }))).toMatch(/did you mean `tool.add`/);
    expect(only(withTask({ method: "ecoh/x" }))).toMatch(/did you mean `echo`/);
    expect(only(withTask({ provider: "pyton" }))).toMatch(/PROVIDER_NOT_FOUND.*did you mean `python`/);
    expect(
      only({ ...withTask({ params: { x: "${inputs.seets}" } }), inputs: { seats: { type: "integer" } } }),
    ).toMatch(/did you mean `seats`/);
  });

  test("circles through references are circles too", () => {
    const document = withTasks(
      echo("a", { params: { x: "${c.y}" } }),
      echo("b", { dependencies: ["a"] }),
      echo("c", { params: { x: ["${b ?? 0}"] } }),
      echo("d", { params: { x: "${d.y}" } }),
    );
    expect(told(document)).toEqual([
      "WORKFLOW_CIRCULAR_DEPENDENCY tasks.3.params.x: task `d` depends on itself",
      "WORKFLOW_CIRCULAR_DEPENDENCY tasks.0.params.x: circular dependency: a → c → b → a",
    ]);
  });

  test("of a circle of thousands the message shows an end and a beginning", () => {
    const tasks = Array.from({ length: 2000 }, (_, i) =>
      echo(`t${i}`, { dependencies: [`t${(i + 1) % 2000}`] }),
    );
    expect(only(withTasks(...tasks))).toMatch(/: t0 → t1 → .* → t17 → … 1981 more … → t1999 → t0$/);
  });

  test("names may be used where they mean one task, with spaces and all", () => {
    const named = withTasks(
      echo("count", { name: "Count words" }),
      echo("b", { dependencies: ["Count words"], params: { x: "${Count words.result}" } }),
    );
    expect(told(named)).toEqual([]);
    const twice = withTasks(
      echo("a", { name: "Twin" }),
      echo("b", { name: "Twin" }),
      echo("c", { dependencies: ["Twin"], params: { x: "${Twin.x}" } }),
    );
    expect(told(twice)).toEqual([
      "WORKFLOW_VALIDATION_FAILED tasks.2.dependencies.0: unknown dependency `Twin`: it could be more than one task; use an id",
      "WORKFLOW_VALIDATION_FAILED tasks.2.params.x: unknown reference `${Twin.x}`: `Twin`: it could be more than one task; use an id",
    ]);
    expect(only(withTasks(echo("a", { name: "b" }), echo("b"), echo("c", { dependencies: ["b"] })))).toMatch(
      /could be more than one task/,
    );
  });

  test("ids made from names collide like any others", () => {
    const document = withTasks({ name: "A b", method: "echo/echo" }, { name: "a-b", method: "echo/echo" });
    expect(only(document)).toMatch(/tasks\.1\.name: duplicate task id `a-b` \(made from its name\)/);
    expect(only(withTasks({ method: "echo/echo" }, echo("task-1")))).toMatch(
      /tasks\.1\.id: duplicate task id `task-1`/,
    );
  });

  test("a word with a meaning of its own is not taken for a task", () => {
    expect(told(withTasks(echo("run")))).toEqual([]);
    expect(only(withTasks(echo("run"), echo("b", { params: { x: "${run.id}" } })))).toMatch(
      /could mean the task `run`.*give the task another id/,
    );
  });

  test.each([
    ["${run.started}", /a run has no `started`; there is `\$\{run\.id\}`/],
    ["${item}", /`\$\{item\}` means something only in a task with `for_each`/],
    ["${index}", /means something only in a task with `for_each`/],
    ["${nobody.x ?? 0}", /unknown reference/],
    ["echo ${HOME}", /unknown reference `\$\{HOME\}`.*for the text itself write `\$\$\{`/],
    ["${", /is not closed by `}`; for the text itself/],
    ["${a.x ?? none}", /not JSON/],
  ])("%s is refused", (text, reason) => {
    expect(only(withTasks(echo("a"), echo("b", { params: { deep: [{ x: text }] } })))).toMatch(reason);
    expect(only({ ...withTask({}), outputs: { x: text } })).toMatch(reason);
  });

  test("hostile size has an end: a thousand problems, and that there are more", () => {
    const found = told(withTask({ params: { x: "${x}".repeat(5000) } }));
    expect(found).toHaveLength(1001);
    expect(found.at(-1)).toMatch(/and more: these are the first 1000/);
  });
});
