// Workflows that a workflow calls are inputs: captured when the run is submitted, with all they call in turn. They stand
// in one list, however often one is called; each knows by which name it calls which other.
import {
  callsIn,
  type Definition,
  GleitzeitError,
  type Json,
  type JsonObject,
  MOST_NESTED,
  type RunEventOf,
} from "../../domain/index.ts";
import { blobOf, blobRef, jsonBlob } from "../log/encode.ts";
import { definitionBlob, workflowRef } from "../log/encode-definition.ts";
import { type Stored, storedInClear } from "../log/sealing.ts";
import type { Blob, Captured, Folders, Sha256 } from "../ports/index.ts";
import { listed } from "../resolving/task-files.ts";
import type { CapturedForRun } from "./capture.ts";

/** Name as written → place in the list. */
export type Calls = { readonly [name: string]: number };

export type CapturedWorkflow = {
  readonly definition: Definition;
  /** A document made by a program has none. */
  readonly source?: Captured;
  readonly files: readonly CapturedForRun[];
  readonly batchFiles?: readonly string[];
  readonly folders?: Folders;
  readonly calls: Calls;
};

export type CapturedWorkflows = { readonly list: readonly CapturedWorkflow[]; readonly calls: Calls };

/** A workflow found by the name that stands in another. `key` is the same for the same one; `from` is where it calls from. */
export type FoundWorkflow<From> = Omit<CapturedWorkflow, "calls"> & {
  readonly key: string;
  readonly from: From;
};

export type FindWorkflow<From> = (name: string, from: From) => Promise<FoundWorkflow<From>>;

const MOST = 1000;

/** `isWanted`: of a workflow that is not to run yet, only those that it calls by file. */
export async function capturedWorkflows<From>(
  definition: Definition,
  from: From,
  find: FindWorkflow<From>,
  isWanted: (name: string) => boolean = () => true,
): Promise<CapturedWorkflows | undefined> {
  const list: (CapturedWorkflow | undefined)[] = [];
  const places = new Map<string, number>();

  const callsOf = async (caller: Definition, where: From): Promise<Calls> => {
    const calls: { [name: string]: number } = {};
    for (const { workflow } of callsIn(caller)) {
      if (isWanted(workflow)) calls[workflow] ??= await placeOf(workflow, where);
    }
    return calls;
  };

  const placeOf = async (name: string, where: From): Promise<number> => {
    const { key, from: inside, ...found } = await find(name, where);
    const known = places.get(key);
    if (known !== undefined) return known;
    const place = list.push(undefined) - 1;
    if (place >= MOST) {
      throw new GleitzeitError("RESOURCE_EXHAUSTED", `more than ${MOST} workflows call each other`);
    }
    places.set(key, place);
    list[place] = { ...found, calls: await callsOf(found.definition, inside) };
    return place;
  };

  const calls = await callsOf(definition, from);
  if (list.length === 0) return undefined;
  const captured = { calls, list: list.filter((one) => one !== undefined) };
  checkNesting(captured);
  return captured;
}

/** What calls itself, however far round, or goes deeper than runs may be nested, never gets to an end. */
function checkNesting({ calls, list }: CapturedWorkflows): void {
  const depths = new Map<number, number>();
  const refuse = (message: string): never => {
    throw new GleitzeitError("WORKFLOW_CIRCULAR_DEPENDENCY", message);
  };

  const below = (callees: Calls, way: readonly (readonly [string, number])[]): number => {
    let deepest = 0;
    for (const [name, place] of Object.entries(callees)) {
      const round = way.findIndex(([, other]) => other === place);
      if (round >= 0) {
        const circle = [...way.slice(round).map(([one]) => one), name];
        refuse(`\`${name}\` includes itself: ${circle.join(" → ")}`);
      }
      const depth = depths.get(place) ?? 1 + below(list[place]?.calls ?? {}, [...way, [name, place]]);
      depths.set(place, depth);
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  };

  const depth = below(calls, []);
  const first = Object.entries(calls).find(([, place]) => depths.get(place) === depth)?.[0] ?? "";
  if (depth > MOST_NESTED) {
    refuse(`\`${first}\` leads ${depth} levels deep, and runs are nested ${MOST_NESTED} levels deep at most`);
  }
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

export function listedWorkflows(
  captured: CapturedWorkflows | undefined,
  sha256: Sha256,
  stored: Stored = storedInClear(sha256),
): ListedWorkflows {
  if (!captured) return { control: {}, values: {}, blobs: [], hashes: [] };
  const entries = captured.list.map((one) => entryOf(one, sha256, stored));
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
  { definition, source: written, files: named, batchFiles, folders, calls }: CapturedWorkflow,
  sha256: Sha256,
  stored: Stored,
) {
  const blob = definitionBlob(definition, sha256);
  const batch = batchFiles && stored.list(batchFiles);
  const files = named.map((one) => stored.file(one));
  const source = written && stored.file(written);
  const entries = files.map(({ file, shared }) => ({ ...file, ...(shared && { shared }) }));
  const contents = files.map(({ file, bytes }) => ({ hash: file.hash, bytes }));
  const found = listed(entries, contents, { sha256 });
  const values: JsonObject = {
    ...(source && { source: source.file.path }),
    calls,
    ...(found.paths && { files: found.paths }),
    ...(folders && { folders }),
  };
  return {
    control: {
      workflow: workflowRef(definition, blob),
      ...(source && { source: { hash: source.file.hash, size: source.file.size } }),
      ...(found.files && { files: found.files }),
      ...(batch && { batch: { count: batchFiles?.length ?? 0, list: blobRef(batch, "json") } }),
    },
    values,
    blobs: [
      blob,
      ...(source ? [blobOf(source.bytes, sha256)] : []),
      ...found.blobs,
      ...(batch ? [batch] : []),
    ],
  };
}
