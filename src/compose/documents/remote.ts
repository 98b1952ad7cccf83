// Documents on their way to a server: read here, with the files that they name; judged there, where they run.
import { Buffer } from "node:buffer";
import { basename, dirname, resolve } from "node:path";
import type { PostedRequest, PostedRun } from "../../adapters/client/remote.ts";
import * as config from "../../adapters/config/index.ts";
import { sha256 } from "../../adapters/host/index.ts";
import {
  type Definition,
  GleitzeitError,
  hasConditions,
  isFileName,
  type Json,
  type JsonObject,
  TENANT_MAIN,
} from "../../domain/index.ts";
import * as engine from "../../engine/index.ts";
import { once } from "../../lifetime.ts";
import type { Base } from "../base.ts";
import { trusting } from "./names.ts";
import { filesFor, forTheServer, inside, placeIn } from "./remote-files.ts";

/** A document's text as it is sent, with the files beside it. */
type Sent = Pick<PostedRun, "file" | "files"> & { readonly workflow: string };

type Needs = {
  readonly base: Base;
  /** Of this machine: it knows which params of well-known methods are files. */
  readonly registry: () => Promise<engine.ProviderRegistry>;
  readonly registered: (name: string, version?: string) => Promise<engine.ShownWorkflow>;
};

type RemoteDocuments = {
  readonly workflow: (path: string) => Promise<engine.Workflow>;
  readonly workflowNamed: (text: string) => Promise<engine.Workflow>;
  readonly written: (path: string, document: JsonObject) => Promise<engine.Workflow>;
  readonly request: (workflow: engine.Workflow, given: engine.GivenRun) => Promise<PostedRequest>;
  /** As far as it can be read: what is wrong with it, and with its files, is for the server to say. */
  readonly sent: (path: string) => Promise<Sent>;
};

/** One that is registered at the server. */
type NamedWorkflow = engine.Workflow & {
  readonly named: { readonly name: string; readonly version?: string };
};

export function remoteDocuments({ base, registry, registered }: Needs): RemoteDocuments {
  const { outside, settings, zones } = base;
  const working = resolve(outside.workingFolder);
  const documents = once(() => import("../../adapters/documents/index.ts"));
  const expressions = once(async () =>
    (await import("../../adapters/expressions/index.ts")).celExpressions(),
  );

  const parsed = async (text: string, format: "json" | "yaml", file: string) => {
    const { parseDocument } = await documents();
    const { raw } = parseDocument(text, format, { file, catalog: trusting(undefined, zones) });
    const whole: Json = raw ?? null;
    const understood = hasConditions(whole) ? { expressions: await expressions() } : {};
    return parseDocument(text, format, { file, catalog: { ...trusting(whole, zones), ...understood } });
  };
  const read = async (path: string) => {
    const { loadDocument } = await documents();
    const maxBytes = config.bytesIn((await settings()).values.limits.document);
    const { bytes, text } = await loadDocument(path, {
      catalog: trusting(undefined, zones),
      expressions,
      maxBytes,
    });
    return { path, bytes, text, ...(await parsed(text, /\.json$/i.test(path) ? "json" : "yaml", path)) };
  };

  const workflow = async (path: string): Promise<engine.Workflow> => {
    const { validDefinition } = await documents();
    const found = await read(path);
    const full = resolve(working, path);
    const source = engine.capturedText(basename(full), found.bytes, sha256);
    return { definition: validDefinition(found), folder: dirname(full), source };
  };

  const gathered = async (definition: Definition, folder: string) => {
    const maxBytes = config.bytesIn((await settings()).values.limits.files);
    return filesFor(definition, folder, { working, maxBytes, read, registry: await registry() });
  };
  const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

  return {
    workflow,
    workflowNamed: async (text) => {
      if (isFileName(text)) return workflow(text);
      try {
        const [name, version] = apart(text);
        const { definition } = await registered(name, version);
        const named: NamedWorkflow = {
          definition,
          folder: working,
          named: { name, ...(version && { version }) },
        };
        return named;
      } catch (error) {
        if (!isUnknown(error)) throw error;
        return workflow(text).catch((other: unknown) => {
          throw isUnknown(other) ? error : other;
        });
      }
    },
    written: async (path, document) => {
      const { validDefinition } = await documents();
      const text = JSON.stringify(document);
      const bytes = new TextEncoder().encode(text);
      const full = resolve(working, path);
      const definition = validDefinition({ path, bytes, text, ...(await parsed(text, "json", path)) });
      return {
        definition,
        folder: dirname(full),
        source: engine.capturedText(basename(full), bytes, sha256),
      };
    },
    request: async (given, more) => {
      const { definition, folder, source } = given;
      const { name, priority, timeoutMs, subject, reason, inputs } = more;
      const posted: PostedRun = {
        ...(isNamed(given)
          ? given.named
          : source
            ? { workflow: textOf(source.bytes), file: inside(placeIn(working, folder), source.file.path) }
            : { workflow: { ...definition } }),
        ...(!isNamed(given) && { files: await gathered(definition, folder) }),
        inputs,
        ...(name !== undefined && { id: name }),
        ...(priority !== undefined && { priority }),
        ...(timeoutMs !== undefined && { timeout: timeoutMs / 1000 }),
        ...(subject !== undefined && { subject }),
        ...(reason !== undefined && { reason }),
      };
      return { tenant: TENANT_MAIN, definition, files: [], ...more, posted };
    },
    sent: async (path) => {
      const { bytes, definition } = await read(path);
      const folder = dirname(resolve(working, path));
      const named = definition && (await gathered(definition, folder).catch(forTheServer));
      const file = inside(placeIn(working, folder), basename(path));
      return { workflow: textOf(bytes), file, ...(named && { files: named }) };
    },
  };
}

const isNamed = (workflow: engine.Workflow): workflow is NamedWorkflow => "named" in workflow;

/** NAME@VERSION. */
function apart(text: string): readonly [string, string | undefined] {
  const at = text.lastIndexOf("@");
  return at > 0 && at < text.length - 1 ? [text.slice(0, at), text.slice(at + 1)] : [text, undefined];
}

const isUnknown = (error: unknown): boolean =>
  error instanceof GleitzeitError && error.code === "WORKFLOW_NOT_FOUND";
