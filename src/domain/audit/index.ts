export {
  AUDIT_EVENT_VERSION,
  AUDIT_STREAM,
  AuditEvent,
  LogExported,
  OWNERS_STREAM,
  readAuditEvent,
  readRole,
} from "./audit-events.ts";
