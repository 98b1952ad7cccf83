// What is captured for a run: the files that its document names, and the listing of a batch.
import { type Definition, isBatch } from "../../domain/index.ts";
import * as engine from "../../engine/index.ts";

export type Files = typeof import("../../adapters/files/index.ts") & { readonly capture: engine.FileCapture };

export function capturesOf(registry: () => Promise<engine.ProviderRegistry>, files: () => Promise<Files>) {
  const listing = async (definition: Definition, folders: engine.Folders) =>
    isBatch(definition) ? (await files()).listBatch(folders, definition.batch ?? {}) : undefined;

  const capture = async (
    folders: engine.Folders,
    definition: Definition,
    batchFiles: readonly string[] | undefined,
  ) => {
    const kit = { registry: await registry(), files: (await files()).capture };
    return engine.capturedFor(kit, folders, definition, batchFiles);
  };

  /** Scripts as they were when it was registered; what a batch finds in its folder, as it is now. */
  const filesOf = async (
    registered: engine.OpenedWorkflow,
    folders: engine.Folders,
    batchFiles: readonly string[] = [],
  ): Promise<readonly engine.CapturedForRun[]> => {
    const { capture: read } = await files();
    const items: engine.CapturedForRun[] = [];
    for (const item of batchFiles) {
      const needs = { required: [], mentioned: [item], globs: [], modulesOf: [] };
      items.push(...(await read.capture(folders, needs)));
    }
    return [...registered.files, ...items];
  };

  return { listing, capture, filesOf };
}
