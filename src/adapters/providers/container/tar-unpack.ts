// An archive that a container wrote, believed to be nothing but bytes: plain files with plain paths are taken out of
// it, and anything else that is in it refuses the whole.
import { GleitzeitError } from "../../../domain/index.ts";

const BLOCK = 512;
const LONGEST_PATH = 1000;

export type Unpacked = ReadonlyMap<string, Uint8Array>;

export type Bounds = { readonly mostFiles: number; readonly mostBytes: number };

/** GleitzeitError TASK_RESULT_INVALID says what is wrong with which entry. Nothing is ever written to a disk. */
export function unpacked(archive: Uint8Array, { mostFiles, mostBytes }: Bounds): Unpacked {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.length);
  const files = new Map<string, Uint8Array>();
  let room = mostBytes;
  let entries = 0;
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length; ) {
    const block = bytes.subarray(at, at + BLOCK);
    at += BLOCK;
    if (block.every((byte) => byte === 0)) return files;
    checkSum(block);
    const size = numberIn(block, 124, 12);
    const type = String.fromCharCode(block[156] ?? 0);
    const content = bytes.subarray(at, at + size);
    if (content.length < size) throw refused("it is cut off");
    at += Math.ceil(size / BLOCK) * BLOCK;
    entries += 1;
    if (entries > 2 * mostFiles) throw refused(`it has more than ${mostFiles} files`);
    if (type === "L") {
      if (size > LONGEST_PATH + 1) throw refused("a path in it is too long");
      longName = textOf(content);
      continue;
    }
    const path = longName ?? nameIn(block);
    longName = undefined;
    const plain = plainPath(path);
    if (type === "5") continue;
    if (type !== "0" && type !== "\0")
      throw refused(`${JSON.stringify(path)} is ${KINDS[type] ?? "no plain file"}`);
    if (files.has(plain)) throw refused(`${JSON.stringify(path)} is in it twice`);
    room -= size;
    if (room < 0) throw refused(`its files are larger than ${mostBytes} bytes together`);
    if (files.size >= mostFiles) throw refused(`it has more than ${mostFiles} files`);
    files.set(plain, content);
  }
  throw refused("it has no end");
}

const KINDS: Readonly<Record<string, string>> = {
  "1": "a hard link",
  "2": "a symbolic link",
  "3": "a device",
  "4": "a device",
  "6": "a named pipe",
};

/** Relative, and nowhere but below: what would lead elsewhere is refused, not corrected. */
function plainPath(path: string): string {
  const steps = path.replace(/\/+$/, "").split("/");
  const below = steps.filter((step) => step !== ".");
  const isPlain = below.every((step) => step !== "" && step !== ".." && !/[\0\\]/.test(step));
  if (isPlain && path.length <= LONGEST_PATH && !path.startsWith("/")) return below.join("/");
  throw refused(`the path ${JSON.stringify(path.slice(0, 200))} leads elsewhere`);
}

function checkSum(block: Buffer): void {
  const said = numberIn(block, 148, 8);
  const sum = block.reduce((all, byte, i) => all + (i >= 148 && i < 156 ? 32 : byte), 0);
  if (sum !== said) throw refused("it is damaged");
}

function numberIn(block: Buffer, from: number, length: number): number {
  const text = textOf(block.subarray(from, from + length)).trim();
  if (!/^[0-7]{1,12}$/.test(text)) throw refused("it is damaged");
  return Number.parseInt(text, 8);
}

function nameIn(block: Buffer): string {
  const isUstar = block.toString("latin1", 257, 262) === "ustar";
  const prefix = isUstar && block[263] === 48 ? textOf(block.subarray(345, 500)) : "";
  const name = textOf(block.subarray(0, 100));
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** Up to the first zero. Bytes that are no text stand as such, and are then compared as they stand. */
function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  const text = Buffer.from(end < 0 ? bytes : bytes.subarray(0, end)).toString("utf8");
  if (text.includes("\ufffd")) throw refused("a path in it is no text");
  return text;
}

const refused = (why: string): GleitzeitError =>
  new GleitzeitError("TASK_RESULT_INVALID", `what was collected is refused: ${why}`);
