// Whether an event that a leaf is left of was removed by right: its run says itself that what came before has left the store,
// or the tenant that records of deliveries have.
import { RunId, runStream, type StreamName } from "../../domain/index.ts";
import { archiveOf, deletedAt, type EventStore, removedBefore } from "../../engine/index.ts";
import { isRecord } from "./verifier/canonical.ts";

export function removedFrom(events: EventStore) {
  let last: { readonly stream: string; readonly removed: number } | undefined;
  const streams = new Map<string, StreamName>(); // one for each archive

  async function removedOf(text: string): Promise<number> {
    if (text.startsWith("webhook-")) {
      const [of = "", webhook = ""] = text.slice("webhook-".length).split(".");
      return (await removedBefore(events, of)).get(webhook) ?? 0;
    }
    const [tenant = "", id] = text.startsWith("run-") ? text.slice("run-".length).split(".") : [];
    const run = RunId.safeParse(id);
    if (!run.success) return 0;
    const stream = runStream(run.data, tenant);
    const archive = await archiveOf(events, stream);
    if (archive) streams.set(archive.archive, stream);
    return archive?.events ?? 0;
  }

  return {
    isRemoved: async (leaf: Uint8Array): Promise<boolean> => {
      const { stream, revision } = fieldsOf(leaf);
      if (typeof stream !== "string" || typeof revision !== "number") return false;
      if (last?.stream !== stream) last = { stream, removed: await removedOf(stream) };
      return revision < last.removed;
    },
    /** Of those that were asked for: files with their sums, but for those that the log says were deleted. */
    archives: async (): Promise<ReadonlyMap<string, string>> => {
      const sums = new Map<string, string>();
      for (const [file, stream] of streams) {
        const archive = await archiveOf(events, stream);
        if (archive && (await deletedAt(events, stream, archive)) === undefined)
          sums.set(file, archive.sha256);
      }
      return sums;
    },
  };
}

const fieldsOf = (leaf: Uint8Array): Readonly<Record<string, unknown>> => {
  const value: unknown = JSON.parse(Buffer.from(leaf).toString());
  return isRecord(value) ? value : {};
};
