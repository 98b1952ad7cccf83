// What never changes about a run, read once from its first event.
import {
  type Actor,
  CapturedDocument,
  FileHash,
  isList,
  isObject,
  type Json,
  type JsonObject,
  type Revision,
  type RunId,
  runStream,
  type StreamName,
  type TaskId,
} from "../../domain/index.ts";
import type { BlobStore, Folders } from "../ports/index.ts";
import { readBlob } from "./decode.ts";
import type { Values } from "./encode.ts";
import type { Submission } from "./history.ts";
import { contentsOf, type Sealing } from "./sealing.ts";

/** A captured file of a run; `shared` ones are seen by every script. */
export type FileEntry = FileHash & { readonly path: string };

export type RunFacts = {
  readonly run: RunId;
  readonly tenant: string;
  readonly stream: StreamName;
  readonly submission: Submission;
  /** The id of the actor who submitted it, or for whom that was done. */
  readonly submitter: string;
  readonly inputs: JsonObject;
  readonly folders: Folders | undefined;
  readonly files: ReadonlyMap<string, FileEntry>;
  /** The same by file name suffix (`.py`), so that a script's modules are found without a search; `shared` ones apart. */
  readonly bySuffix: ReadonlyMap<string, readonly FileEntry[]>;
  /** A fork takes these results over: task → revision in the run it came from. */
  readonly reusable: ReadonlyMap<TaskId, Revision>;
  /** The run at the top, of which this one is a part; absent when it is the top itself. */
  readonly root: RunId | undefined;
  /** Workflows that its tasks call, and further ones that these call. */
  readonly workflows: readonly ChildDocument[];
  /** Where their definitions are, also before the first append has made them durable. */
  readonly definitions: BlobStore;
  /** Its captured files. */
  readonly contents: BlobStore;
  readonly sealing: Sealing;
  /** Name as the document writes it → place in `workflows`. */
  readonly calls: { readonly [name: string]: number };
};

/** A captured workflow with its values: paths, folders, calls. */
export type ChildDocument = CapturedDocument & { readonly values: JsonObject };

const utf8 = new TextDecoder();

export async function factsOf(
  run: RunId,
  tenant: string,
  submission: Submission,
  { id, onBehalfOf }: Actor,
  values: Values,
  { blobs, sealing }: { readonly blobs: BlobStore; readonly sealing: Sealing },
  reusable: RunFacts["reusable"],
  root?: RunId,
): Promise<RunFacts> {
  const { inputs, folders } = values;
  const files = await filesOf(submission.files, values.files, tenant, blobs);
  return {
    run,
    tenant,
    stream: runStream(run, tenant),
    submission,
    submitter: onBehalfOf ?? id,
    inputs: isObject(inputs) ? inputs : {},
    folders: foldersOf(folders),
    files: new Map(files.map((file) => [file.path, file])),
    bySuffix: bySuffix(files),
    reusable,
    root,
    definitions: blobs,
    contents: contentsOf(blobs, sealing),
    sealing,
    workflows: await workflowsOf(submission.workflows, values.workflows, tenant, blobs),
    calls: callsIn(values.calls),
  };
}

/** Captured workflows that an event names: control fields and values put together. */
export async function workflowsOf(
  listed: Submission["workflows"],
  values: Values[string] | undefined,
  tenant: string,
  blobs: BlobStore,
): Promise<readonly ChildDocument[]> {
  if (listed === undefined) return [];
  const documents = "$blob" in listed ? await documentsAt(listed.$blob, tenant, blobs) : listed;
  return documents.map((document, i) => {
    const own = isList(values) ? values[i] : undefined;
    return { ...document, values: isObject(own) ? own : {} };
  });
}

async function documentsAt(
  hash: string,
  tenant: string,
  blobs: BlobStore,
): Promise<readonly CapturedDocument[]> {
  const list: unknown = JSON.parse(utf8.decode(await readBlob(hash, tenant, blobs)));
  return CapturedDocument.array().parse(list);
}

export const callsIn = (value: Json | undefined): RunFacts["calls"] =>
  Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).flatMap(([name, place]) =>
      typeof place === "number" ? [[name, place]] : [],
    ),
  );

function bySuffix(files: readonly FileEntry[]): ReadonlyMap<string, readonly FileEntry[]> {
  const groups = new Map<string, FileEntry[]>();
  for (const file of files) {
    const key = file.shared ? "shared" : suffixOf(file.path);
    const group = groups.get(key);
    if (group) group.push(file);
    else groups.set(key, [file]);
  }
  return groups;
}

export const suffixOf = (path: string): string => /\.[^./]*$/.exec(path)?.[0] ?? "";

export function foldersOf(value: Json | undefined): Folders | undefined {
  if (!isObject(value)) return undefined;
  const { document, working } = value;
  return typeof document === "string" && typeof working === "string" ? { document, working } : undefined;
}

/** The files an event names: hashes from its control fields, paths from its values. Erased paths leave none. */
export async function filesOf(
  files: Submission["files"],
  paths: Values[string] | undefined,
  tenant: string,
  blobs: BlobStore,
): Promise<readonly FileEntry[]> {
  if (files === undefined || !isList(paths)) return [];
  const hashes = "$blob" in files ? await hashesAt(files.$blob, tenant, blobs) : files;
  return hashes.flatMap((entry, i) => {
    const path = paths[i];
    return typeof path === "string" ? [{ ...entry, path }] : [];
  });
}

async function hashesAt(hash: string, tenant: string, blobs: BlobStore): Promise<readonly FileHash[]> {
  const list: unknown = JSON.parse(utf8.decode(await readBlob(hash, tenant, blobs)));
  return FileHash.array().parse(list);
}

/** The first event of the run, as it is opened. */
export const submissionEvent = ({ stream, submission }: RunFacts) =>
  ({ stream, revision: 0, event: { type: "RunSubmitted", data: submission } }) as const;
