// Files as a tar archive that every tar there is unpacks: plain files and nothing else.
const BLOCK = 512;
const NAME = 100;
const ENDING = Buffer.alloc(2 * BLOCK);

export type Packed = { readonly path: string; readonly bytes: Uint8Array };

export function tarOf(files: readonly Packed[]): Uint8Array {
  return Buffer.concat([...files.flatMap(({ path, bytes }) => [...entry(path, bytes)]), ENDING]);
}

function* entry(path: string, bytes: Uint8Array): Generator<Uint8Array> {
  const name = Buffer.from(path);
  if (name.length > NAME) yield* longName(name);
  yield header(name.subarray(0, NAME), bytes.length, "0");
  yield* padded(bytes);
}

/** As GNU tar and busybox read it: an entry whose content is the next one's name. */
function* longName(name: Buffer): Generator<Uint8Array> {
  const content = Buffer.concat([name, Buffer.alloc(1)]);
  yield header(Buffer.from("././@LongLink"), content.length, "L");
  yield* padded(content);
}

function* padded(bytes: Uint8Array): Generator<Uint8Array> {
  yield bytes;
  yield Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK);
}

const octal = (value: number, width: number): string => value.toString(8).padStart(width - 1, "0");

function header(name: Uint8Array, size: number, type: string): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.set(name, 0);
  const write = (at: number, text: string) => block.write(text, at, "latin1");
  write(100, octal(0o644, 8));
  write(108, octal(65534, 8));
  write(116, octal(65534, 8));
  write(124, octal(size, 12));
  write(136, octal(0, 12));
  write(148, " ".repeat(8));
  write(156, type);
  write(257, "ustar\u000000");
  const sum = block.reduce((all, byte) => all + byte, 0);
  write(148, `${octal(sum, 7)}\0 `);
  return block;
}
