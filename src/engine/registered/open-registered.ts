// A version of a registered workflow with all that was captured with it: whoever runs it needs no disk.
import { BlobRef, type Definition, isList, parseJson, readDefinition } from "../../domain/index.ts";
import { clearValues, readBlob } from "../log/decode.ts";
import { callsIn, type FileEntry, filesOf, foldersOf, workflowsOf } from "../log/facts.ts";
import type { BlobStore, Captured, Folders } from "../ports/index.ts";
import type { CapturedForRun } from "../submitting/capture.ts";
import type { CapturedWorkflow, CapturedWorkflows } from "../submitting/captured-workflows.ts";
import type { Registry } from "./find-registered.ts";
import type { Registration } from "./registrations.ts";

export type OpenedWorkflow = {
  readonly registration: Registration;
  readonly definition: Definition;
  readonly source?: Captured;
  readonly files: readonly CapturedForRun[];
  /** Where it lay when it was registered. */
  readonly folders?: Folders;
  /** Those that it calls by file. */
  readonly workflows: CapturedWorkflows;
};

const utf8 = new TextDecoder();

export async function openRegistered(
  { store: { blobs }, tenant }: Pick<Registry, "store" | "tenant">,
  registration: Registration,
): Promise<OpenedWorkflow> {
  const { event } = registration;
  const { workflow, source, files, workflows } = event.data;
  const values = await clearValues(event.data.values, tenant, blobs);
  const called = await workflowsOf(workflows, values.workflows, tenant, blobs);
  const open = opener(blobs, tenant);
  const folders = foldersOf(values.folders);
  return {
    registration,
    definition: await open.definition(workflow.hash),
    ...(source && { source: await open.source(source, values.source) }),
    files: await open.files(await filesOf(files, values.files, tenant, blobs)),
    ...(folders && { folders }),
    workflows: {
      calls: callsIn(values.calls),
      list: await Promise.all(called.map((one) => open.workflow(one))),
    },
  };
}

type Called = Awaited<ReturnType<typeof workflowsOf>>[number];

function opener(blobs: BlobStore, tenant: string) {
  const bytesOf = (hash: string): Promise<Uint8Array> => readBlob(hash, tenant, blobs);
  const json = async (hash: string) => parseJson(utf8.decode(await bytesOf(hash)));

  const definition = async (hash: string): Promise<Definition> => readDefinition(await json(hash));
  const source = async ({ hash, size }: Omit<FileEntry, "path">, path: unknown): Promise<Captured> => ({
    file: { path: typeof path === "string" ? path : "workflow", hash, size },
    bytes: await bytesOf(hash),
  });
  const files = (entries: readonly FileEntry[]): Promise<readonly CapturedForRun[]> =>
    Promise.all(
      entries.map(async ({ shared, ...file }) => ({
        file,
        bytes: await bytesOf(file.hash),
        ...(shared && { shared }),
      })),
    );
  const workflow = async ({ values, ...control }: Called): Promise<CapturedWorkflow> => {
    const folders = foldersOf(values.folders);
    const listing = control.batch && (await json(BlobRef.parse(control.batch.list).$blob));
    return {
      definition: await definition(control.workflow.hash),
      ...(control.source && { source: await source(control.source, values.source) }),
      files: await files(await filesOf(control.files, values.files, tenant, blobs)),
      ...(isList(listing) && { batchFiles: listing.filter((path) => typeof path === "string") }),
      ...(folders && { folders }),
      calls: callsIn(values.calls),
    };
  };
  return { definition, source, files, workflow };
}
