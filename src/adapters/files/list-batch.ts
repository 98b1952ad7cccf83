// The files of a batch, in the order in which they become tasks.
import { isAbsolute, posix } from "node:path";
import { type Batch, GleitzeitError } from "../../domain/index.ts";
import type { Folders } from "../../engine/ports/index.ts";
import { inTurns } from "./in-turns.ts";
import { isFound, type Located, locate, type Roots, rootsOf } from "./roots.ts";
import { filesBelow } from "./walk.ts";

/** Paths as tasks see them. A directory's files by code point, files that are listed one by one as listed. */
export async function listBatch(folders: Folders, batch: Batch): Promise<readonly string[]> {
  const roots = await rootsOf(folders);
  const directory = batch.directory === undefined ? undefined : await directoryOf(roots, batch.directory);
  const files = batch.files
    ? await inTurns(batch.files, (name) => listedFile(roots, directory, name))
    : await filesIn(roots, directory, batch.pattern ?? "*");
  refuseRepeats(files);
  refuseLarge(files, batch.max_file_size);
  return files.map(({ path }) => path);
}

async function directoryOf(roots: Roots, name: string): Promise<Located> {
  const located = await locate(roots, name, "directory");
  if (isFound(located)) return located;
  throw refusal(`the batch directory ${JSON.stringify(name)} ${located.why}`);
}

async function listedFile(roots: Roots, directory: Located | undefined, name: string): Promise<Located> {
  const located = await locate(
    roots,
    directory && !isAbsolute(name) ? posix.join(directory.path, name) : name,
  );
  if (isFound(located)) return located;
  throw refusal(`the file ${JSON.stringify(name)} of the batch ${located.why}`);
}

async function filesIn(
  roots: Roots,
  directory: Located | undefined,
  pattern: string,
): Promise<readonly Located[]> {
  if (!directory) throw refusal("the batch has neither a `directory` nor `files`");
  if (isAbsolute(pattern) || pattern.split("/").includes("..")) {
    throw refusal(`the batch pattern ${JSON.stringify(pattern)} must stay below its directory`);
  }
  const files = await filesBelow(directory, pattern, roots);
  if (files.length > 0) return files;
  throw refusal(
    `no file in ${JSON.stringify(directory.path)} matches ${JSON.stringify(pattern)}: use \`**\` to look into its folders`,
  );
}

function refuseRepeats(files: readonly Located[]): void {
  const seen = new Set<string>();
  for (const { path } of files) {
    if (seen.has(path)) throw refusal(`the batch lists ${JSON.stringify(path)} twice`);
    seen.add(path);
  }
}

function refuseLarge(files: readonly Located[], most = Number.POSITIVE_INFINITY): void {
  const large = files.filter(({ size }) => size > most);
  const [first] = large;
  if (!first) return;
  const more = large.length > 1 ? ` and ${large.length - 1} more` : "";
  throw refusal(
    `${first.path}${more}: larger than \`max_file_size\`, ${most} bytes; raise it, or leave the file out of the pattern`,
  );
}

const refusal = (message: string): GleitzeitError =>
  new GleitzeitError("WORKFLOW_VALIDATION_FAILED", message);
