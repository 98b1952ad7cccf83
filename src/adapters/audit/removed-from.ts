// Whether an event that a leaf is left of was removed by right: its run says itself that what came before has left the store,
// or the tenant that records of deliveries have.
import { RunId, runStream } from "../../domain/index.ts";
import { archiveOf, type EventStore, removedBefore } from "../../engine/index.ts";
import { isRecord } from "./verifier/canonical.ts";

export function removedFrom(events: EventStore): (leaf: Uint8Array) => Promise<boolean> {
  let last: { readonly stream: string; readonly removed: number } | undefined;

  return async (leaf) => {
    const { stream, revision } = fieldsOf(leaf);
    if (typeof stream !== "string" || typeof revision !== "number") return false;
    if (last?.stream !== stream) last = { stream, removed: await removedOf(events, stream) };
    return revision < last.removed;
  };
}

async function removedOf(events: EventStore, stream: string): Promise<number> {
  if (stream.startsWith("webhook-")) {
    const [tenant = "", webhook = ""] = stream.slice("webhook-".length).split(".");
    return (await removedBefore(events, tenant)).get(webhook) ?? 0;
  }
  const [tenant = "", id] = stream.startsWith("run-") ? stream.slice("run-".length).split(".") : [];
  const run = RunId.safeParse(id);
  if (!run.success) return 0;
  return (await archiveOf(events, runStream(run.data, tenant)))?.events ?? 0;
}

const fieldsOf = (leaf: Uint8Array): Readonly<Record<string, unknown>> => {
  const value: unknown = JSON.parse(Buffer.from(leaf).toString());
  return isRecord(value) ? value : {};
};
