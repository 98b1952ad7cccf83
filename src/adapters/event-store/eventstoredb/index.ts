export { type EventStoreDbOptions, eventStoreDb } from "./store.ts";
