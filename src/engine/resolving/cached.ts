// A result that was recorded for the same call, taken instead of calling again. STORED FORMAT: the key stands in events,
// and a call of any version must give the one that it always gave.
import {
  asError,
  isObject,
  type Json,
  type JsonObject,
  jcs,
  type Millis,
  millisOf,
  type RunCommand,
  recordedHere,
  resolve,
  type Scope,
  type SecretPlace,
  type TaskNode,
  taskAt,
} from "../../domain/index.ts";
import type { Driven } from "../driven.ts";
import type { Kit } from "../host.ts";
import { openValues } from "../log/decode.ts";
import type { ListedFiles } from "./task-files.ts";
import { recordsAt, valuesOf } from "./values.ts";

/** What the author says that tells this call from others; undefined when nothing is to be taken or recorded. */
export function cacheText({ state }: Driven, { cache, index }: TaskNode, scope: Scope) {
  if (!cache || taskAt(state, index).fellBack > 0) return undefined;
  const resolved = resolve(cache.key, scope, "cache.key");
  if (!resolved.ok) return resolved;
  const { value } = resolved;
  return { ok: true, text: typeof value === "string" ? value : jcs(value) } as const;
}

type Call = {
  readonly node: TaskNode;
  readonly params: JsonObject;
  readonly files: Pick<ListedFiles, "files" | "paths">;
  /** By name: the values are not known here, and never part of what is stored. */
  readonly secrets: readonly SecretPlace[] | undefined;
  readonly text: string;
};

/** The same for calls of one version of a method by one provider with equal params, files and author's key. */
export function cacheKeyOf(
  { keys, registry }: Kit,
  { facts: { tenant, submission } }: Driven,
  { node, params, files, secrets, text }: Call,
): string {
  const { protocol, method, provider, preferredProvider } = node;
  const parts: Json = {
    protocol,
    method,
    version: registry.method(protocol, method, provider ?? preferredProvider, params)?.version ?? 0,
    provider: registry.find(protocol, provider, preferredProvider, { method, params })?.name ?? "",
    params,
    ...(files.files && {
      files: isObject(files.files) ? { ...files.files } : files.files.map((one) => ({ ...one })),
    }),
    ...(files.paths && { paths: files.paths }),
    ...(secrets && { secrets }),
    ...(submission.subject !== undefined && { subject: submission.subject }),
    key: text,
  };
  return `hmac-sha256-${keys.hmac(tenant, "cache", jcs(parts))}`;
}

/** Whatever goes wrong here costs a call, never the run. */
export async function recordedFor(
  kit: Kit,
  driven: Driven,
  { id, cache }: TaskNode,
  key: string,
): Promise<RunCommand | undefined> {
  const { tenant, run } = driven.facts;
  const isFresh = (at: Millis): boolean => kit.clock.now() - at <= (cache?.ttlMs ?? Infinity);
  try {
    const here = recordedHere(driven.state, key);
    if (here && isFresh(here.at)) {
      const { result } = (await valuesOf(kit, driven, [here.revision])).get(here.revision) ?? {};
      const from = { run, revision: here.revision };
      if (result !== undefined) return { type: "TakeCached", task: id, from, result };
    }
    const found = await (await kit.readModels()).result(tenant, key);
    if (!found || !isFresh(millisOf(found.at))) return undefined;
    const [record] = await recordsAt(kit, found.run, tenant, [found.revision]);
    if (record?.event.type !== "TaskSucceeded" || record.event.data.cacheKey !== key) return undefined;
    const { result } = await openValues(record, tenant, kit);
    if (result === undefined) return undefined; // erased
    return { type: "TakeCached", task: id, from: { run: found.run, revision: found.revision }, result };
  } catch (error) {
    kit.log.warn({ run, task: id, error: asError(error) }, "recorded results cannot be looked up");
    return undefined;
  }
}
