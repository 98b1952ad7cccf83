// The log on EventStoreDB, for machines that share one.

export { type EventStoreDbOptions, eventStoreDb } from "./store.ts";
