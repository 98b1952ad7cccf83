// The body of an answer, whole: never more than may be, unpacked, as text where it is text.
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";
import { GleitzeitError } from "../../../domain/index.ts";
import type { OutboundResponse } from "../../../engine/ports/index.ts";

export type Content = { readonly text: string; readonly encoding?: "base64" };

type Unpack = (bytes: Uint8Array, options: { readonly maxOutputLength: number }) => Promise<Uint8Array>;

const UNPACK: Readonly<Record<string, Unpack>> = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

export async function contentOf({ headers, body }: OutboundResponse, mostBytes: number): Promise<Content> {
  const whole = await unpacked(
    await collected(body, mostBytes),
    String(headers["content-encoding"] ?? ""),
    mostBytes,
  );
  const charset = /;\s*charset="?([\w.:-]+)/i.exec(String(headers["content-type"] ?? ""))?.[1];
  const text = decoded(whole, charset ?? "utf-8");
  return text === undefined ? { text: Buffer.from(whole).toString("base64"), encoding: "base64" } : { text };
}

async function collected(body: AsyncIterable<Uint8Array>, mostBytes: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > mostBytes) throw tooLarge(mostBytes);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function unpacked(bytes: Uint8Array, encodings: string, mostBytes: number): Promise<Uint8Array> {
  const names = encodings
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  let whole = bytes;
  for (const name of names.toReversed().filter((one) => one !== "" && one !== "identity")) {
    if (whole.length === 0) break;
    const unpack = Object.hasOwn(UNPACK, name) ? UNPACK[name] : undefined;
    if (!unpack)
      throw new GleitzeitError("PROVIDER_ERROR", `the answer is packed as ${name}, which was not asked for`);
    whole = await unpack(whole, { maxOutputLength: mostBytes }).catch((error: unknown) => {
      if (error instanceof RangeError) throw tooLarge(mostBytes);
      throw new GleitzeitError("PROVIDER_ERROR", `the answer says it is ${name}, and is not`, {
        cause: error,
      });
    });
  }
  return whole;
}

const tooLarge = (mostBytes: number): GleitzeitError =>
  new GleitzeitError("TASK_RESULT_INVALID", `the answer is larger than the limit of ${mostBytes} bytes`);

/** Undefined when these bytes are no text of that kind, or the kind is not known. */
function decoded(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return undefined;
    throw error;
  }
}
