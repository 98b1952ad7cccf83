import { describe, test } from "vitest";
import { describeEventStore } from "../event-store.contract.ts";
import { real, simulated, traits } from "./logs.ts";

/** Client and server share a process here; the long tests page as far as the others. */
const simulatedTraits = { ...traits, pagedEvents: 10_000 };

describeEventStore("eventstoredb, in batches", simulated("esdb", true), simulatedTraits);

const url = process.env.GLEITZEIT_TEST_ESDB_URL;
if (url) {
  describeEventStore("eventstoredb, a real server", real(url), traits);
} else {
  describe("event store: eventstoredb, a real server", () => {
    test("the contract", (context) => context.skip("GLEITZEIT_TEST_ESDB_URL is not set"));
  });
}
