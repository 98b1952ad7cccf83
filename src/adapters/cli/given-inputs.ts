// Inputs of a run from the command line: one by one as text, or all at once as a document.
import { Buffer } from "node:buffer";
import { createReadStream } from "node:fs";
import { parse } from "yaml";
import {
  type Definition,
  GleitzeitError,
  inputsFromText,
  isObject,
  type JsonObject,
  parseJson,
} from "../../domain/index.ts";
import { takenInputs } from "../../engine/index.ts";
import type { Terminal } from "./terminal.ts";

const MAX_BYTES = 16 * 1024 * 1024;

export type GivenInputs = { readonly pairs: readonly string[]; readonly file: string | undefined };

/** Checked against what the document declares, defaults filled in. */
export async function givenInputs(
  { inputs: declared }: Definition,
  { pairs, file }: GivenInputs,
  terminal: Pick<Terminal, "readInput">,
): Promise<JsonObject> {
  const whole = file === undefined ? {} : await document(file, terminal);
  const single = inputsFromText(declared, Object.fromEntries(pairs.map(pairOf)));
  return toldHow(
    () => takenInputs(declared, { ...whole, ...single }),
    pairs.length === 0 && file === undefined,
  );
}

/** Who gave none may not know how. */
function toldHow(take: () => JsonObject, isNew: boolean): JsonObject {
  try {
    return take();
  } catch (error) {
    if (!isNew || !(error instanceof GleitzeitError)) throw error;
    const { code, message, problems = [] } = error;
    throw new GleitzeitError(code, `${message}; inputs are given as --input name=value`, { problems });
  }
}

function pairOf(text: string): [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new GleitzeitError("USAGE_ERROR", `--input takes name=value, not ${JSON.stringify(text)}`);
}

async function document(file: string, { readInput }: Pick<Terminal, "readInput">): Promise<JsonObject> {
  const name = file === "-" ? "standard input" : file;
  const bytes = file === "-" ? await readInput(MAX_BYTES + 1) : await bytesOf(file);
  if (bytes.length > MAX_BYTES) {
    throw new GleitzeitError(
      "RESOURCE_EXHAUSTED",
      `${name} holds more than ${MAX_BYTES} bytes of inputs: put data into files`,
    );
  }
  const value = parsed(textIn(bytes, name), name, /\.ya?ml$/i.test(file));
  if (isObject(value)) return value;
  throw new GleitzeitError("WORKFLOW_VALIDATION_FAILED", `${name} must hold a map of inputs`);
}

/** No more than is needed to see that it is too much: a file may be a pipe, or have no end. */
async function bytesOf(file: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of createReadStream(file, { end: MAX_BYTES })) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    const isForbidden = code === "EACCES" || code === "EPERM";
    const why =
      code === "ENOENT" ? "there is no such file" : error instanceof Error ? error.message : String(error);
    throw new GleitzeitError(
      isForbidden ? "AUTHORIZATION_FAILED" : "WORKFLOW_VALIDATION_FAILED",
      `the inputs ${file} cannot be read: ${why}`,
      { cause: error },
    );
  }
}

function textIn(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new GleitzeitError("PARSE_ERROR", `${name} is no UTF-8 text`, { cause: error });
  }
}

function parsed(text: string, name: string, isYaml: boolean): unknown {
  try {
    return isYaml ? parse(text, { maxAliasCount: 100 }) : parseJson(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new GleitzeitError("PARSE_ERROR", `${name} cannot be parsed: ${why}`, { cause: error });
  }
}
