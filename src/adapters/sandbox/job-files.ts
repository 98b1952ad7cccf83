// The captured files of one call, on their way into the interpreter's memory.
import { GleitzeitError } from "../../domain/index.ts";
import type { CallContext, CapturedFile } from "../../engine/ports/index.ts";
import type { Interpreter } from "./interpreter.ts";

const PIECE_BYTES = 384 * 1024;

type Files = Pick<CallContext, "files" | "readFile">;

/** `mentioned`: what a script may be given as a path; a captured file is found under its absolute one too. */
export async function sendFiles(
  interpreter: Interpreter,
  from: Files,
  mentioned: readonly string[],
): Promise<void> {
  const absolute = mentioned.filter((path) => path.startsWith("/"));
  for (const file of from.files) {
    refuseOutside(file);
    await sendPieces(interpreter, file.path, await from.readFile(file));
    for (const path of absolute.filter((name) => name.endsWith(`/${file.path}`))) {
      await interpreter.send({ t: "link", path: file.path, absolute: path });
    }
  }
}

async function sendPieces(interpreter: Interpreter, path: string, bytes: Uint8Array): Promise<void> {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  do {
    const data = all.subarray(at, at + PIECE_BYTES).toString("base64");
    if (!(await interpreter.send({ t: "file", path, size: all.length, at, data }))) return;
    at += PIECE_BYTES;
  } while (at < all.length);
}

function refuseOutside({ path }: CapturedFile): void {
  if (path.startsWith("/") || path.split("/").some((step) => step === "" || step === "." || step === "..")) {
    throw new GleitzeitError("INTERNAL_ERROR", `${JSON.stringify(path)} is no path of a captured file`);
  }
}

/** The captured file that a task names as its script, however it writes the path. */
export function scriptAmong(files: readonly CapturedFile[], named: string): CapturedFile {
  const plain = named.replace(/^(?:\.\/)+/, "");
  const found =
    files.find(({ path }) => path === plain) ??
    files.filter(({ path }) => plain.startsWith("/") && plain.endsWith(`/${path}`)).toSorted(longestFirst)[0];
  if (found) return found;
  throw new GleitzeitError(
    "TASK_PARAMETER_ERROR",
    `the script ${named} is not among the task's captured files`,
  );
}

const longestFirst = (a: CapturedFile, b: CapturedFile): number => b.path.length - a.path.length;
