export type { AuditDesk, ExportDesk, PostedDocument, PostedDocuments } from "./parts.ts";
export { httpServer } from "./server.ts";
