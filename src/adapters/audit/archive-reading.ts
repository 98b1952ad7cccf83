// Archives as somebody reads them who asks for what they hold.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { EventId, type Json, jcs, parseJson, StreamName } from "../../domain/index.ts";
import type { ArchiveReading, StoredEvent } from "../../engine/ports/index.ts";
import { sumOf } from "./archived-in.ts";
import { base64Bytes, isRecord, linesOf } from "./verifier/canonical.ts";

export function archiveReading(folder: string): ArchiveReading {
  return {
    open: async (file, sha256) => {
      const path = join(folder, file);
      if (!(await isThere(path)) || (await sumOf(createReadStream(path))) !== sha256) return undefined;
      return {
        events: async function* () {
          for await (const line of jsonLines(path)) {
            const event = eventIn(line);
            if (event) yield event;
          }
        },
        blob: async (hash) => {
          for await (const line of jsonLines(path)) if (line.blob === hash) return base64Bytes(line.base64);
          return undefined;
        },
      };
    },
  };
}

async function* jsonLines(path: string): AsyncGenerator<Readonly<Record<string, unknown>>> {
  for await (const { bytes } of linesOf(createReadStream(path))) {
    const line: unknown = parseJson(Buffer.from(bytes).toString());
    if (isRecord(line)) yield line;
  }
}

function eventIn({ event, salt, leafIndex }: Readonly<Record<string, unknown>>): StoredEvent | undefined {
  if (!isRecord(event)) return undefined;
  const { stream, revision, id, type, schemaVersion, recordedAt, metadata, data } = event;
  return {
    position: BigInt(String(leafIndex)),
    stream: StreamName.parse(stream),
    revision: Number(revision),
    id: EventId.parse(id),
    type: String(type),
    schemaVersion: Number(schemaVersion),
    recordedAt: String(recordedAt),
    metadata: bytesOf(metadata),
    data: bytesOf(data),
    salt: base64Bytes(salt) ?? new Uint8Array(0),
  };
}

const bytesOf = (value: unknown): Uint8Array => Buffer.from(jcs(asJson(value)));
const asJson = (value: unknown): Json => parseJson(JSON.stringify(value));

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
