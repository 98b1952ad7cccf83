// Between the server's log and the messages of the wire.
import shared from "@eventstore/db-client/generated/shared_pb.js";
import status from "@eventstore/db-client/generated/status_pb.js";
import streams from "@eventstore/db-client/generated/streams_pb.js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { type Expected, MAX_APPEND_BYTES, type Outcome, type Proposed, type Recorded } from "./server-log.ts";

type Identified = { getStreamName_asU8(): Uint8Array };
type Proposal = {
  getId(): InstanceType<typeof shared.UUID> | undefined;
  getMetadataMap(): { get(key: string): string | undefined };
  getData_asU8(): Uint8Array;
  getCustomMetadata_asU8(): Uint8Array;
};
type Expecting = { hasAny(): boolean; hasNoStream(): boolean; hasStreamExists(): boolean };
export type WireUuid = InstanceType<typeof shared.UUID>;

export const nameOf = (identifier: Identified | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString("utf8");

export function uuidOf(uuid: WireUuid | undefined): string {
  if (!uuid?.hasString()) throw new Error("the client sends ids as text");
  return uuid.getString();
}

export const proposedOf = (message: Proposal): Proposed => ({
  id: uuidOf(message.getId()),
  type: message.getMetadataMap().get("type") ?? "",
  contentType: message.getMetadataMap().get("content-type") ?? "",
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

export function expectedOf(options: Expecting, revision: () => string | number): Expected {
  if (options.hasAny()) return "any";
  if (options.hasNoStream()) return "no-stream";
  return options.hasStreamExists() ? "stream-exists" : BigInt(revision());
}

export const identifierOf = (stream: string) =>
  new shared.StreamIdentifier().setStreamName(Buffer.from(stream).toString("base64"));

export function eventMessage(event: Recorded) {
  const position = String(event.position);
  const recorded = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(new shared.UUID().setString(event.id))
    .setStreamIdentifier(identifierOf(event.stream))
    .setStreamRevision(String(event.revision))
    .setPreparePosition(position)
    .setCommitPosition(position)
    .setCustomMetadata(event.metadata)
    .setData(event.data);
  recorded
    .getMetadataMap()
    .set("type", event.type)
    .set("content-type", event.contentType)
    .set("created", event.created);
  return new streams.ReadResp().setEvent(
    new streams.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(position),
  );
}

export function appendMessage(outcome: Exclude<Outcome, { kind: "too-large" }>) {
  const answer = new streams.AppendResp();
  if (outcome.kind === "written") {
    const at = String(outcome.position);
    const position = new streams.AppendResp.Position().setCommitPosition(at).setPreparePosition(at);
    const success = new streams.AppendResp.Success().setCurrentRevision(String(outcome.revision));
    return answer.setSuccess(success.setPosition(position));
  }
  const wrong = new streams.AppendResp.WrongExpectedVersion();
  if (outcome.current === undefined) wrong.setCurrentNoStream(new shared.Empty());
  else wrong.setCurrentRevision(String(outcome.current));
  if (typeof outcome.expected === "bigint") wrong.setExpectedRevision(String(outcome.expected));
  else wrong.setExpectedNoStream(new shared.Empty());
  return answer.setWrongExpectedVersion(wrong);
}

export function batchMessage(outcome: Outcome, correlation: WireUuid, stream: string) {
  const answer = new streams.BatchAppendResp()
    .setCorrelationId(correlation)
    .setStreamIdentifier(identifierOf(stream));
  if (outcome.kind !== "written") return answer.setError(refusal(outcome));
  const at = String(outcome.position);
  const position = new shared.AllStreamPosition().setCommitPosition(at).setPreparePosition(at);
  const success = new streams.BatchAppendResp.Success().setCurrentRevision(String(outcome.revision));
  return answer.setSuccess(success.setPosition(position));
}

function refusal(outcome: Exclude<Outcome, { kind: "written" }>) {
  const details = new any.Any();
  if (outcome.kind === "too-large") {
    const limit = new shared.MaximumAppendSizeExceeded().setMaxappendsize(MAX_APPEND_BYTES);
    details.pack(limit.serializeBinary(), "event_store.client.MaximumAppendSizeExceeded");
  } else {
    const wrong = new shared.WrongExpectedVersion();
    if (outcome.current === undefined) wrong.setCurrentNoStream(new empty.Empty());
    else wrong.setCurrentStreamRevision(String(outcome.current));
    if (typeof outcome.expected === "bigint") wrong.setExpectedStreamPosition(String(outcome.expected));
    else wrong.setExpectedNoStream(new empty.Empty());
    details.pack(wrong.serializeBinary(), "event_store.client.WrongExpectedVersion");
  }
  return new status.Status().setCode(9).setMessage(outcome.kind).setDetails(details);
}
