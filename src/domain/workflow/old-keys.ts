// Keys and words of the Python original that are still read, and what is written today.
import { isList, isObject, type Json, type JsonObject } from "../json.ts";
import { isFlatParam } from "./definition.ts";
import { ALIASES } from "./keys.ts";
import type { Change } from "./old-change.ts";
import { priorityOf } from "./policy.ts";
import type { Path } from "./problems.ts";

export function oldKeys(raw: JsonObject): readonly Change[] {
  const tasks = isList(raw.tasks) ? raw.tasks.map((task, i) => [["tasks", i], task] as const) : [];
  const maps: readonly (readonly [Path, Json | undefined])[] = [
    [[], raw],
    ...tasks,
    [["template"], raw.template],
  ];
  return maps.flatMap(([path, map]) =>
    isObject(map) ? [...aliases(map, path), ...numberedPriority(map, path)] : [],
  );
}

function aliases(map: JsonObject, path: Path): readonly Change[] {
  if (path.length === 0) return [];
  const renamed = Object.entries(ALIASES)
    .filter(([key, alias]) => Object.hasOwn(map, alias) && !Object.hasOwn(map, key))
    .map(([to, alias]): Change => {
      const message = `\`${alias}\` is written \`${to}\` now; both are read`;
      return { kind: "key", message, path: [...path, alias], at: "key", to };
    });
  const beside = path[0] === "template" ? Object.keys(map).filter((key) => isFlatParam(key, map)) : [];
  return [
    ...renamed,
    ...beside.map((key): Change => {
      const message = `\`${key}\` beside the template's own keys is read as one of its \`params\`; write it there`;
      return { kind: "key", message, path: [...path, key], at: "key" };
    }),
  ];
}

function numberedPriority({ priority }: JsonObject, path: Path): readonly Change[] {
  const to = priority === 1 || priority === 2 || priority === 3 ? priorityOf(priority) : undefined;
  if (to === undefined) return [];
  const message = `priority \`${JSON.stringify(priority)}\` is written \`${to}\` now; both are read`;
  return [{ kind: "key", message, path: [...path, "priority"], to }];
}
