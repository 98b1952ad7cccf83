// A document's bytes from the disk, and its text. Whatever cannot be a document is refused before it costs anything.
import { Buffer, isUtf8 } from "node:buffer";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { extname } from "node:path";
import { type ErrorCode, GleitzeitError } from "../../domain/index.ts";

export type Format = "yaml" | "json";

export type Source = { readonly bytes: Uint8Array; readonly text: string; readonly format: Format };

export const MAX_DOCUMENT_BYTES = 10 * 1024 * 1024;

const FORMATS: Readonly<Record<string, Format>> = { ".yaml": "yaml", ".yml": "yaml", ".json": "json" };

export async function readSource(path: string, maxBytes: number): Promise<Source> {
  const file = await opened(path);
  try {
    const status = await file.stat();
    if (status.isDirectory()) throw refusal(path, "is a directory: name the document in it");
    if (!status.isFile()) throw refusal(path, "is not a regular file");
    const format = formatOf(path);
    if (status.size > maxBytes) throw tooLarge(path, maxBytes);
    const bytes = await read(file, maxBytes + 1);
    return sourceOf(path, bytes, maxBytes, format);
  } finally {
    await file.close();
  }
}

/** The same of bytes that are at hand; `path` is how problems name them, and its end says what they are. */
export function sourceOf(
  path: string,
  bytes: Uint8Array,
  maxBytes: number,
  format: Format = formatOf(path),
): Source {
  if (bytes.length > maxBytes) throw tooLarge(path, maxBytes);
  return { bytes, text: textOf(bytes, path), format };
}

async function opened(path: string): Promise<FileHandle> {
  if (path.includes("\0")) throw refusal(path, "has a NUL in its name");
  try {
    // Without O_NONBLOCK, opening a pipe would wait for somebody to write into it.
    return await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw notOpened(path, error);
  }
}

const REASONS: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOENT: ["WORKFLOW_NOT_FOUND", "there is no such file"],
  ENOTDIR: ["WORKFLOW_NOT_FOUND", "there is no such file"],
  ENAMETOOLONG: ["WORKFLOW_NOT_FOUND", "there is no such file: the name is too long"],
  EACCES: ["AUTHORIZATION_FAILED", "reading it is not permitted"],
  EPERM: ["AUTHORIZATION_FAILED", "reading it is not permitted"],
  ELOOP: ["WORKFLOW_VALIDATION_FAILED", "its symbolic links lead in a circle"],
  ENXIO: ["WORKFLOW_VALIDATION_FAILED", "is not a regular file"],
};

function notOpened(path: string, cause: unknown): GleitzeitError {
  const errno = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const [code, reason] = REASONS[errno] ?? [
    "PERSISTENCE_READ_FAILED",
    `cannot be read (${errno || String(cause)})`,
  ];
  return refusal(path, reason, code, cause);
}

function refusal(
  path: string,
  reason: string,
  code: ErrorCode = "WORKFLOW_VALIDATION_FAILED",
  cause?: unknown,
) {
  const message = `${path}: ${reason}`;
  return new GleitzeitError(code, message, { cause, problems: [{ code, message: reason, file: path }] });
}

const tooLarge = (path: string, maxBytes: number): GleitzeitError =>
  refusal(
    path,
    `is larger than ${maxBytes} bytes, the limit for documents: put data into files of their own`,
  );

function formatOf(path: string): Format {
  const suffix = extname(path).toLowerCase();
  const format = Object.hasOwn(FORMATS, suffix) ? FORMATS[suffix] : undefined;
  if (format) return format;
  const found = suffix === "" ? "it has no suffix" : `not ${suffix}`;
  throw refusal(path, `documents end in .yaml, .yml or .json (${found})`);
}

async function read(file: FileHandle, most: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(Math.min(most, (await file.stat()).size + 1));
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

function textOf(bytes: Uint8Array, path: string): string {
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
    throw refusal(path, "is UTF-16: save it as UTF-8");
  }
  if (bytes.includes(0)) throw refusal(path, "is a binary file, not a document");
  if (!isUtf8(bytes)) throw notUtf8(bytes, path);
  return new TextDecoder("utf-8").decode(bytes);
}

const startsWith = (bytes: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, i) => bytes[i] === byte);

/** No part of a longer UTF-8 sequence is a line feed, so a bad line can be judged alone. */
function notUtf8(bytes: Uint8Array, path: string): GleitzeitError {
  let line = 1;
  let start = 0;
  for (
    let end = bytes.indexOf(10);
    end >= 0 && isUtf8(bytes.subarray(start, end));
    end = bytes.indexOf(10, start)
  ) {
    line += 1;
    start = end + 1;
  }
  const code = "PARSE_ERROR";
  const message = "this line is not UTF-8: save the document as UTF-8";
  return new GleitzeitError(code, `${path}:${line}: ${message}`, {
    problems: [{ code, message, file: path, line, column: 1 }],
  });
}
