// Events of the audit log itself: what was signed, by which key, and who looked.

export {
  AUDIT_EVENT_VERSION,
  AUDIT_STREAM,
  AuditEvent,
  LogExported,
  OWNERS_STREAM,
  readAuditEvent,
  readRole,
  TrailRead,
} from "./audit-events.ts";
