// A template is a task: what its keys do for each file.
import { expect, test } from "vitest";
import { at, rig } from "./rig.ts";

const here = rig();

async function ran(template: string, batch = "{directory: notes}") {
  for (const name of ["a.txt", "b.txt"]) await here().file(`notes/${name}`, name);
  const flow = await here().file(
    "flow.yaml",
    `name: Notes\ntype: batch\nbatch: ${batch}\ntemplate:\n${template}`,
  );
  return here().gleitzeit(["run", flow, "--json", "--quiet"]);
}

test("each file is done for each element", async () => {
  const { exit, json } = await ran(`  method: echo/echo
  for_each: [x, y]
  params: {message: "\${item} \${index}"}
`);
  expect(exit).toBe(0);
  expect(at(json, "outputs.process-b-txt-1")).toEqual([
    { response: "x 0", message: "x 0", file_path: "notes/b.txt" },
    { response: "y 1", message: "y 1", file_path: "notes/b.txt" },
  ]);
});

test("a condition, what comes instead of a failure, and one that is allowed", async () => {
  const skipped = await ran("  method: echo/echo\n  when: 1 > 2\n");
  expect(skipped.exit).toBe(0);
  expect(at(skipped.json, "tasks.process-a-txt-0.status")).toBe("skipped");
  const instead = await ran(`  method: javascript/execute
  on_failure: continue
  retry: {max_attempts: 2, base_delay: 0, "on": [TASK_EXECUTION_FAILED]}
  params: {code: "throw new Error(context.file_path)"}
  fallback: [{method: echo/echo, params: {message: instead}}]
`);
  expect(at(instead.json, "tasks.process-b-txt-1")).toMatchObject({
    status: "succeeded",
    attempts: 3,
    result: { response: "instead", file_path: "notes/b.txt" },
  });
});

test("the files that are listed, one by one, and no others", async () => {
  const { json } = await ran("  method: echo/echo\n", "{directory: notes, files: [b.txt]}");
  expect(Object.keys(json.tasks ?? {})).toEqual(["process-b-txt-0"]);
});

test.each([
  ["{directory: nowhere}", /directory "nowhere" does not exist/],
  ['{directory: notes, pattern: "*.csv"}', /no file in "notes" matches "\*\.csv"/],
  ["{directory: notes, max_file_size: 2}", /larger than `max_file_size`, 2 bytes/],
])("%s is refused before there is a run", async (batch, message) => {
  const { exit, json } = await ran("  method: echo/echo\n", batch);
  expect(exit).toBe(3);
  expect(at(json, "error.message")).toMatch(message);
  expect((await here().gleitzeit(["list", "--json"])).json.items).toEqual([]);
});
