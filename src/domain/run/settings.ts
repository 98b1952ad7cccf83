// What `resume` may change on the way: inputs, the params of what has not begun, the result of what failed.
import type { TaskId } from "../ids.ts";
import { isList, isObject, type Json, type JsonObject } from "../json.ts";
import type { Graph } from "../workflow/graph.ts";
import { inputTypeProblem } from "../workflow/inputs.ts";
import type { Path } from "../workflow/problems.ts";
import { tailOf } from "../workflow/reference-tail.ts";
import { isSecretName } from "../workflow/secret-places.ts";
import { didYouMean } from "../workflow/suggest.ts";
import type { RunEventOf } from "./events.ts";
import { taskNamed } from "./growth.ts";
import { type RunState, taskAt } from "./state.ts";

/** `path` leads on from the input, the params or the result. */
export type Setting =
  | { readonly of: "inputs"; readonly name: string; readonly path: Path }
  | { readonly of: "params" | "result"; readonly task: string; readonly path: Path };

/** `inputs.x`, `tasks.<id>.params.a[0]`, `tasks["a b"].result`. */
export function settingOf(text: string): Setting | undefined {
  const head = /^(?:inputs|tasks)(?=[.[])/.exec(text)?.[0];
  const tail = head === undefined ? undefined : tailOf(`${text}}`, head.length);
  if (!tail?.ok || tail.fallback || tail.end !== text.length + 1) return undefined;
  const [first] = tail.path;
  if (typeof first !== "string") return undefined;
  if (head === "inputs") return { of: "inputs", name: first, path: tail.path.slice(1) };
  // An element goes by its task and its place: tasks.each[2].result.
  const end = tail.path.findIndex((step, i) => i > 0 && typeof step === "string");
  const places = end < 0 ? [] : tail.path.slice(1, end);
  const name = `${first}${places.map((n) => `[${n}]`).join("")}`;
  const [of, ...path] = tail.path.slice(1 + places.length);
  return of === "params" || of === "result" ? { of, task: name, path } : undefined;
}

type Changes = Omit<RunEventOf<"RunResumed">["data"], "values" | "sealed">;
export type Checked =
  | { readonly ok: true; readonly changes: Changes }
  | { readonly ok: false; readonly message: string };

/** What they change, by its control fields; or what is wrong with the first that is. */
export function checkSettings(set: JsonObject, state: RunState): Checked {
  const results: TaskId[] = [];
  const params: TaskId[] = [];
  let inputs = false;
  for (const [text, value] of Object.entries(set)) {
    const setting = settingOf(text);
    if (!setting)
      return refuse(
        `\`${text}\` cannot be set: there are inputs.<name>, tasks.<id>.params… and tasks.<id>.result`,
      );
    const problem =
      setting.of === "inputs" ? inputProblem(setting, value, state.graph) : taskProblem(setting, state);
    if (problem !== undefined) return refuse(problem);
    const task = setting.of === "inputs" ? undefined : taskNamed(state, setting.task)?.id;
    if (task === undefined) inputs = true;
    else (setting.of === "result" ? results : params).push(task);
  }
  return {
    ok: true,
    changes: {
      ...(inputs && { inputs: true as const }),
      ...(params.length > 0 && { params: [...new Set(params)] }),
      ...(results.length > 0 && { results: [...new Set(results)] }),
    },
  };
}

const refuse = (message: string): Checked => ({ ok: false, message });

type OfInput = Extract<Setting, { readonly of: "inputs" }>;

export function inputProblem(
  { name, path }: OfInput,
  value: Json,
  graph: Pick<Graph, "inputs">,
): string | undefined {
  const declared = Object.hasOwn(graph.inputs, name) ? graph.inputs[name] : undefined;
  if (!declared) return `unknown input \`${name}\`${didYouMean(name, Object.keys(graph.inputs))}`;
  // What was given may be the secret itself, by mistake: it is not repeated.
  if (declared.secret && (path.length > 0 || typeof value !== "string" || !isSecretName(value)))
    return `input \`${name}\` takes the name of a secret, never the secret itself`;
  const fault = path.length === 0 ? inputTypeProblem(value, declared.type) : undefined;
  return fault && `input \`${name}\` ${fault}`;
}

function taskProblem(
  { of, task: name, path }: Exclude<Setting, OfInput>,
  state: RunState,
): string | undefined {
  const node = taskNamed(state, name);
  if (!node) return `unknown task \`${name}\`${didYouMean(name, state.graph.heads.tasks.keys())}`;
  const { status, attempt } = taskAt(state, node.index);
  const isHeld = state.head.held.includes(node.index);
  if (of === "params")
    return isHeld || (status === "waiting" && attempt === 0)
      ? undefined
      : `task \`${name}\` is ${status}: its params are settled`;
  if (!isHeld)
    return `task \`${name}\` is ${status}: a result is given only for a task that the run is paused for`;
  return path.length === 0
    ? undefined
    : `the result of \`${name}\` is given as a whole: tasks.${name}.result`;
}

/** A copy in which that place holds that value; what is missing on the way is made. */
export function withValue(root: Json | undefined, [step, ...rest]: Path, value: Json): Json {
  if (step === undefined) return value;
  if (isList(root) && typeof step === "number") {
    const list = [...root];
    list[Math.min(step, root.length)] = withValue(root[step], rest, value);
    return list;
  }
  const members = isObject(root) ? root : {};
  const old = Object.hasOwn(members, step) ? members[step] : undefined;
  return Object.fromEntries([...Object.entries(members), [String(step), withValue(old, rest, value)]]);
}
