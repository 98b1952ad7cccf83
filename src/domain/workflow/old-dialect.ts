// A document written for the Python original: which of its keys are written otherwise now, and what of it behaves
// differently here. What is refused is found by `validate`, as in any document.
import { isObject, type Json } from "../json.ts";
import { asWritten, normalise } from "./definition.ts";
import type { Change } from "./old-change.ts";
import { oldKeys } from "./old-keys.ts";
import { ofDocument, ofTask } from "./old-meanings.ts";
import { ofReferences } from "./old-references.ts";
import { taskViews, templateView } from "./task-views.ts";

export function changesIn(raw: Json): readonly Change[] {
  const document = normalise(raw);
  if (!isObject(raw) || !isObject(document)) return [];
  const { tasks, heads } = taskViews(document);
  const template = templateView(document);
  const all = template ? [...tasks, template] : tasks;
  const meanings = [
    ...ofDocument(document, tasks),
    ...all.flatMap((task) => [...ofTask(task), ...ofReferences(task, heads)]),
  ];
  return [...oldKeys(raw), ...meanings.map((change) => ({ ...change, path: asWritten(change.path, raw) }))];
}
