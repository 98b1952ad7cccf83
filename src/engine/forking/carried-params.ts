// What the fork before has changed of params holds on in what is forked from it, or retried, unless it is changed again.
import { isObject, type JsonObject, settingOf, type TaskId } from "../../domain/index.ts";
import type { Values } from "../log/encode.ts";
import type { Submission } from "../log/history.ts";

export type Carried = { readonly tasks: readonly TaskId[]; readonly set: JsonObject };

export function carriedParams(
  { forkedFrom }: Submission,
  { set }: Values,
  changed: readonly TaskId[] = [],
): Carried {
  const tasks = (forkedFrom?.params ?? []).filter((task) => !changed.includes(task));
  const kept = Object.entries(isObject(set) ? set : {}).filter(([text]) => {
    const setting = settingOf(text);
    return setting?.of === "params" && tasks.some((task) => task === setting.task);
  });
  return { tasks, set: Object.fromEntries(kept) };
}
