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
