// Reads and subscriptions. Forwards a position is read from with the event that lies there, backwards and by
// subscriptions without it.

import type * as wire from "@eventstore/db-client/generated/streams_pb.js";
import streams from "@eventstore/db-client/generated/streams_pb.js";
import { type ServerWritableStream, status } from "@grpc/grpc-js";
import type { Faults } from "./faults.ts";
import { eventMessage, identifierOf, nameOf } from "./messages.ts";
import type { Recorded, ServerLog } from "./server-log.ts";

type Call = ServerWritableStream<wire.ReadReq, wire.ReadResp>;
type Options = wire.ReadReq.Options;

export function readHandler(log: ServerLog, faults: Faults): (call: Call) => void {
  return (call) => {
    const options = call.request.getOptions();
    if (!options) return call.destroy(new Error("a read has options"));
    const fault = faults.next(options.hasSubscription() ? "subscribe" : "read");
    if (fault === "hang") return;
    if (fault) return fail(call);
    if (options.hasSubscription()) subscribe(call, options, log);
    else readOnce(call, options, log);
  };
}

const fail = (call: Call): void => {
  call.emit("error", { code: status.UNAVAILABLE, details: "the server goes away" });
};

function readOnce(call: Call, options: Options, log: ServerLog): void {
  const stream = options.hasStream() ? nameOf(options.getStream()?.getStreamIdentifier()) : undefined;
  const events = stream === undefined ? log.all() : log.of(stream);
  if (!events) {
    const missing = new streams.ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream ?? ""));
    call.write(new streams.ReadResp().setStreamNotFound(missing));
    return void call.end();
  }
  for (const event of chosen(events, options).slice(0, Number(options.getCount()))) {
    call.write(eventMessage(event));
  }
  call.end();
}

function chosen(events: readonly Recorded[], options: Options): readonly Recorded[] {
  const place = options.hasStream() ? options.getStream() : options.getAll();
  const at = placeOf(options);
  const keyOf = (event: Recorded): bigint => (options.hasStream() ? event.revision : event.position);
  const isBackwards = options.getReadDirection() === 1;
  if (isBackwards) {
    if (place?.hasEnd()) return events.toReversed();
    const isBefore = (key: bigint): boolean => (options.hasStream() ? key <= at : key < at);
    return events.filter((event) => isBefore(keyOf(event))).toReversed();
  }
  if (place?.hasStart()) return events;
  return place?.hasEnd() ? [] : events.slice(firstFrom(events, keyOf, at));
}

/** Where the events from `at` on begin; they lie in order. */
function firstFrom(events: readonly Recorded[], keyOf: (event: Recorded) => bigint, at: bigint): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const event = events[middle];
    if (event && keyOf(event) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function placeOf(options: Options): bigint {
  if (options.hasStream()) return BigInt(options.getStream()?.getRevision() ?? 0);
  return BigInt(options.getAll()?.getPosition()?.getCommitPosition() ?? 0);
}

function subscribe(call: Call, options: Options, log: ServerLog): void {
  const all = options.getAll();
  const prefixes = options.getFilter()?.getStreamIdentifier()?.getPrefixList() ?? [""];
  const last = log.all().at(-1)?.position ?? 0n;
  const after = all?.hasStart() ? 0n : all?.hasEnd() ? last : placeOf(options);
  let next = firstFrom(log.all(), ({ position }) => position, after + 1n);

  const send = (): void => {
    const events = log.all();
    for (; next < events.length; next += 1) {
      const event = events[next];
      if (!event) return;
      if (prefixes.some((prefix) => event.stream.startsWith(prefix))) call.write(eventMessage(event));
      else call.write(checkpoint(event.position));
    }
  };

  const confirmation = new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId("simulated");
  call.write(new streams.ReadResp().setConfirmation(confirmation));
  send();
  call.write(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
  const stop = log.watch(send);
  for (const end of ["cancelled", "close", "error"]) call.on(end, stop);
}

/** Ahead of the last event that was let through: who resumes from it would have missed nothing yet. */
function checkpoint(position: bigint) {
  const at = String(position);
  return new streams.ReadResp().setCheckpoint(
    new streams.ReadResp.Checkpoint().setCommitPosition(at).setPreparePosition(at),
  );
}
