// The params of a task when it begins, or what is to be done instead: it is left out, or refused.
import {
  conditionHolds,
  copyOf,
  type ErrorInfo,
  errorInfo,
  type Json,
  type JsonObject,
  jcs,
  type RunCommand,
  resolve,
  type Scope,
  type SecretPlace,
  type Steer,
  type TaskNode,
  taskAt,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import type { Blob } from "../ports/index.ts";
import { cacheText } from "./cached.ts";
import { paramsNow } from "./settings.ts";
import { conditionNow, scopeFor } from "./task-scope.ts";

export type Owed = { readonly command: RunCommand; readonly blobs?: readonly Blob[] };

export type Params = {
  readonly params: JsonObject;
  readonly isNew: boolean;
  readonly cached: string | undefined;
  readonly secrets?: readonly SecretPlace[];
  readonly steer?: Steer;
};

/** The params as they are now, or what is to be done instead. */
export async function paramsOf(kit: Kit, driven: Driven, node: TaskNode): Promise<Owed | Params> {
  if (isPlain(driven, node)) return { params: copyOf(node.params), isNew: false, cached: undefined };
  const scope = await scopeFor(kit, driven, node);
  const left = await leftOut(kit, driven, node, scope);
  if (left) return left;
  const written = await paramsNow(kit, driven, node);
  const resolved = resolve(written, scope);
  if (!resolved.ok) return refused(node, resolved.error);
  const cached = cacheText(driven, node, scope);
  if (cached?.ok === false) return refused(node, cached.error);
  const steer = steerOf(node, scope);
  if (!steer.ok) return refused(node, steer.error);
  const { value: params, secrets } = resolved;
  const isNew = node.isDynamic || written !== node.params;
  const more = { ...(secrets && { secrets }), ...(steer.value && { steer: steer.value }) };
  return { params, isNew, cached: cached?.text, ...more };
}

/** Nothing that it says depends on what has happened. */
const isPlain = (driven: Driven, node: TaskNode): boolean =>
  !node.isDynamic &&
  !node.cache &&
  !node.steer &&
  taskAt(driven.state, node.index).changedAt.length === 0 &&
  conditionNow(driven, node) === undefined;

type Steering =
  | { readonly ok: true; readonly value: Steer | undefined }
  | { readonly ok: false; readonly error: ErrorInfo };

/** As texts. What undoes a task is not steered: it refers to other things. */
function steerOf({ steer, compensates }: TaskNode, scope: Scope): Steering {
  if (!steer || compensates !== undefined) return { ok: true, value: undefined };
  const resolved = resolve({ ...steer }, scope, "affinity or hash_key");
  if (!resolved.ok) return resolved;
  const text = (value: Json | undefined): string | undefined =>
    value === undefined || typeof value === "string" ? value : jcs(value);
  const [affinity, hashKey] = [text(resolved.value.affinity), text(resolved.value.hashKey)];
  const value = { ...(affinity !== undefined && { affinity }), ...(hashKey !== undefined && { hashKey }) };
  return { ok: true, value };
}

/** When its condition keeps a task from running, or cannot be judged. */
export async function leftOut(
  kit: Kit,
  driven: Driven,
  node: TaskNode,
  scope: Scope,
): Promise<Owed | undefined> {
  const when = conditionNow(driven, node);
  const condition = when && conditionHolds(when, scope, await kit.expressions());
  if (condition?.ok === false) return refused(node, condition.error, "condition");
  if (condition?.value !== false) return undefined;
  return { command: { type: "SkipTask", task: node.id, reason: "condition" } };
}

export const refused = ({ id }: TaskNode, error: ErrorInfo, of?: "condition"): Owed => ({
  command: {
    type: "RejectParams",
    task: id,
    error: { ...error, retryable: false },
    ...(of !== undefined && { of }),
  },
});

/** What could not be checked before the run, because references stood in the way, is checked now. */
export function paramsProblem(
  { registry }: Kit,
  node: TaskNode,
  params: Json,
  secrets: readonly SecretPlace[] = [],
): ErrorInfo | undefined {
  const problems = registry.check(
    node.protocol,
    node.method,
    params,
    node.provider ?? node.preferredProvider,
  );
  const [first, ...others] = problems.filter(({ path }) => !secrets.some((one) => holds(path, one)));
  if (!first) return undefined;
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  const place = first.path.length > 0 ? `params.${first.path.join(".")}: ` : "params: ";
  return errorInfo("INVALID_PARAMS", `${place}${first.message}${more}`);
}

/** What is wrong may be that a reference stands where the secret will: the provider says so when it is called. */
const holds = (path: readonly (string | number)[], secret: SecretPlace): boolean =>
  path.every((step, i) => step === secret.path[i]);
