// That something left the log is a fact of the log; it comes after the checkpoint under which it left.
import { AUDIT_EVENT_VERSION, accessStream, instantOf, RunId } from "../../domain/index.ts";
import { type EventStore, plainEvent, type Recording } from "../../engine/ports/index.ts";
import { appendAtEnd } from "./stream-end.ts";
import type { Head } from "./verifier/merkle.ts";

export type Exported = {
  readonly format: string;
  readonly run?: string;
  readonly children?: boolean;
  readonly subject?: string;
};

export async function recordExport(
  events: EventStore,
  { format, run, children, subject }: Exported,
  { size, root }: Head,
  recording: Recording,
): Promise<void> {
  const data = {
    format,
    size: String(size),
    root: Buffer.from(root).toString("base64"),
    ...(run !== undefined && { run: RunId.parse(run) }),
    ...(children !== undefined && { children }),
    ...(subject !== undefined && { subject }),
  };
  const event = plainEvent({ type: "LogExported", data }, AUDIT_EVENT_VERSION, recording);
  await appendAtEnd(events, accessStream(instantOf(recording.clock.now())), [event]);
}
