// What never changes about a run, read once from its first event.
import {
  type FileEntry,
  FileEntry as FileEntrySchema,
  isObject,
  type JsonObject,
  type Revision,
  type RunId,
  runStream,
  type StreamName,
} from "../domain/index.ts";
import { readBlob } from "./decode.ts";
import type { Values } from "./encode.ts";
import type { Submission } from "./history.ts";
import type { BlobStore, Folders } from "./ports/index.ts";

export type RunFacts = {
  readonly run: RunId;
  readonly tenant: string;
  readonly stream: StreamName;
  readonly submission: Submission;
  readonly inputs: JsonObject;
  readonly folders: Folders | undefined;
  readonly files: ReadonlyMap<string, FileEntry>;
  /** The same by file name suffix (`.py`), so that a script's modules are found without a search; `shared` ones apart. */
  readonly bySuffix: ReadonlyMap<string, readonly FileEntry[]>;
  /** A fork takes these results over: task index → revision in the run it came from. */
  readonly reusable: ReadonlyMap<number, Revision>;
};

const utf8 = new TextDecoder();

export async function factsOf(
  run: RunId,
  tenant: string,
  submission: Submission,
  values: Values,
  blobs: BlobStore,
  reusable: RunFacts["reusable"],
): Promise<RunFacts> {
  const { inputs, folders } = values;
  const files = await filesOf(submission.files, tenant, blobs);
  return {
    run,
    tenant,
    stream: runStream(run, tenant),
    submission,
    inputs: isObject(inputs) ? inputs : {},
    folders: foldersOf(folders),
    files: new Map(files.map((file) => [file.path, file])),
    bySuffix: bySuffix(files),
    reusable,
  };
}

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

function foldersOf(value: Values[string] | undefined): Folders | undefined {
  if (!isObject(value)) return undefined;
  const { document, working } = value;
  return typeof document === "string" && typeof working === "string" ? { document, working } : undefined;
}

/** A list of files as it stands in an event: in place, or in a blob when it is long. */
export async function filesOf(
  files: Submission["files"],
  tenant: string,
  blobs: BlobStore,
): Promise<readonly FileEntry[]> {
  if (files === undefined) return [];
  if (!("$blob" in files)) return files;
  const list: unknown = JSON.parse(utf8.decode(await readBlob(files.$blob, tenant, blobs)));
  return FileEntrySchema.array().parse(list);
}
