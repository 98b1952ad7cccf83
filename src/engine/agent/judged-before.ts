// What was made of a turn's requests in the run from which the turn is taken over: the tools of today may say otherwise of
// them, and then every step after it would be another one than that whose result is taken over.
import {
  isList,
  isObject,
  type Json,
  type JsonObject,
  type Steps,
  type TaskNode,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import { openValues } from "../log/decode.ts";
import { eventsOf } from "../log/history.ts";

export type JudgedBefore = {
  /** A turn where every request was refused. */
  readonly steps: Steps;
  readonly items: readonly JsonObject[];
  readonly refused: readonly JsonObject[];
};

/** Undefined where the turn is this run's own, or where the earlier run had not gone on from it yet. */
export async function judgedBefore(
  kit: Kit,
  { facts }: Driven,
  agent: TaskNode,
  turn: TaskNode,
): Promise<JudgedBefore | undefined> {
  const from = facts.submission.forkedFrom;
  const said = facts.reusable.get(turn.id);
  if (!from || said === undefined) return undefined;
  for await (const recorded of eventsOf(kit.events, from.run, facts.tenant, said + 1)) {
    const { event, revision } = recorded;
    if (revision > from.revision) return undefined;
    if (event.type !== "TasksAdded" || event.data.template !== agent.id) continue;
    const { items, refused } = await openValues(recorded, facts.tenant, kit);
    return { steps: event.data.steps ?? [], items: objects(items), refused: objects(refused) };
  }
  return undefined;
}

const objects = (values: Json | undefined): readonly JsonObject[] =>
  isList(values) ? values.filter((value) => isObject(value)) : [];
