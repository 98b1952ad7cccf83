// What left the store because its time was over.

export { RETENTION_EVENT_VERSION, type RetentionRan, readRetentionEvent } from "./retention-events.ts";
