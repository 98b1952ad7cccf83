// What every store promises, whatever stands behind it.
import { afterEach, beforeEach, describe } from "vitest";
import type { Store } from "../../../src/engine/ports/index.ts";
import { describeAppends } from "./contract/appends.ts";
import { describeBlobs } from "./contract/blobs.ts";
import { describeConnections } from "./contract/connections.ts";
import { describeFollowing } from "./contract/following.ts";
import { describeLifetime } from "./contract/lifetime.ts";
import { describeModel } from "./contract/model.ts";
import { describeReads } from "./contract/reads.ts";
import { describeRemoval } from "./contract/removal.ts";
import { describeReopening } from "./contract/reopening.ts";

/** One log and its first connection. */
export type Opened = {
  readonly store: Store;
  /** Another connection to the same log, closed with the log if nobody did before; undefined where there is none. */
  readonly connect: (() => Promise<Store>) | undefined;
  /** Closes everything and removes the log. */
  readonly remove: () => Promise<void>;
};

export type OpenStore = (limits?: Store["events"]["limits"]) => Promise<Opened>;

/** The log of the test that runs now. */
export type Subject = { readonly store: () => Store; readonly connect: () => Promise<Store> };

export type LogTraits = {
  readonly outlivesStore: boolean;
  /** Whether what has left for an archive can be taken out of it. */
  readonly canRemove?: boolean;
  /** One that is reached over a network takes appends to different streams as they come. */
  readonly takesInOrder: boolean;
  /** Whether an id is known again in another stream that another connection has written. */
  readonly knowsForeignIds: boolean;
  /** How long a log the paging test writes; a hundred thousand events where that takes seconds. */
  readonly pagedEvents: number;
};

export function describeEventStore(name: string, open: OpenStore, log: LogTraits): void {
  describe(`event store: ${name}`, () => {
    const subject = subjectOf(open);
    describeAppends(subject);
    describeReads(subject, log);
    describeFollowing(subject);
    describeBlobs(subject);
    if (log.canRemove) describeRemoval(subject);
    describeLifetime(subject, open);
    describeModel(open, log);
    if (log.outlivesStore) {
      describeReopening(subject);
      describeConnections(subject, log);
    }
  });
}

function subjectOf(open: OpenStore): Subject {
  let opened: Opened | undefined;
  beforeEach(async () => {
    opened = await open();
  });
  afterEach(async () => {
    await opened?.remove();
    opened = undefined;
  });
  const current = (): Opened => {
    if (!opened) throw new Error("no log outside of a test");
    return opened;
  };
  return {
    store: () => current().store,
    connect: async () => {
      const { connect } = current();
      if (!connect) throw new Error("this log has one connection only");
      return connect();
    },
  };
}
