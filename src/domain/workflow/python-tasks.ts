// The tasks of a document that run Python, whatever else is right or wrong with it.
import { isList, isObject, type Json, type JsonObject } from "../json.ts";
import { asWritten, normalise } from "./definition.ts";
import type { Path } from "./problems.ts";
import { targetOf } from "./target.ts";
import { taskViews, templateView } from "./task-views.ts";

/** Script tasks of the document, for whoever can look into their files. */
export function pythonTasks(
  raw: Json,
): readonly { readonly path: Path; readonly params: JsonObject; readonly files: readonly Json[] }[] {
  const document = normalise(raw);
  if (!isObject(document)) return [];
  const template = templateView(document);
  const files = isList(document.files) ? document.files : [];
  return [...taskViews(document).tasks, ...(template ? [template] : [])]
    .filter(({ written }) => isPython(written))
    .map(({ path, params }) => ({
      path: asWritten([...path, "params", params.file === undefined ? "code" : "file"], raw),
      params,
      files: [...files, ...(isList(params.files) ? params.files : [])],
    }));
}

export function isPython({ method, protocol }: JsonObject): boolean {
  if (typeof method !== "string") return false;
  const target = targetOf({ method, ...(typeof protocol === "string" && { protocol }) });
  return target.protocol === "python/v1" && target.method === "execute";
}
