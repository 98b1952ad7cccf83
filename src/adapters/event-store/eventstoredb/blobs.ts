// Content by hash, on the server that has the log: a stream for each, its bytes in pieces, since one event holds
// a megabyte at most. The ids of the pieces follow from the content, so whoever writes them again, or at the same
// time, or goes on where another has stopped, writes the same.
import { createHash } from "node:crypto";
import { BACKWARDS, type BinaryEventData, binaryEvent, END } from "@eventstore/db-client";
import { jcs } from "../../../domain/index.ts";
import type { Blob } from "../../../engine/ports/index.ts";
import { hashOf } from "../blob-hash.ts";
import { recent } from "../recent.ts";
import { type Connection, FROM_LEADER } from "./connection.ts";
import { drain, type Resolved } from "./drain.ts";
import { damaged } from "./failure.ts";
import type { Names } from "./names.ts";
import { type Patience, patiently } from "./patience.ts";
import { unlessMissing } from "./reading.ts";

const PIECE_BYTES = 512 * 1024;
const KNOWN_BLOBS = 10_000;

export type Blobs = {
  put(tenant: string, blob: Blob): Promise<void>;
  get(tenant: string, hash: string): Promise<Uint8Array | undefined>;
  has(tenant: string, hash: string): Promise<boolean>;
};

export type BlobParts = {
  readonly connection: Connection;
  readonly names: Names;
  readonly place: string;
  readonly patience: Patience;
};

type Piece = { readonly bytes: Uint8Array; readonly index: number; readonly pieces: number };

export function blobs({ connection, names, place, patience }: BlobParts): Blobs {
  const { client } = connection;
  const kept = recent<string, true>(KNOWN_BLOBS);

  async function pieces(stream: string, which: "all" | "last"): Promise<readonly Piece[]> {
    return patiently(patience, async ({ signal }) => {
      const found: Piece[] = [];
      const options =
        which === "all"
          ? FROM_LEADER
          : ({ ...FROM_LEADER, direction: BACKWARDS, fromRevision: END, maxCount: 1 } as const);
      const take = ({ event }: Resolved): boolean => {
        const piece = event && pieceOf(event.data, event.metadata, Number(event.revision));
        if (!piece) throw damaged(place, `in ${stream}`);
        found.push(piece);
        return true;
      };
      await unlessMissing(() => drain(client.readStream(stream, options), take, signal));
      return found;
    });
  }

  async function has(tenant: string, hash: string): Promise<boolean> {
    const stream = names.ofBlob(tenant, hash);
    if (kept.get(stream)) return true;
    const [last] = await pieces(stream, "last");
    return last !== undefined && last.index === last.pieces - 1;
  }

  async function put(tenant: string, { hash, bytes }: Blob): Promise<void> {
    if (await has(tenant, hash)) return;
    const stream = names.ofBlob(tenant, hash);
    for (const [index, data] of cut(stream, bytes).entries()) {
      const expected = index === 0 ? "no_stream" : BigInt(index - 1);
      await patiently(patience, () => connection.append(stream, expected, [data]));
    }
    kept.set(stream, true);
  }

  async function get(tenant: string, hash: string): Promise<Uint8Array | undefined> {
    const stream = names.ofBlob(tenant, hash);
    const found = await pieces(stream, "all");
    const last = found.at(-1);
    if (!last || last.index !== last.pieces - 1) return undefined;
    const bytes = joined(found);
    if (hashOf(bytes) === hash) return bytes;
    throw damaged(place, `in ${stream}`);
  }

  return { put, get, has };
}

/** At least one piece; each says how many there are. */
function cut(stream: string, bytes: Uint8Array): readonly BinaryEventData[] {
  const pieces = Math.max(1, Math.ceil(bytes.length / PIECE_BYTES));
  return Array.from({ length: pieces }, (_, index) =>
    binaryEvent({
      id: idOf(stream, index),
      type: "BlobPiece",
      data: bytes.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES),
      metadata: new TextEncoder().encode(jcs({ pieces, schemaVersion: 1 })),
    }),
  );
}

/** A UUID of version 8 from the name of the stream, which holds the hash, and the place in it. */
function idOf(stream: string, index: number): string {
  const bytes = createHash("sha256").update(`blob-piece\n${stream}\n${index}`).digest().subarray(0, 16);
  bytes.writeUInt8(((bytes[6] ?? 0) & 0x0f) | 0x80, 6);
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function pieceOf(data: unknown, beside: unknown, index: number): Piece | undefined {
  if (!(data instanceof Uint8Array) || typeof beside !== "object" || beside === null) return undefined;
  if (!("pieces" in beside) || typeof beside.pieces !== "number") return undefined;
  return { bytes: data, index, pieces: beside.pieces };
}

function joined(pieces: readonly Piece[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.bytes.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece.bytes, at);
    at += piece.bytes.length;
  }
  return bytes;
}
