// Batch documents: a template and files to put into it, instead of tasks.
import { isObject, type JsonObject } from "../json.ts";
import { takesContext } from "./batch-item.ts";
import { checkAgent } from "./check-agent.ts";
import { checkCompensation } from "./check-compensation.ts";
import { checkCondition } from "./check-conditions.ts";
import { checkFallbacks } from "./check-fallbacks.ts";
import { checkKind } from "./check-kinds.ts";
import { checkMethod } from "./check-methods.ts";
import { checkTask } from "./check-task.ts";
import { headsOf } from "./heads.ts";
import type { Path, Report, Surroundings } from "./problems.ts";
import { targetOf } from "./target.ts";
import { templateView } from "./task-views.ts";

type Complain = (message: string, path: Path, at?: "key") => boolean;
type Asked = { readonly catalog: Surroundings; readonly report: Report };

const NO_TASKS = headsOf([]);

export function checkBatch(document: JsonObject, { catalog, report }: Asked): void {
  const complain: Complain = (message, path, at) =>
    report({ code: "WORKFLOW_VALIDATION_FAILED", message, path, ...(at && { at }) });
  if (document.tasks !== undefined) {
    complain("a batch has a `template` instead of `tasks`: remove one of them", ["tasks"], "key");
  }
  if (document.template === undefined)
    complain("a batch needs a `template`: the task that is done for each file", []);
  checkSource(document, complain);
  const template = templateView(document);
  if (!template) return;
  for (const key of ["id", "name", "dependencies"]) {
    if (!Object.hasOwn(template.written, key)) continue;
    complain(`\`${key}\` does not fit into a template: its items get their own`, ["template", key], "key");
  }
  const protocol = asText(template.written.protocol) ?? asText(document.protocol);
  const { context } = template.params;
  if (isScript(asText(template.written.method), protocol) && context !== undefined && !isObject(context)) {
    const path = ["template", "params", "context"];
    complain("`context` of a template must be a map, so that the file can be put in", path);
  }
  checkKind(template, catalog.zones, report);
  for (const key of ["wait", "approval"]) {
    if (!Object.hasOwn(template.written, key)) continue;
    complain(
      `\`${key}\` does not fit into a template: it does nothing with a file`,
      ["template", key],
      "key",
    );
  }
  checkMethod(template, { catalog, report, protocol });
  checkAgent(template, { catalog, report, protocol });
  checkTask(template, { heads: NO_TASKS, document, report, environment: catalog.environment });
  checkFallbacks(template, { catalog, report });
  checkCompensation(template, { catalog, report });
  checkCondition(template, { heads: NO_TASKS, document, report, expressions: catalog.expressions });
}

const isScript = (method: string | undefined, protocol: string | undefined): boolean =>
  method !== undefined && takesContext(targetOf({ method, ...(protocol !== undefined && { protocol }) }));

function checkSource({ batch }: JsonObject, complain: Complain): void {
  if (batch === undefined)
    complain("`batch` is required: it says which files, such as {directory: notes}", []);
  if (!isObject(batch)) return;
  if (batch.directory === undefined && batch.files === undefined) {
    complain("`batch` needs a `directory`, or a list of `files`", ["batch"]);
  }
  if (batch.files !== undefined && batch.pattern !== undefined) {
    complain(
      "`pattern` chooses among the files of a directory; with `files` there is nothing to choose",
      ["batch", "pattern"],
      "key",
    );
  }
}

/** What only batches have is refused elsewhere, where it would do nothing. */
export function checkNoBatch(document: JsonObject, report: Report): void {
  for (const key of ["template", "protocol"]) {
    if (!Object.hasOwn(document, key)) continue;
    const message = `\`${key}\` belongs to batch documents: add \`type: batch\` or remove it`;
    report({ code: "WORKFLOW_VALIDATION_FAILED", message, path: [key], at: "key" });
  }
  const none = document.tasks === undefined || (Array.isArray(document.tasks) && document.tasks.length === 0);
  if (!none) return;
  const path = document.tasks === undefined ? [] : ["tasks"];
  report({
    code: "WORKFLOW_VALIDATION_FAILED",
    message: "a workflow needs at least one task under `tasks`",
    path,
  });
}

const asText = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
