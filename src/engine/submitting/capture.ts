// Files are inputs: what a document's tasks name in so many words is captured before the run starts, by hash. What
// only resolved references name is captured when the attempt is scheduled (task-files.ts).
import {
  compile,
  type Definition,
  GleitzeitError,
  hasTemplates,
  isList,
  isObject,
  type Json,
  type TaskNode,
} from "../../domain/index.ts";
import { agentCalls } from "../agent/calls.ts";
import type { Captured, FileCapture, FileNeeds, Folders, Method, Sha256 } from "../ports/index.ts";

/** Of a registry: which files a call of a method wants to see. */
type FilesOfMethods = {
  readonly method: (protocol: string, name: string) => Pick<Method, "files"> | undefined;
};

export type CaptureKit = { readonly registry: FilesOfMethods; readonly files: FileCapture };

export type CapturedForRun = Captured & { readonly shared?: boolean };

/** Each file once; `shared` are those that the document names for all its scripts. */
export async function capturedFor(
  { registry, files }: CaptureKit,
  folders: Folders,
  definition: Definition,
  batchFiles?: readonly string[],
): Promise<readonly CapturedForRun[]> {
  const found = new Map<string, CapturedForRun>();
  for (const { needs, task } of distinct(compile(definition, batchFiles).nodes, registry)) {
    const captured = await files.capture(folders, needs).catch((error: unknown) => {
      throw ofTask(task, error);
    });
    for (const one of captured) found.set(one.file.path, one);
  }
  if (definition.files) {
    const globs: FileNeeds = { required: [], mentioned: [], globs: definition.files, modulesOf: [] };
    for (const captured of await files.capture(folders, globs)) {
      found.set(captured.file.path, { ...captured, shared: true });
    }
  }
  return [...found.values()];
}

type Wanted = { readonly needs: FileNeeds; readonly task: string };

/** Many tasks of one document call the same script. */
function distinct(nodes: readonly TaskNode[], registry: FilesOfMethods): Iterable<Wanted> {
  const byText = new Map<string, Wanted>();
  const called = nodes.flatMap((node) => [
    node,
    ...[...node.fallbacks, ...(node.compensate ? [node.compensate] : []), ...agentCalls(node)].map(
      (other) => ({ ...other, id: node.id }),
    ),
  ]);
  for (const { id, protocol, method, params } of called) {
    const literal = withoutTemplates(params);
    const needs = isObject(literal) ? registry.method(protocol, method)?.files?.(literal) : undefined;
    if (!needs || isEmpty(needs)) continue;
    const text = JSON.stringify(needs);
    if (!byText.has(text)) byText.set(text, { needs, task: id });
  }
  return byText.values();
}

function ofTask(task: string, error: unknown): unknown {
  if (!(error instanceof GleitzeitError)) return error;
  const message = `task ${task}: ${error.message}`;
  return new GleitzeitError(error.code, message, { cause: error, problems: [{ code: error.code, message }] });
}

const isEmpty = (needs: FileNeeds): boolean => Object.values(needs).every((list) => list.length === 0);

function withoutTemplates(value: Json): Json {
  if (isList(value)) return value.filter((member) => !isTemplate(member)).map(withoutTemplates);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, member]) => !isTemplate(member));
  return Object.fromEntries(kept.map(([key, member]) => [key, withoutTemplates(member)]));
}

const isTemplate = (value: Json): boolean => typeof value === "string" && hasTemplates(value);

/** A text that is at hand, as if it had been captured. */
export const capturedText = (path: string, bytes: Uint8Array, sha256: Sha256): Captured => ({
  file: { path, hash: `sha256-${sha256(bytes)}`, size: bytes.length },
  bytes,
});
