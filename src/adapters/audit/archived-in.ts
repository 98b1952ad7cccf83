// What an archive holds: verified as a bundle, then looked through. A finding for one that is not whole.
import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { StreamName } from "../../domain/index.ts";
import type { Archived, ArchivedStream } from "../../engine/ports/index.ts";
import { verifyBundle } from "./verifier/bundle.ts";
import { isRecord, linesOf } from "./verifier/canonical.ts";
import type { Finding } from "./verifier/finding.ts";
import type { NoteKey } from "./verifier/note.ts";

export async function archivedIn(
  file: string,
  opened: () => Readable,
  keys: readonly NoteKey[],
): Promise<Archived | { readonly problem: Finding }> {
  const whole = createHash("sha256");
  const verdict = await verifyBundle(summed(opened(), whole), { keys, requireComplete: true });
  if (!verdict.ok) return { problem: verdict.problem };
  const { size, root } = verdict.checkpoint;
  return {
    file,
    sha256: whole.digest("hex"),
    size: String(size),
    root: Buffer.from(root).toString("base64"),
    ...(await contentOf(opened())),
  };
}

async function* summed(
  chunks: AsyncIterable<Uint8Array>,
  whole: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    whole.update(chunk);
    yield chunk;
  }
}

async function contentOf(chunks: Readable): Promise<Pick<Archived, "streams" | "blobs">> {
  const streams = new Map<StreamName, ArchivedStream>();
  const blobs: string[] = [];
  for await (const { bytes } of linesOf(chunks)) {
    const line: unknown = JSON.parse(Buffer.from(bytes).toString());
    if (!isRecord(line)) continue;
    if (typeof line.blob === "string") blobs.push(line.blob);
    const stream = isRecord(line.event) ? StreamName.safeParse(line.event.stream).data : undefined;
    if (stream === undefined) continue;
    const lastLeaf = String(line.leafIndex);
    const { events, firstLeaf } = streams.get(stream) ?? { events: 0, firstLeaf: lastLeaf };
    streams.set(stream, { stream, events: events + 1, firstLeaf, lastLeaf });
  }
  return { streams: [...streams.values()], blobs };
}

export async function sumOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const whole = createHash("sha256");
  for await (const chunk of chunks) whole.update(chunk);
  return whole.digest("hex");
}
