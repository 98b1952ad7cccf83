// `when`: names that exist, and a text that can be evaluated.
import type { JsonObject } from "../json.ts";
import { inputProblem, runProblem } from "./check-references.ts";
import { headProblem } from "./check-tasks.ts";
import { type Read, readsIn } from "./condition-reads.ts";
import { readText } from "./conditions.ts";
import type { Expressions } from "./expressions.ts";
import type { Heads } from "./heads.ts";
import type { Report } from "./problems.ts";
import { didYouMean } from "./suggest.ts";
import type { TaskView } from "./task-views.ts";

type Asked = {
  readonly heads: Heads;
  readonly document: JsonObject;
  readonly report: Report;
  readonly expressions: Expressions | undefined;
};

export function checkCondition(task: TaskView, { heads, document, report, expressions }: Asked): void {
  const { when } = task;
  if (when === undefined) return;
  if (!expressions) throw new Error("a document with conditions is judged by nobody who understands them");
  const path = [...task.path, "when"];
  const problem = expressions.problem(when);
  const found = readsIn(when).flatMap((read) => readProblem(read, heads, document, task) ?? []);
  const hint = when.includes("${") ? "; names stand in it as they are, without `${…}`" : "";
  const whole = problem === undefined ? [] : [`is no condition: ${problem}${hint}`];
  for (const message of new Set(found.length > 0 ? found : whole)) {
    report({ code: "TASK_VALIDATION_FAILED", message: `\`when\` ${message}`, path });
  }
}

const FACTS = ["status", "result", "error"];

function readProblem(
  read: Read,
  heads: Heads,
  document: JsonObject,
  { written }: TaskView,
): string | undefined {
  const text = readText(read);
  const { head, path } = read;
  switch (head) {
    case "tasks":
      return taskProblem(read, heads);
    case "inputs":
      return said("reads an", inputProblem({ path, text }, document));
    case "run":
      return said("reads", runProblem({ path, text }));
    case "item":
    case "index":
      return written.for_each === undefined
        ? `reads \`${text}\`, which means something only in a task with \`for_each\``
        : undefined;
    default:
      return `reads \`${text}\`, which is not available in this version`;
  }
}

const said = (verb: string, problem: string | undefined): string | undefined =>
  problem && `${verb} ${problem}`;

function taskProblem(read: Read, heads: Heads): string | undefined {
  const [name, fact] = read.path;
  if (typeof name !== "string") return "must name the tasks that it reads: `tasks.<id>.status`";
  const problem = headProblem(name, heads);
  if (problem) return `reads an unknown task ${problem}${hyphened(name, heads)}`;
  if (fact === undefined || FACTS.includes(String(fact))) return undefined;
  const hint = didYouMean(String(fact), FACTS) || `: a task has ${FACTS.join(", ")}`;
  return `reads \`${readText(read)}\`, which does not exist${hint}`;
}

/** `tasks.a-b` is a subtraction. */
function hyphened(name: string, heads: Heads): string {
  const other = [...heads.tasks.keys()].find((id) => /\W/.test(id) && id.split(/\W/, 1)[0] === name);
  return other === undefined ? "" : `; write \`tasks[${JSON.stringify(other)}]\` for \`${other}\``;
}
