// Waits and questions to people: what a document says of them, made into instants and ids; what came for them, read back.
import {
  type Brought,
  type ErrorInfo,
  errorInfo,
  isList,
  type Json,
  type JsonObject,
  LONGEST_WAIT_MS,
  parseDuration,
  type RunCommand,
  resolve,
  type Scope,
  type TaskNode,
  taskAt,
  writtenInstant,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import type { TenantKeys } from "../ports/index.ts";
import { paramsNow } from "./settings.ts";
import { valuesOf } from "./values.ts";

/** The opaque id of a user of this machine. */
export const actorId = (keys: TenantKeys, tenant: string, user: string): string =>
  keys.hmac(tenant, "actor", user);

export type Beginning =
  | { readonly ok: true; readonly command: RunCommand }
  | { readonly ok: false; readonly error: ErrorInfo };

const by = (command: RunCommand): Beginning => ({ ok: true, command });

/** The command that begins the wait, or the error of what it refers to. */
export async function waitOf(kit: Kit, driven: Driven, node: TaskNode, scope: Scope): Promise<Beginning> {
  const written = await paramsNow(kit, driven, node);
  const resolved = resolve(written, scope, node.approval ? "approval" : "wait");
  if (!resolved.ok) return resolved;
  return node.approval ? question(kit, driven, node, resolved.value) : timer(kit, node, resolved.value);
}

function timer(kit: Kit, { id, wait, params }: TaskNode, given: JsonObject): Beginning {
  if (wait?.kind !== "timer") return by({ type: "StartWait", task: id });
  if ("for" in params) {
    const parsed = parseDuration(given.for);
    if (!parsed.ok) return refused("wait.for", parsed.message);
    if (parsed.ms > LONGEST_WAIT_MS) return refused("wait.for", "more than ten years");
    return by({ type: "StartWait", task: id, afterMs: parsed.ms });
  }
  const instant = writtenInstant(given.until, wait.timezone, kit.zones);
  return instant.ok
    ? by({ type: "StartWait", task: id, at: instant.at })
    : refused("wait.until", instant.message);
}

export function question(
  { keys }: Kit,
  { facts: { tenant, submitter } }: Driven,
  { id, approval: asked }: TaskNode,
  { message, approvers, not_by }: JsonObject,
): Beginning {
  const names = approvers === undefined ? undefined : namesIn(approvers);
  const excluded = not_by === undefined ? [] : namesIn(not_by);
  if (names === undefined && approvers !== undefined) return refused("approval.approvers", NO_NAMES);
  if (!excluded) return refused("approval.not_by", NO_NAMES);
  const idOf = (name: string): string => (name === "submitter" ? submitter : actorId(keys, tenant, name));
  const notBy = [...new Set(excluded.map(idOf))];
  const ids = names && [...new Set(names.map((name) => actorId(keys, tenant, name)))];
  const few = ids?.filter((one) => !notBy.includes(one)).length ?? Number.POSITIVE_INFINITY;
  const min = asked?.min ?? 1;
  if (few < min)
    return refused("approval.approvers", `${few} of them may decide, and ${min} approvals are needed`);
  return by({
    type: "RequestApproval",
    task: id,
    message: typeof message === "string" ? message : JSON.stringify(message),
    notBy,
    ...(names && ids && { approvers: { names, ids } }),
  });
}

const NO_NAMES = "must be a list of names of users";

function namesIn(value: Json): readonly string[] | undefined {
  const names = isList(value) ? value.filter((name) => typeof name === "string" && name !== "") : [];
  return isList(value) && names.length === value.length ? names.map(String) : undefined;
}

const refused = (path: string, what: string): Beginning => ({
  ok: false,
  error: errorInfo("TASK_PARAMETER_ERROR", `${path}: ${what}`, { details: { path } }),
});

/** The payload of the signal that came, or what was said with each decision. */
export async function broughtTo(kit: Kit, driven: Driven, index: number): Promise<Brought> {
  const { wait } = taskAt(driven.state, index);
  if (!wait) return {};
  if (wait.answer?.kind === "signal") {
    const { at } = wait.answer;
    const { payload } = (await valuesOf(kit, driven, [at])).get(at) ?? {};
    return payload === undefined ? {} : { payload };
  }
  const values = await valuesOf(
    kit,
    driven,
    wait.said.map(({ at }) => at),
  );
  return {
    said: wait.said.map(({ at }) => {
      const { reason, edit } = values.get(at) ?? {};
      return { ...(reason !== undefined && { reason }), ...(edit !== undefined && { edit }) };
    }),
  };
}
