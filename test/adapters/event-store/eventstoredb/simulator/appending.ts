// The two ways to append: one call each, or one call for all.
import type * as wire from "@eventstore/db-client/generated/streams_pb.js";
import {
  Metadata,
  type ServerDuplexStream,
  type ServerReadableStream,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import type { Faults } from "./faults.ts";
import { appendMessage, batchMessage, expectedOf, nameOf, proposedOf, uuidOf } from "./messages.ts";
import { MAX_APPEND_BYTES, type Proposed, type ServerLog } from "./server-log.ts";

const goesAway = { code: status.UNAVAILABLE, details: "the server goes away" };

export function appendHandler(log: ServerLog, faults: Faults) {
  return (
    call: ServerReadableStream<wire.AppendReq, wire.AppendResp>,
    answer: sendUnaryData<wire.AppendResp>,
  ): void => {
    const fault = faults.next("append");
    if (fault === "refuse") return answer(goesAway);
    let options: wire.AppendReq.Options | undefined;
    const events: Proposed[] = [];
    call.on("data", (message: wire.AppendReq) => {
      const proposed = message.getProposedMessage();
      if (proposed) events.push(proposedOf(proposed));
      else options = message.getOptions();
    });
    call.on("end", () => {
      if (!options || fault === "hang") return;
      const given = options;
      const stream = nameOf(given.getStreamIdentifier());
      const outcome = log.append(
        stream,
        expectedOf(given, () => given.getRevision()),
        events,
      );
      if (fault === "mute") return;
      if (fault === "cut") return answer(goesAway);
      if (outcome.kind === "too-large") return answer(tooLarge());
      answer(null, appendMessage(outcome));
    });
  };
}

function tooLarge() {
  const metadata = new Metadata();
  metadata.set("exception", "maximum-append-size-exceeded");
  metadata.set("maximum-append-size", String(MAX_APPEND_BYTES));
  return { code: status.INVALID_ARGUMENT, details: "maximum append size exceeded", metadata };
}

type Pending = { options: wire.BatchAppendReq.Options | undefined; readonly events: Proposed[] };

export function batchHandler(log: ServerLog, faults: Faults) {
  return (call: ServerDuplexStream<wire.BatchAppendReq, wire.BatchAppendResp>): void => {
    const pending = new Map<string, Pending>();
    call.on("data", (message: wire.BatchAppendReq) => {
      const correlation = message.getCorrelationId();
      const id = uuidOf(correlation);
      const one = pending.get(id) ?? { options: undefined, events: [] };
      pending.set(id, one);
      one.options ??= message.getOptions();
      one.events.push(...message.getProposedMessagesList().map(proposedOf));
      const { options } = one;
      if (!message.getIsFinal() || !options || !correlation) return;
      pending.delete(id);
      const fault = faults.next("append");
      if (fault === "hang") return;
      if (fault === "refuse") return void call.emit("error", goesAway);
      const stream = nameOf(options.getStreamIdentifier());
      const outcome = log.append(
        stream,
        expectedOf(options, () => options.getStreamPosition()),
        one.events,
      );
      if (fault === "mute") return;
      if (fault === "cut") return void call.emit("error", goesAway);
      call.write(batchMessage(outcome, correlation, stream));
    });
    call.on("end", () => call.end());
  };
}
