// Workflows that a workflow calls are inputs: captured when the run is submitted, with all they call in turn. They stand
// in one list, however often one is called; each knows by which name it calls which other.
import {
  callsIn,
  type Definition,
  GleitzeitError,
  type Json,
  type JsonObject,
  type RunEventOf,
} from "../domain/index.ts";
import { type CapturedForRun, type CaptureKit, capturedFor } from "./capture.ts";
import { blobOf, blobRef, jsonBlob } from "./encode.ts";
import { definitionBlob, workflowRef } from "./encode-definition.ts";
import type { Blob, Captured, Folders, Sha256 } from "./ports/index.ts";
import { listed } from "./task-files.ts";

/** Name as written → place in the list. */
export type Calls = { readonly [name: string]: number };

export type CapturedWorkflow = {
  readonly definition: Definition;
  readonly source: Captured;
  readonly files: readonly CapturedForRun[];
  readonly batchFiles?: readonly string[];
  readonly folders?: Folders;
  readonly calls: Calls;
};

export type CapturedWorkflows = { readonly list: readonly CapturedWorkflow[]; readonly calls: Calls };

/** A document found by the name that stands in another. `key` is the same for the same document. */
export type FoundWorkflow = Omit<CapturedWorkflow, "files" | "calls"> & { readonly key: string };

export type FindWorkflow = (name: string, folders: Folders | undefined) => Promise<FoundWorkflow>;

const MOST = 1000;

export async function capturedWorkflows(
  kit: CaptureKit,
  definition: Definition,
  folders: Folders | undefined,
  find: FindWorkflow,
): Promise<CapturedWorkflows | undefined> {
  const list: (CapturedWorkflow | undefined)[] = [];
  const places = new Map<string, number>();

  const callsOf = async (caller: Definition, where: Folders | undefined): Promise<Calls> => {
    const calls: { [name: string]: number } = {};
    for (const { workflow } of callsIn(caller)) calls[workflow] ??= await placeOf(workflow, where);
    return calls;
  };

  const placeOf = async (name: string, where: Folders | undefined): Promise<number> => {
    const { key, ...found } = await find(name, where);
    const known = places.get(key);
    if (known !== undefined) return known;
    const place = list.push(undefined) - 1;
    if (place >= MOST) {
      throw new GleitzeitError("RESOURCE_EXHAUSTED", `more than ${MOST} workflows call each other`);
    }
    places.set(key, place);
    const nowhere = { document: "/", working: "/" };
    const files = await capturedFor(kit, found.folders ?? nowhere, found.definition, found.batchFiles);
    list[place] = { ...found, files, calls: await callsOf(found.definition, found.folders) };
    return place;
  };

  const calls = await callsOf(definition, folders);
  return list.length === 0 ? undefined : { calls, list: list.filter((one) => one !== undefined) };
}

type Submission = RunEventOf<"RunSubmitted">["data"];

export type ListedWorkflows = {
  readonly control: Pick<Submission, "workflows">;
  readonly values: { readonly workflows?: Json; readonly calls?: Json };
  readonly blobs: readonly Blob[];
  /** What makes one request differ from another. */
  readonly hashes: Json;
};

/** More entries than this stand in a blob. */
const INLINE = 16;

export function listedWorkflows(captured: CapturedWorkflows | undefined, sha256: Sha256): ListedWorkflows {
  if (!captured) return { control: {}, values: {}, blobs: [], hashes: [] };
  const entries = captured.list.map((one) => entryOf(one, sha256));
  const control = entries.map((entry) => entry.control);
  const list = control.length > INLINE ? jsonBlob(control, sha256) : undefined;
  return {
    control: { workflows: list ? blobRef(list, "json") : control },
    values: { workflows: entries.map(({ values }) => values), calls: captured.calls },
    blobs: [...entries.flatMap(({ blobs }) => blobs), ...(list ? [list] : [])],
    hashes: entries.flatMap(({ blobs }) => blobs.map(({ hash }) => hash)),
  };
}

function entryOf(
  { definition, source, files, batchFiles, folders, calls }: CapturedWorkflow,
  sha256: Sha256,
) {
  const blob = definitionBlob(definition, sha256);
  const batch = batchFiles && jsonBlob(batchFiles, sha256);
  const entries = files.map(({ file, shared }) => ({ ...file, ...(shared && { shared }) }));
  const contents = files.map(({ file, bytes }) => ({ hash: file.hash, bytes }));
  const found = listed(entries, contents, { sha256 });
  const values: JsonObject = {
    source: source.file.path,
    calls,
    ...(found.paths && { files: found.paths }),
    ...(folders && { folders }),
  };
  return {
    control: {
      workflow: workflowRef(definition, blob),
      source: { hash: source.file.hash, size: source.file.size },
      ...(found.files && { files: found.files }),
      ...(batch && { batch: { count: batchFiles?.length ?? 0, list: blobRef(batch, "json") } }),
    },
    values,
    blobs: [blob, blobOf(source.bytes, sha256), ...found.blobs, ...(batch ? [batch] : [])],
  };
}
