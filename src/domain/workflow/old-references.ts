// References as the Python original took them: put into the text, whether or not there was something to put in.
import type { Heads } from "./heads.ts";
import { type Change, differs } from "./old-change.ts";
import { isPython } from "./python-tasks.ts";
import { partsIn } from "./references.ts";
import { impliedDependencies, type TaskView } from "./task-views.ts";

export function* ofReferences(task: TaskView, heads: Heads): Generator<Change> {
  const declared = new Set(task.dependencies.map(({ head }) => heads.tasks.get(head)));
  for (const { head, path } of impliedDependencies(task, heads)) {
    const index = heads.tasks.get(head);
    if (index === undefined || declared.has(index)) continue;
    declared.add(index);
    const message = `what refers to \`${head}\` waits for it without naming it in \`dependencies\`; it could start before, with the text itself`;
    yield differs(message, path);
  }
  const { code } = task.params;
  if (!isPython(task.written) || typeof code !== "string") return;
  if ([...partsIn(code, heads)].length === 0) return;
  const message =
    "values put into `code` are JSON now (`true`, `null`), not Python; hand them in through `context`, and read `context[…]`";
  yield differs(message, [...task.path, "params", "code"], "key");
}
