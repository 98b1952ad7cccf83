// What a container brought back, as values: text where it is text, base64 where it is not.
import { GleitzeitError, type JsonObject } from "../../../domain/index.ts";
import { unpacked } from "./tar-unpack.ts";

const MOST_FILES = 1000;

/** GleitzeitError TASK_RESULT_INVALID: nothing came, not all of it came, or it is not what was asked for. */
export function collectedFiles(
  archive: Uint8Array | undefined,
  wanted: readonly string[],
  mostBytes: number,
): JsonObject {
  if (!archive) throw invalid("nothing came: the image's `tar` failed");
  const files = unpacked(archive, { mostFiles: MOST_FILES, mostBytes });
  const isOf = (path: string) => (name: string) => path === name || path.startsWith(`${name}/`);
  const stranger = [...files.keys()].find((path) => !wanted.some(isOf(path)));
  if (stranger !== undefined) throw invalid(`${JSON.stringify(stranger)} was not asked for`);
  return Object.fromEntries([...files].map(([path, bytes]) => [path, contentOf(bytes)]));
}

function contentOf(bytes: Uint8Array): JsonObject {
  const size = bytes.length;
  try {
    return { size, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { size, base64: Buffer.from(bytes).toString("base64") };
  }
}

const invalid = (why: string): GleitzeitError =>
  new GleitzeitError("TASK_RESULT_INVALID", `what was collected is refused: ${why}`);
