// From a document to a request for a run: read, checked, with the files that it names.
import { basename, dirname, resolve } from "node:path";
import * as config from "../../adapters/config/index.ts";
import type { ImportedDocument } from "../../adapters/documents/index.ts";
import { sha256 } from "../../adapters/host/index.ts";
import {
  type Definition,
  isFileName,
  type JsonObject,
  type Problem,
  pathText,
  TENANT_MAIN,
} from "../../domain/index.ts";
import * as engine from "../../engine/index.ts";
import { once } from "../../lifetime.ts";
import type { Base } from "../base.ts";
import type { Outsides } from "../secrets.ts";
import type { Files } from "./captures.ts";
import { workflowsByName } from "./registered.ts";

export type Documents = {
  /** All that is wrong with a document. */
  readonly check: (path: string) => Promise<readonly Problem[]>;
  /** One of the Python original: what becomes of it here. */
  readonly imported: (path: string) => Promise<ImportedDocument>;
  /** A document that has to be valid, or the error that lists what is wrong with it. */
  readonly workflow: (path: string) => Promise<engine.Workflow>;
  /** The same for a file, or for a name under which one is registered. */
  readonly workflowNamed: (text: string) => Promise<engine.Workflow>;
  /** All that a document needs to run under its name, wherever that is. */
  readonly registration: (path: string, reason?: string) => Promise<engine.RegistrationRequest>;
  /** The same for a document that a command has written; `path` is where it would stand. */
  readonly written: (path: string, document: JsonObject) => Promise<engine.Workflow>;
  /** The same for a value that a program hands over; relative paths in it start from `folder`. */
  readonly workflowIn: (document: unknown, folder?: string) => Promise<engine.Workflow>;
  readonly request: (workflow: engine.Workflow, given: engine.GivenRun) => Promise<engine.RunRequestDocument>;
  readonly files: () => Promise<Files>;
  readonly expressions: engine.Host["expressions"];
};

export function documentsOf(
  { outside: { workingFolder }, settings, zones }: Base,
  registry: () => Promise<engine.ProviderRegistry>,
  reading: () => Promise<engine.Reading>,
  { secrets, allowed }: Pick<Outsides, "secrets" | "allowed">,
  /** Documents that are no files, by their full paths. */
  brought: ReadonlyMap<string, Uint8Array> = new Map(),
): Documents {
  const files = once(async () => {
    const found = await import("../../adapters/files/index.ts");
    const maxBytes = async () => config.bytesIn((await settings()).values.limits.files);
    return { ...found, capture: found.fileCapture({ maxBytes }) };
  });
  const expressions = once(async () =>
    (await import("../../adapters/expressions/index.ts")).celExpressions(),
  );
  const documents = once(() => import("../../adapters/documents/index.ts"));
  const options = async () => ({
    catalog: engine.catalogOf(await registry(), zones, await allowed()),
    expressions,
    maxBytes: config.bytesIn((await settings()).values.limits.document),
  });
  const document = async (path: string) => {
    const bytes = brought.get(resolve(workingFolder, path));
    return (await documents()).loadDocument(path, { ...(await options()), bytes });
  };

  const named = workflowsByName({ workingFolder, registry, reading, files, documents, document });

  const lookup = { working: workingFolder, load: document, registered: named.inputsOf };

  /** With what is wrong in the documents that it calls. */
  const judged = async (path: string, load = document) => {
    const found = await load(path);
    if (!found.definition) return found;
    const { childProblems } = await documents();
    const problems = await childProblems(found, { ...lookup, load });
    if (problems.length === 0) return found;
    const { definition: _, ...rest } = found;
    return { ...rest, problems: [...found.problems, ...problems] };
  };

  /** With the secrets that are not here; whoever only registers or submits a document may not have them. */
  const withSecrets: typeof document = async (path) => {
    const found = await document(path);
    if (!found.definition) return found;
    const missing = (await engine.missingSecrets(found.definition, secrets)).map((problem) => ({
      code: problem.code,
      message: problem.message,
      file: path,
      ...found.at?.(problem),
      path: pathText(problem.path),
    }));
    return { ...found, problems: [...found.problems, ...missing] };
  };

  const workflow = async (path: string): Promise<engine.Workflow> => {
    const { validDefinition } = await documents();
    const found = await judged(path);
    const full = resolve(workingFolder, path);
    const source = engine.capturedText(basename(full), found.bytes, sha256);
    return { definition: validDefinition(found), folder: dirname(full), source };
  };

  return {
    files,
    expressions,
    check: async (path) => (await judged(path, withSecrets)).problems,
    imported: async (path) => (await documents()).importDocument(path, await options(), workingFolder),
    workflow,
    workflowNamed: async (text) => (isFileName(text) ? workflow(text) : named.workflow(text, workflow)),
    registration: async (path, reason) => named.registration(await workflow(path), reason),
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
    workflowIn: async (given, start = ".") => {
      const { givenDefinition, childProblemsOf } = await documents();
      const folder = resolve(workingFolder, start);
      const called = (one: Definition) => childProblemsOf(one, folder, lookup);
      return { definition: await givenDefinition(given, { ...(await options()), called }), folder };
    },
    request: async (given, more) => {
      const { definition, folder, source, registered } = given;
      const folders = { document: folder, working: workingFolder };
      const batchFiles = await named.listing(definition, folders);
      const workflows = await named.captured(definition, named.placeOf(given));
      return {
        tenant: TENANT_MAIN,
        definition,
        ...(source && { source }),
        files: registered
          ? await named.filesOf(registered, folders, batchFiles)
          : await named.capture(folders, definition, batchFiles),
        ...(batchFiles && { batchFiles }),
        ...(workflows && { workflows }),
        folders,
        ...more,
      };
    },
  };
}
