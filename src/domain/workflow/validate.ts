// Everything that can be known to be wrong before a run starts, all of it at once.
import { isList, isObject, type Json, type JsonObject } from "../json.ts";
import { checkAgent } from "./check-agent.ts";
import { checkBatch, checkNoBatch } from "./check-batch.ts";
import { checkCompensation } from "./check-compensation.ts";
import { checkCondition } from "./check-conditions.ts";
import { checkFallbacks } from "./check-fallbacks.ts";
import { checkDeclarations } from "./check-inputs.ts";
import { checkKind } from "./check-kinds.ts";
import { checkMethod, checkProvider } from "./check-methods.ts";
import { isPlain } from "./check-plain.ts";
import { checkReferences } from "./check-references.ts";
import { checkAliases, checkKeys, checkValues, notAMap } from "./check-structure.ts";
import { checkTask } from "./check-task.ts";
import { checkCircles, checkDependencies, checkIds } from "./check-tasks.ts";
import { checkDeadline } from "./deadline.ts";
import { asWritten, normalise } from "./definition.ts";
import { type Definition, isBatch } from "./document.ts";
import { type PathProblem, problemList, type Report, type Surroundings } from "./problems.ts";
import { checkSubject } from "./subject.ts";
import { taskViews } from "./task-views.ts";

export type Validated = {
  /** Only of a document without a problem. */
  readonly definition?: Definition;
  readonly problems: readonly PathProblem[];
};

export function validate(raw: unknown, catalog: Surroundings): Validated {
  const { report, isFull, problems } = problemList();
  if (!isPlain(raw, report)) return { problems: problems() };
  if (!isObject(raw)) {
    report({ code: "WORKFLOW_VALIDATION_FAILED", message: notAMap(raw), path: [] });
    return { problems: problems() };
  }
  const definition = normalise(raw);
  checkAliases(raw, report);
  if (isObject(definition)) {
    const reportAsWritten: Report = (problem) => report({ ...problem, path: asWritten(problem.path, raw) });
    checkDefinition(definition, catalog, reportAsWritten, isFull);
  }
  const found = problems();
  return isSound(definition, found) ? { definition, problems: found } : { problems: found };
}

/** Every part was held to its schema above; a hundred thousand tasks are not checked twice. */
const isSound = (_: Json, found: readonly PathProblem[]): _ is Definition => found.length === 0;

function preferredProvider({ defaults }: JsonObject): string | undefined {
  return isObject(defaults) && typeof defaults.provider === "string" ? defaults.provider : undefined;
}

function checkDefinition(
  document: JsonObject,
  catalog: Surroundings,
  report: Report,
  isFull: () => boolean,
): void {
  const views = taskViews(document);
  const { heads, tasks } = views;
  const { environment } = catalog;
  checkKeys(document, report);
  checkValues(document, report);
  checkDeclarations(document, report);
  if (isBatch(document)) checkBatch(document, { catalog, report });
  else checkNoBatch(document, report);
  checkIds(views, report);
  checkDependencies(views, report);
  checkCircles(views, report);
  const preferred = preferredProvider(document);
  for (const task of tasks) {
    if (isFull()) return;
    checkKind(task, catalog.zones, report);
    checkMethod(task, { catalog, report, preferred });
    checkAgent(task, { catalog, report });
    checkTask(task, { heads, document, report, environment });
    checkFallbacks(task, { catalog, report });
    checkCompensation(task, { catalog, report });
    checkCondition(task, { heads, document, report, expressions: catalog.expressions });
  }
  checkDeadline(document, catalog.zones, report);
  checkSubject(document, report);
  checkDefaultProvider(document, catalog, report);
  checkReferences(document.outputs, ["outputs"], { heads, document, report, environment });
  for (const [i, name] of textsOf(document.providers)) checkProvider(name, ["providers", i], catalog, report);
}

function checkDefaultProvider({ defaults }: JsonObject, catalog: Surroundings, report: Report): void {
  const provider = isObject(defaults) ? defaults.provider : undefined;
  if (typeof provider === "string") checkProvider(provider, ["defaults", "provider"], catalog, report);
}

const textsOf = (list: Json | undefined): readonly (readonly [number, string])[] =>
  (isList(list) ? [...list.entries()] : []).flatMap(([i, text]) =>
    typeof text === "string" ? [[i, text]] : [],
  );
