// What a document names, gathered to be sent with it: files, and workflows with what they name in turn.
import { Buffer } from "node:buffer";
import { dirname, isAbsolute, posix, relative, sep } from "node:path";
import type { PostedRun } from "../../adapters/client/remote.ts";
import {
  callsIn,
  type Definition,
  GleitzeitError,
  isBatch,
  isFileName,
  type Json,
} from "../../domain/index.ts";
import * as engine from "../../engine/index.ts";

type Found = { readonly path: string; readonly bytes: Uint8Array; readonly definition?: Definition };

type Needs = {
  readonly working: string;
  readonly maxBytes: number;
  /** A document of this machine. */
  readonly read: (path: string) => Promise<Found>;
  readonly registry: engine.ProviderRegistry;
};

export async function filesFor(
  definition: Definition,
  folder: string,
  { working, maxBytes, read, registry }: Needs,
): Promise<NonNullable<PostedRun["files"]>> {
  const { listBatch, fileCapture } = await import("../../adapters/files/index.ts");
  const { childPath } = await import("../../adapters/documents/index.ts");
  const capture = fileCapture({ maxBytes: async () => maxBytes });
  const kit = { registry: guessing(registry), files: capture };
  const found = new Map<string, Uint8Array>();
  const visit = async (one: Definition, document: string, place: string): Promise<void> => {
    const folders = { document, working };
    const batch = isBatch(one) ? await listBatch(folders, one.batch ?? {}) : undefined;
    const items = { required: batch ?? [], mentioned: [], globs: [], modulesOf: [] };
    const captured = [
      ...(await engine.capturedFor(kit, folders, one, batch)),
      ...(await capture.capture(folders, items)),
    ];
    for (const { file, bytes } of captured) found.set(inside(place, file.path), bytes);
    for (const { workflow: name } of callsIn(one)) {
      const at = isFileName(name) ? inside(place, name) : undefined;
      if (at === undefined || found.has(at)) continue;
      const child = await childPath(name, document, working).then(read).catch(forTheServer);
      if (!child) continue;
      found.set(at, child.bytes);
      if (child.definition) await visit(child.definition, dirname(child.path), posix.dirname(at));
    }
  };
  await visit(definition, folder, placeIn(working, folder));
  return [...found].map(([path, bytes]) => ({ path, base64: Buffer.from(bytes).toString("base64") }));
}

/** Where a folder stands in what is sent; one that is not inside the working folder is the whole of it. */
export function placeIn(working: string, folder: string): string {
  const way = relative(working, folder);
  const isOutside = way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way);
  return isOutside || way === "" ? "." : way.split(sep).join("/");
}

/** What cannot be read here is missing there, and told of with its place in the document. */
export function forTheServer(error: unknown): undefined {
  if (!(error instanceof GleitzeitError)) throw error;
}

export function inside(folder: string, path: string): string {
  const place = posix.normalize(posix.join(folder, path));
  if (place !== ".." && !place.startsWith("../") && !posix.isAbsolute(path)) return place;
  throw new GleitzeitError(
    "INVALID_REQUEST",
    `${JSON.stringify(path)} cannot be sent to a server: what is sent stands in the document's folder or the working folder, and is named by a relative path`,
  );
}

/** Of a method that nobody knows here, any text may name a file. */
const guessing = (known: engine.ProviderRegistry): engine.CaptureKit["registry"] => ({
  method: (protocol, name) =>
    known.method(protocol, name) ?? {
      files: (given) => ({ required: [], mentioned: textsIn(given), globs: [], modulesOf: [] }),
    },
});

const textsIn = (value: Json): readonly string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];
