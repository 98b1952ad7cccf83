// replay --all: every recorded run of some workflows against the documents of today; a gate for whoever changes them.
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { GleitzeitError, workflowIdOf } from "../../../domain/index.ts";
import { type OtherDocument, type ReplayedAll, recordedRuns, replayAll } from "../../../engine/index.ts";
import type { Context } from "../context.ts";
import { EXIT } from "../exit-codes.ts";
import { printJson } from "../output.ts";
import { replayJunit } from "../view/replay-junit.ts";
import { replayMarkdown } from "../view/replay-markdown.ts";
import { replayedText } from "../view/replayed-text.ts";

export type Gate = {
  /** An id or a name. */
  readonly workflow: string | undefined;
  /** A document, or a folder of them. */
  readonly against: string | undefined;
  readonly format: "text" | "json" | "junit" | "markdown";
};

export async function replayAllOf(context: Context, { workflow, against, format }: Gate): Promise<number> {
  const { parts, globals, terminal } = context;
  const host = await parts.replaying();
  const documents = against === undefined ? undefined : await documentsIn(context, against);
  const { store, tenant } = await parts.reading();
  const wanted = await recordedRuns(store.events, tenant, ({ id, name }) => {
    const isNamed = workflow === undefined || id === workflow || name === workflow;
    return isNamed && (documents === undefined || documents.has(id));
  });
  if (wanted.length === 0) throw new GleitzeitError("RUN_NOT_FOUND", noRuns(workflow, documents));
  const isShown = terminal.err.isTTY && !globals.quiet;
  const tell = (done: number): void => terminal.err.write(`\r${done} of ${wanted.length} runs replayed`);
  const found = await replayAll(host, wanted, {
    ...(documents && { against: documents }),
    ...(isShown && { tell }),
  });
  if (isShown) terminal.err.write("\n");
  print(context, found, globals.json ? "json" : format);
  if (found.different > 0) return EXIT.invalid;
  return found.failed > 0 ? EXIT.unreachable : EXIT.done;
}

function print({ terminal: { out }, globals }: Context, found: ReplayedAll, format: Gate["format"]): void {
  switch (format) {
    case "json":
      return printJson(out, found);
    case "junit":
      return out.write(replayJunit(found));
    case "markdown":
      return out.write(replayMarkdown(found));
    case "text":
      if (!globals.quiet) out.write(replayedText(found, out));
  }
}

function noRuns(
  workflow: string | undefined,
  documents: ReadonlyMap<string, OtherDocument> | undefined,
): string {
  const of = workflow === undefined ? [...(documents?.keys() ?? [])] : [workflow];
  return `no run is recorded here${of.length > 0 ? ` of ${of.join(", ")}` : ""}; \`gleitzeit list\` shows what there is`;
}

/** By the id of the workflow. */
async function documentsIn({ parts }: Context, path: string): Promise<ReadonlyMap<string, OtherDocument>> {
  const found = new Map<string, OtherDocument>();
  const places = new Map<string, string>();
  for (const file of await filesIn(path)) {
    const workflow = await parts.workflowNamed(file);
    const id = workflowIdOf(workflow.definition);
    const other = places.get(id);
    if (other !== undefined) {
      throw new GleitzeitError("USAGE_ERROR", `${other} and ${file} are both documents of workflow ${id}`);
    }
    places.set(id, file);
    found.set(id, await parts.request(workflow, { inputs: {} }));
  }
  if (found.size === 0) throw new GleitzeitError("WORKFLOW_NOT_FOUND", `no document in ${path}`);
  return found;
}

const DOCUMENT = /^(?!\.|gleitzeit\.).*\.(?:ya?ml|json)$/;

async function filesIn(path: string): Promise<readonly string[]> {
  if (!(await isFolder(path))) return [path];
  const names = await readdir(path);
  return names
    .filter((name) => DOCUMENT.test(name))
    .toSorted()
    .map((name) => join(path, name));
}

/** What is not there is a document that is not there: whoever reads it says so. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}
