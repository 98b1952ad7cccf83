// What a fork may change: inputs, the params of tasks that run again, the results of any.
import type { TaskId } from "../ids.ts";
import type { Json, JsonObject } from "../json.ts";
import type { Graph } from "../workflow/graph.ts";
import { didYouMean } from "../workflow/suggest.ts";
import { taskNamed } from "./growth.ts";
import { inputProblem, type Setting, settingOf } from "./settings.ts";
import type { RunState } from "./state.ts";

export type ForkChange =
  | { readonly of: "inputs"; readonly name: string; readonly path: Setting["path"]; readonly value: Json }
  | {
      readonly of: "params" | "result";
      readonly task: TaskId;
      readonly path: Setting["path"];
      readonly value: Json;
    };

export type ForkChanges =
  | { readonly ok: true; readonly changes: readonly ForkChange[] }
  | { readonly ok: false; readonly message: string };

/** `graph` is the fork's; what a run has added to its own can be named too. */
export function forkChanges(set: JsonObject, state: RunState, graph: Graph): ForkChanges {
  const changes: ForkChange[] = [];
  for (const [text, value] of Object.entries(set)) {
    const setting = settingOf(text);
    if (!setting) {
      const what = "there are inputs.<name>, tasks.<id>.params… and tasks.<id>.result…";
      return { ok: false, message: `\`${text}\` cannot be set: ${what}` };
    }
    if (setting.of === "inputs") {
      const problem = inputProblem(setting, value, graph);
      if (problem !== undefined) return { ok: false, message: problem };
      changes.push({ ...setting, value });
      continue;
    }
    const task = namedIn(setting.task, state, graph);
    if (task === undefined) {
      const hint = didYouMean(setting.task, graph.heads.tasks.keys());
      return { ok: false, message: `unknown task \`${setting.task}\`${hint}` };
    }
    changes.push({ of: setting.of, task, path: setting.path, value });
  }
  return { ok: true, changes };
}

export function namedIn(name: string, state: RunState, graph: Graph): TaskId | undefined {
  const index = graph.heads.tasks.get(name);
  return (index === undefined ? undefined : graph.nodes[index]?.id) ?? taskNamed(state, name)?.id;
}
