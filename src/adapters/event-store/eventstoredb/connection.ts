// The client, with what it leaves to its users: answers to its batched appends are looked up in one table for the
// whole process, which is emptied when any connection breaks, and an answer that is then not found ends the
// process. So one connection of a process appends in batches, the others call by call.
import { type AppendResult, type BinaryEventData, EventStoreDBClient } from "@eventstore/db-client";
import { append } from "@eventstore/db-client/dist/streams/appendToStream/append.js";
import { GleitzeitError } from "../../../domain/index.ts";

export type Client = InstanceType<typeof EventStoreDBClient>;

export type Connection = {
  readonly client: Client;
  append(
    stream: string,
    expected: "no_stream" | bigint,
    events: readonly BinaryEventData[],
  ): Promise<AppendResult>;
  close(): Promise<void>;
};

/** What was read may be decided upon, so it must not be what a follower has not heard of yet. */
export const FROM_LEADER = { requiresLeader: true };

let batching: Client | undefined;

export function connection(url: string, place: string): Connection {
  const client = opened(url, place);
  return {
    client,
    append: (stream, expected, events) => {
      batching ??= client;
      const options = { ...FROM_LEADER, expectedRevision: expected };
      return batching === client
        ? client.appendToStream(stream, [...events], options)
        : append.call(client, stream, [...events], { ...options, batchAppendSize: 0 });
    },
    close: async () => {
      await client.dispose();
      if (batching === client) batching = undefined;
    },
  };
}

/** What the client says of a URL repeats parts of it, which may be a password. */
function opened(url: string, place: string): Client {
  try {
    return EventStoreDBClient.connectionString(url);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new GleitzeitError(
      "CONFIGURATION_ERROR",
      `${place}: this store's URL is not one the client can read`,
    );
  }
}
