export { RETENTION_EVENT_VERSION, type RetentionRan, readRetentionEvent } from "./retention-events.ts";
