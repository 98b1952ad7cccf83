// A configuration file: its values, and where in the text each key stands.
import { Buffer } from "node:buffer";
import { createReadStream } from "node:fs";
import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from "yaml";
import { asError, GleitzeitError, isObject, type Json, type Problem, parseJson } from "../../domain/index.ts";
import { EMPTY, type Layer, type Source } from "./layers.ts";

/** Far more than any configuration needs. */
const MAX_BYTES = 1024 * 1024;

/** Undefined when there is no such file. */
export async function textOf(file: string): Promise<string | undefined> {
  try {
    const bytes = await bytesOf(file);
    if (bytes.length > MAX_BYTES) throw unreadable(file, `it has more than ${MAX_BYTES} bytes`);
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof GleitzeitError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (code === "EACCES" || code === "EPERM") {
      throw new GleitzeitError("AUTHORIZATION_FAILED", `no permission to read ${file}`, { cause: error });
    }
    throw unreadable(file, error instanceof Error ? error.message : String(error), error);
  }
}

/** No more than is needed to see that it is too much. */
async function bytesOf(file: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of createReadStream(file, { end: MAX_BYTES })) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const unreadable = (file: string, why: string, cause?: unknown): GleitzeitError =>
  new GleitzeitError("CONFIGURATION_ERROR", `${file} cannot be read: ${why}`, { cause });

export function fileLayer(
  file: string,
  text: string,
): { readonly layer: Layer; readonly problems: readonly Problem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    uniqueKeys: true,
    merge: false,
    prettyErrors: false,
  });
  const at = (offset: number): { readonly line: number; readonly column: number } => {
    const { line, col: column } = lines.linePos(offset);
    return { line, column };
  };
  const fault = (message: string, offset: number): Problem => ({
    code: "CONFIGURATION_ERROR",
    message,
    file,
    ...at(offset),
  });
  const problems = document.errors.map(({ message, pos }) => fault(message, pos[0]));
  if (problems.length > 0) return { layer: EMPTY, problems };
  const values = valuesOf(document);
  if (values instanceof Error) return { layer: EMPTY, problems: [fault(values.message, 0)] };
  if (values === null) return { layer: EMPTY, problems };
  if (!isObject(values))
    return { layer: EMPTY, problems: [fault("a configuration is a map of settings", 0)] };
  const sources = new Map<string, Source>();
  note(document.contents, [], (path, offset) => sources.set(path, { kind: "file", file, ...at(offset) }));
  return { layer: { values, sources }, problems };
}

/** Where every key stands. */
function note(
  node: Node | null,
  path: readonly string[],
  found: (path: string, offset: number) => void,
): void {
  if (!isMap(node)) return;
  for (const { key, value } of node.items) {
    if (!isScalar(key)) continue;
    const here = [...path, String(key.value)];
    found(here.join("."), key.range?.[0] ?? 0);
    if (isMap(value)) note(value, here, found);
  }
}

/** What YAML can hold beyond JSON does not fit any setting; through JSON it is refused as such. */
function valuesOf(document: Document): Json | Error {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return parseJson(JSON.stringify(value ?? null));
  } catch (error) {
    return asError(error);
  }
}
