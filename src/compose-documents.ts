// From a document to a request for a run: read, checked, with the files that it names.
import { basename, dirname, resolve } from "node:path";
import * as config from "./adapters/config/index.ts";
import { sha256 } from "./adapters/host/index.ts";
import type { Base } from "./compose-base.ts";
import {
  GleitzeitError,
  isBatch,
  isFileName,
  type JsonObject,
  type Problem,
  TENANT_MAIN,
} from "./domain/index.ts";
import * as engine from "./engine/index.ts";
import { once } from "./lifetime.ts";

export type Documents = {
  /** All that is wrong with a document. */
  readonly check: (path: string) => Promise<readonly Problem[]>;
  /** A document that has to be valid, or the error that lists what is wrong with it. */
  readonly workflow: (path: string) => Promise<engine.Workflow>;
  /** The same for a document that a command has written; `path` is where it would stand. */
  readonly written: (path: string, document: JsonObject) => Promise<engine.Workflow>;
  /** The same for a value that a program hands over; relative paths in it start from `folder`. */
  readonly workflowIn: (document: unknown, folder?: string) => Promise<engine.Workflow>;
  readonly request: (workflow: engine.Workflow, given: engine.GivenRun) => Promise<engine.RunRequestDocument>;
  readonly files: () => Promise<Files>;
  readonly expressions: engine.Host["expressions"];
};

type Files = typeof import("./adapters/files/index.ts") & { readonly capture: engine.FileCapture };

export function documentsOf(
  { outside: { workingFolder }, settings, zones }: Base,
  registry: () => Promise<engine.ProviderRegistry>,
): Documents {
  const files = once(async () => {
    const found = await import("./adapters/files/index.ts");
    const maxBytes = config.bytesIn((await settings()).values.limits.files);
    return { ...found, capture: found.fileCapture({ maxBytes }) };
  });
  const expressions = once(async () => (await import("./adapters/expressions/index.ts")).celExpressions());
  const documents = once(() => import("./adapters/documents/index.ts"));
  const options = async () => ({
    catalog: engine.catalogOf(await registry(), zones),
    expressions,
    maxBytes: config.bytesIn((await settings()).values.limits.document),
  });
  const document = async (path: string) => (await documents()).loadDocument(path, await options());

  /** With what is wrong in the documents that it calls. */
  const judged = async (path: string) => {
    const found = await document(path);
    if (!found.definition) return found;
    const { childProblems } = await documents();
    const problems = await childProblems(found, { working: workingFolder, load: document });
    if (problems.length === 0) return found;
    const { definition: _, ...rest } = found;
    return { ...rest, problems: [...found.problems, ...problems] };
  };

  const find: engine.FindWorkflow = async (name, where) => {
    if (!isFileName(name) || !where) {
      const message = `no workflow is registered as \`${name}\`; a file is named with its suffix, such as \`${name}.yaml\``;
      throw new GleitzeitError("WORKFLOW_NOT_FOUND", message);
    }
    const { childPath, validDefinition } = await documents();
    const path = await childPath(name, where.document, where.working);
    const loaded = await document(path);
    const definition = validDefinition(loaded);
    const folders = { document: dirname(path), working: where.working };
    const { listBatch } = await files();
    const batchFiles = isBatch(definition) ? await listBatch(folders, definition.batch ?? {}) : undefined;
    const source = engine.capturedText(name, loaded.bytes, sha256);
    return { key: path, definition, source, folders, ...(batchFiles && { batchFiles }) };
  };

  return {
    files,
    expressions,
    check: async (path) => (await judged(path)).problems,
    workflow: async (path) => {
      const { validDefinition } = await documents();
      const found = await judged(path);
      const full = resolve(workingFolder, path);
      const source = engine.capturedText(basename(full), found.bytes, sha256);
      return { definition: validDefinition(found), folder: dirname(full), source };
    },
    written: async (path, given) => {
      const { parseDocument, validDefinition } = await documents();
      const text = JSON.stringify(given);
      const { catalog } = await options();
      const read = parseDocument(text, "json", { file: path, catalog });
      const bytes = new TextEncoder().encode(text);
      const full = resolve(workingFolder, path);
      const definition = validDefinition({ path, bytes, text, ...read });
      return {
        definition,
        folder: dirname(full),
        source: engine.capturedText(basename(full), bytes, sha256),
      };
    },
    workflowIn: async (given, folder = ".") => {
      const { givenDefinition } = await documents();
      const definition = await givenDefinition(given, await options());
      return { definition, folder: resolve(workingFolder, folder) };
    },
    request: async ({ definition, folder, source }, given) => {
      const { capture, listBatch } = await files();
      const kit = { registry: await registry(), files: capture };
      const folders = { document: folder, working: workingFolder };
      const batchFiles = isBatch(definition) ? await listBatch(folders, definition.batch ?? {}) : undefined;
      const workflows = await engine.capturedWorkflows(kit, definition, folders, find);
      return {
        tenant: TENANT_MAIN,
        definition,
        ...(source && { source }),
        files: await engine.capturedFor(kit, folders, definition, batchFiles),
        ...(batchFiles && { batchFiles }),
        ...(workflows && { workflows }),
        folders,
        ...given,
      };
    },
  };
}
