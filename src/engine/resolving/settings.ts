// Values that a resume has changed, in the order in which they were changed.
import {
  isList,
  isObject,
  type Json,
  type JsonObject,
  literally,
  type Revision,
  type Setting,
  settingOf,
  type TaskNode,
  taskAt,
  taskNamed,
  withValue,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import { valuesOf } from "./values.ts";

type Set = { readonly setting: Setting; readonly value: Json };

async function setsAt(kit: Kit, driven: Driven, revisions: readonly Revision[]): Promise<readonly Set[]> {
  if (revisions.length === 0) return [];
  const values = await valuesOf(kit, driven, revisions);
  return revisions.flatMap((revision) => {
    const set = values.get(revision)?.set;
    return Object.entries(isObject(set) ? set : {}).flatMap(([text, value]) => {
      const setting = settingOf(text);
      return setting ? [{ setting, value }] : [];
    });
  });
}

export async function inputsNow(kit: Kit, driven: Driven): Promise<JsonObject> {
  const { facts, state } = driven;
  let inputs: Json = facts.inputs;
  for (const { setting, value } of await setsAt(kit, driven, state.head.inputsAt)) {
    if (setting.of === "inputs") inputs = withValue(inputs, [setting.name, ...setting.path], value);
  }
  return isObject(inputs) ? inputs : facts.inputs;
}

/** As written, with what was set put in: as data, whatever it looks like. */
export async function paramsNow(kit: Kit, driven: Driven, node: TaskNode): Promise<JsonObject> {
  let changed: Json = node.params;
  for (const { setting, value } of await setsAt(kit, driven, taskAt(driven.state, node.index).changedAt)) {
    if (setting.of === "params" && isOf(setting, driven, node))
      changed = withValue(changed, setting.path, asWritten(value));
  }
  return isObject(changed) ? changed : node.params;
}

/** The same of params that are resolved already. */
export async function changedParams(
  kit: Kit,
  driven: Driven,
  node: TaskNode,
  params: JsonObject,
): Promise<JsonObject> {
  let changed: Json = params;
  for (const { setting, value } of await setsAt(kit, driven, taskAt(driven.state, node.index).changedAt)) {
    if (setting.of === "params" && isOf(setting, driven, node))
      changed = withValue(changed, setting.path, value);
  }
  return isObject(changed) ? changed : params;
}

function asWritten(value: Json): Json {
  if (typeof value === "string") return literally(value);
  if (isList(value)) return value.map(asWritten);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, asWritten(member)]));
}

export async function givenResult(kit: Kit, driven: Driven, node: TaskNode): Promise<Json> {
  const { givenAt } = taskAt(driven.state, node.index);
  const sets = await setsAt(kit, driven, givenAt === undefined ? [] : [givenAt]);
  return sets.find(({ setting }) => setting.of === "result" && isOf(setting, driven, node))?.value ?? null;
}

const isOf = (setting: Setting, { state }: Driven, node: TaskNode): boolean =>
  setting.of !== "inputs" && taskNamed(state, setting.task)?.index === node.index;
