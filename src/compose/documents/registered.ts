// Workflows by name, for those that are run and for those that others call: files beside the caller, or registered.
import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { sha256 } from "../../adapters/host/index.ts";
import {
  type Declarations,
  type Definition,
  GleitzeitError,
  isFileName,
  TENANT_MAIN,
  workflowIdOf,
} from "../../domain/index.ts";
import * as engine from "../../engine/index.ts";
import { capturesOf, type Files } from "./captures.ts";

type Documents = typeof import("../../adapters/documents/index.ts");
type Loaded = Awaited<ReturnType<Documents["loadDocument"]>>;

type Needs = {
  readonly workingFolder: string;
  readonly registry: () => Promise<engine.ProviderRegistry>;
  readonly reading: () => Promise<engine.Reading>;
  readonly files: () => Promise<Files>;
  readonly documents: () => Promise<Documents>;
  readonly document: (path: string) => Promise<Loaded>;
};

/** From where a call is made: a folder, or a registered workflow with the files that it calls. */
type From = {
  readonly folders?: engine.Folders;
  readonly registered?: engine.OpenedWorkflow;
  readonly calls?: { readonly [name: string]: number };
  /** The workflow that is about to be registered; nothing that it calls may lead back to it. */
  readonly registering?: string;
};

export type WorkflowsByName = ReturnType<typeof workflowsByName>;

export function workflowsByName({ workingFolder, registry, reading, files, documents, document }: Needs) {
  const { listing, capture, filesOf } = capturesOf(registry, files);

  const opened = async (name: string, registering?: string): Promise<engine.OpenedWorkflow> => {
    const { store, tenant } = await reading();
    const { registration, isPinned } = await engine.findRegistered({ store, tenant, sha256 }, name);
    const { id } = registration.event.data.workflow;
    if (id === registering && !isPinned) {
      const message = `\`${name}\` leads back to the workflow that is being registered`;
      throw new GleitzeitError("WORKFLOW_CIRCULAR_DEPENDENCY", message);
    }
    return engine.openRegistered({ store, tenant }, registration);
  };

  /** On another machine its folder may not exist. */
  const foldersOf = async ({ folders }: engine.OpenedWorkflow): Promise<engine.Folders> => {
    const isHere = folders && (await isFolder(folders.document));
    return { document: isHere ? folders.document : workingFolder, working: workingFolder };
  };

  const onDisk = async (name: string, folders: engine.Folders): Promise<engine.FoundWorkflow<From>> => {
    const { childPath, validDefinition } = await documents();
    const path = await childPath(name, folders.document, folders.working);
    const loaded = await document(path);
    const definition = validDefinition(loaded);
    const inside = { document: dirname(path), working: folders.working };
    const batchFiles = await listing(definition, inside);
    return {
      key: path,
      definition,
      source: engine.capturedText(name, loaded.bytes, sha256),
      files: await capture(inside, definition, batchFiles),
      folders: inside,
      ...(batchFiles && { batchFiles }),
      from: { folders: inside },
    };
  };

  const byName = async (name: string, registering?: string): Promise<engine.FoundWorkflow<From>> => {
    const found = await opened(name, registering);
    const { definition, source, registration, workflows } = found;
    const folders = await foldersOf(found);
    const batchFiles = await listing(definition, folders);
    return {
      key: `registered ${registration.event.data.contentHash}`,
      definition,
      ...(source && { source }),
      files: await filesOf(found, folders, batchFiles),
      folders,
      ...(batchFiles && { batchFiles }),
      from: { registered: found, calls: workflows.calls, ...(registering !== undefined && { registering }) },
    };
  };

  const find: engine.FindWorkflow<From> = async (name, from) => {
    const { folders, registered, calls, registering } = from;
    if (!isFileName(name)) return byName(name, registering);
    const one = registered?.workflows.list[calls?.[name] ?? -1];
    if (one) {
      const key = `${registered.registration.event.data.contentHash} ${calls?.[name]}`;
      return { ...one, key, from: { ...from, calls: one.calls } };
    }
    if (!folders) {
      const message = `the workflow was registered without \`${name}\``;
      throw new GleitzeitError("WORKFLOW_NOT_FOUND", message);
    }
    const found = await onDisk(name, folders);
    return { ...found, from: { ...found.from, ...(registering !== undefined && { registering }) } };
  };

  const captured = (definition: Definition, from: From) => engine.capturedWorkflows(definition, from, find);

  /** From where a workflow calls others. */
  const placeOf = ({ folder, registered }: engine.Workflow): From =>
    registered
      ? { registered, calls: registered.workflows.calls }
      : { folders: { document: folder, working: workingFolder } };

  return {
    listing,
    capture,
    captured,
    filesOf,
    placeOf,
    inputsOf: async (name: string): Promise<Declarations> => {
      const { definition, from } = await byName(name);
      await captured(definition, from);
      return definition.inputs ?? {};
    },
    workflow: async (name: string, file: (path: string) => Promise<engine.Workflow>) => {
      try {
        const registered = await opened(name);
        const { definition, source } = registered;
        const folder = (await foldersOf(registered)).document;
        return { definition, folder, ...(source && { source }), registered };
      } catch (error) {
        if (!(error instanceof GleitzeitError) || error.code !== "WORKFLOW_NOT_FOUND") throw error;
        if (await isNoFile(name, file)) throw error;
        return file(name);
      }
    },
    registration: async (workflow: engine.Workflow, reason?: string): Promise<engine.RegistrationRequest> => {
      const { definition, folder, source } = workflow;
      const folders = { document: folder, working: workingFolder };
      const batchFiles = await listing(definition, folders);
      await captured(definition, { folders, registering: workflowIdOf(definition) });
      const workflows = await engine.capturedWorkflows(definition, { folders }, find, isFileName);
      const items = new Set(batchFiles);
      return {
        tenant: TENANT_MAIN,
        definition,
        ...(source && { source }),
        files: (await capture(folders, definition, batchFiles)).filter(({ file }) => !items.has(file.path)),
        ...(workflows && { workflows }),
        folders,
        ...(reason !== undefined && { reason }),
      };
    },
  };
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** What is no document's name may be a file all the same: then that is what is wrong with it. */
async function isNoFile(path: string, file: (path: string) => Promise<unknown>): Promise<boolean> {
  try {
    await file(path);
    return false;
  } catch (error) {
    return error instanceof GleitzeitError && error.code === "WORKFLOW_NOT_FOUND" && !path.includes("/");
  }
}
