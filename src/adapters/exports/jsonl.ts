// Events as `events --json` prints them, one a line.
import type { Format } from "./facts.ts";

export const jsonl = (): Format => ({
  line: async (event) => {
    const { position, stream, revision, id, type, schemaVersion, recordedAt, metadata } = event;
    return `${JSON.stringify({
      position: String(position),
      stream,
      revision,
      id,
      type,
      schemaVersion,
      recordedAt,
      metadata,
      data: await event.data(),
    })}\n`;
  },
});
