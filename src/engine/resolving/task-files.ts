// Which captured files one attempt sees, and the capture of those that only its resolved params name.
import type { Files, JsonObject, TaskNode } from "../../domain/index.ts";
import type { Kit } from "../host.ts";
import { blobRef, jsonBlob } from "../log/encode.ts";
import { type FileEntry, type RunFacts, suffixOf } from "../log/facts.ts";
import { erased, storedInClear, storedSealed } from "../log/sealing.ts";
import type { Blob, Captured, FileNeeds } from "../ports/index.ts";

/** More entries than this stand in a blob. */
const INLINE_FILES = 64;

/** As they stand in an event: hashes are control fields, paths are values, both in one order. */
export type ListedFiles = {
  readonly files?: Files;
  readonly paths?: readonly string[];
  readonly blobs: readonly Blob[];
};

const NONE: ListedFiles = { blobs: [] };

/** Of a method that asks for none, at once. */
export function taskFiles(
  kit: Kit,
  facts: RunFacts,
  node: TaskNode,
  params: JsonObject,
): ListedFiles | Promise<ListedFiles> {
  const { protocol, method, provider, preferredProvider } = node;
  const needs = kit.registry.method(protocol, method, provider ?? preferredProvider, params)?.files?.(params);
  const call = { method, params };
  const speaker = kit.registry.find(protocol, provider, preferredProvider, call);
  if (!needs && !speaker?.brings) return NONE;
  return filesFor(needs ?? NO_NEEDS, kit, facts, node, speaker?.brings?.(call));
}

const NO_NEEDS: FileNeeds = { required: [], mentioned: [], globs: [], modulesOf: [] };

async function filesFor(
  needs: FileNeeds,
  kit: Kit,
  facts: RunFacts,
  node: TaskNode,
  brought?: Promise<readonly Captured[]>,
): Promise<ListedFiles> {
  const own = (await brought) ?? [];
  const known = select(needs, facts, kit.globMatches);
  const missing = beyond(needs, facts.files);
  const { tenant, sealing } = facts;
  if (sealing === "erased") throw erased();
  const stored = sealing ? storedSealed(sealing, tenant, kit.sha256) : storedInClear(kit.sha256);
  const onDisk =
    missing && facts.folders && node.isDynamic ? await kit.files.capture(facts.folders, missing) : [];
  const captured = [...onDisk, ...own].map((one) => stored.file(one));
  const found = captured.map(({ file }) => file);
  const byPath = new Map([...known, ...found].map((file) => [file.path, file]));
  const blobs = captured.map(({ file, bytes }) => ({ hash: file.hash, bytes }));
  return listed([...byPath.values()], blobs, kit);
}

/** With the blobs that must be written with the event. */
export function listed(
  entries: readonly FileEntry[],
  blobs: readonly Blob[],
  kit: Pick<Kit, "sha256">,
): ListedFiles {
  if (entries.length === 0) return { blobs };
  const sorted = [...entries].sort((a, b) => (a.path < b.path ? -1 : 1));
  const paths = sorted.map(({ path }) => path);
  const files = sorted.map(({ path: _, ...hash }) => hash);
  if (files.length <= INLINE_FILES) return { files, paths, blobs };
  const list = jsonBlob(files, kit.sha256);
  return { files: blobRef(list, "json"), paths, blobs: [...blobs, list] };
}

function select(
  needs: FileNeeds,
  { files, bySuffix }: RunFacts,
  matches: Kit["globMatches"],
): readonly FileEntry[] {
  const named = [...needs.required, ...needs.mentioned].flatMap((path) => files.get(plain(path)) ?? []);
  const shared = bySuffix.get("shared") ?? [];
  const modules = needs.modulesOf.flatMap((script) => {
    const [folder, suffix] = [folderOf(plain(script)), suffixOf(script)];
    return (bySuffix.get(suffix) ?? []).filter(({ path }) => folder === "" || path.startsWith(`${folder}/`));
  });
  const globbed =
    needs.globs.length === 0
      ? []
      : [...files.values()].filter(({ path }) => needs.globs.some((glob) => matches(glob, path)));
  return [...named, ...shared, ...modules, ...globbed];
}

/** What the submission did not capture, because only the resolved params name it. */
function beyond(needs: FileNeeds, captured: ReadonlyMap<string, FileEntry>): FileNeeds | undefined {
  const unknown = (path: string): boolean => !captured.has(plain(path));
  const missing: FileNeeds = {
    required: needs.required.filter(unknown),
    mentioned: needs.mentioned.filter(unknown),
    globs: needs.globs,
    modulesOf: needs.modulesOf.filter(unknown),
  };
  const isEmpty = Object.values(missing).every((list) => list.length === 0);
  return isEmpty ? undefined : missing;
}

const plain = (path: string): string => path.replace(/^(?:\.\/)+/, "");
const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
