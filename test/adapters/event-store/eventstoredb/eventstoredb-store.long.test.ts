// The contract with as many events to page through as every store takes, and over the other way of connecting.
import { describeEventStore } from "../event-store.contract.ts";
import { simulated, traits } from "./logs.ts";

describeEventStore("eventstoredb, in batches, a long log", simulated("esdb", true), traits);
describeEventStore("eventstoredb, discovered, call by call", simulated("esdb+discover", false), traits);
